import type { Cause } from '@holdfast/core/access/cause.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetId, IncarnationId } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import type { SeenOrder } from '../../journal/journal.ts'

export interface Answerer {
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
}

export type Outcome = Pick<Answer, 'order' | 'outcome' | 'reason' | 'nonce' | 'repeated'>

export const answerOf = ({ cabinet, incarnation }: Answerer, outcome: Outcome): Answer => ({
  v: 1,
  cabinet,
  incarnation,
  ...outcome,
})

/** What events say to whoever gave an order. Stored with them, so that a duplicate hears the same (law 2). */
export const outcomesOf = (events: readonly CabinetEvent[]): readonly Outcome[] => events.flatMap(outcomeOf)

function outcomeOf(event: CabinetEvent): readonly Outcome[] {
  if (event.type === 'orderAccepted')
    return [{ order: event.order, outcome: event.what === 'open' ? 'accepted' : 'done' }]
  if (event.type === 'orderRefused') return [{ order: event.order, outcome: 'refused', reason: event.reason }]
  if (event.type === 'doorOpened') return ordered(event.cause, { outcome: 'opened' })
  if (event.type === 'doorNotOpened') return ordered(event.cause, { outcome: 'not-opened', reason: event.why })
  return event.type === 'doorOutcomeUnknown' ? ordered(event.cause, { outcome: 'unknown' }) : []
}

export function inboxOf(answerer: Answerer, events: readonly CabinetEvent[]): readonly SeenOrder[] {
  return outcomesOf(events).map((outcome) => seenOrder(answerer, outcome))
}

export const seenOrder = (answerer: Answerer, outcome: Outcome): SeenOrder => ({
  id: outcome.order,
  outcome: toCanonical(answerOf(answerer, outcome)),
})

function ordered(cause: Cause | null, outcome: Pick<Answer, 'outcome' | 'reason'>): Outcome[] {
  if (cause?.kind !== 'order' && cause?.kind !== 'service') return []
  return [{ order: cause.order, ...outcome }]
}
