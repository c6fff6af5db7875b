import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Cabinet, Deposit } from '@holdfast/core/cabinet/state.ts'
import type { CompartmentId, DepositId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import { type CabinetFactNews, type DepositContext, publishedEvents } from '../facts.ts'
import { readEvent } from '@holdfast/wire/journal/read-event.ts'
import type { HashedEntry } from './judge.ts'
import type { CabinetRecord } from './records.ts'
import { withoutUsedTags } from './snapshot.ts'

export type Folded = {
  readonly record: CabinetRecord
  readonly news: readonly CabinetFactNews[]
  /** Which deposit each entry is about, in the order of the entries. */
  readonly about: readonly (DepositId | undefined)[]
  readonly unknownEvents: number
}

/** An event that this program does not know is kept as a fact and folds to nothing: the digests will tell. */
export function foldEntries(record: CabinetRecord, entries: readonly HashedEntry[], at: Instant): Folded {
  const news: CabinetFactNews[] = []
  const about: (DepositId | undefined)[] = []
  let { state } = record
  let unknownEvents = 0
  for (const { content } of entries) {
    const event = readEvent(content.event)
    about.push(event === undefined ? undefined : depositOf(event, state))
    if (event === undefined) {
      unknownEvents += 1
      continue
    }
    const before = state
    state = withoutUsedTags(evolveCabinet(before, event))
    if (!publishedEvents.has(event.type)) continue
    const { seq, wall, trusted, running } = content
    const { cabinet, operator, incarnation } = record
    const hasPrivate = content.private !== undefined
    const door = doorOf(state, event)
    const told = { label: door?.label ?? null, size: door?.size ?? null, context: contextOf(before, state, event) }
    news.push({ cabinet, operator, incarnation, seq, at, wall, trusted, running, event, hasPrivate, ...told })
  }
  const last = entries.at(-1)
  const end = last === undefined ? record : { ...record, seq: last.content.seq, hash: last.hash, state }
  return { record: end, news, about, unknownEvents }
}

/** The deposit that an event names, or that its cause does; a door that would not shut for it is in its story. */
function depositOf(event: CabinetEvent, { session }: Cabinet): DepositId | undefined {
  if (event.type === 'compartmentFaulted') return session?.deposit ?? undefined
  if ('deposit' in event) return event.deposit
  if ('holds' in event) return event.holds?.id
  const cause = 'cause' in event ? event.cause : null
  return cause !== null && 'deposit' in cause ? cause.deposit : undefined
}

function contextOf(before: Cabinet, after: Cabinet, event: CabinetEvent): DepositContext | null {
  const id = 'deposit' in event ? event.deposit : boundBy(after, event)
  const deposit = id === undefined ? undefined : (after.deposits.get(id) ?? before.deposits.get(id))
  return deposit === undefined ? null : describeDeposit(after, deposit)
}

/** A look is about what the compartment is bound to: without that a parcel inside is nobody's. */
const boundBy = (after: Cabinet, event: CabinetEvent): DepositId | undefined =>
  event.type === 'compartmentInspected' ? (after.compartments.get(event.compartment)?.deposit ?? undefined) : undefined

export function describeDeposit(cabinet: Cabinet, deposit: Deposit): DepositContext {
  const plan = planOf(cabinet, deposit.compartment)
  return {
    deposit: deposit.id,
    carrier: deposit.carrier,
    person: deposit.person,
    compartment: deposit.compartment,
    label: plan?.label ?? '?',
    size: plan?.size ?? deposit.need.size,
    epoch: deposit.epoch,
    stage: deposit.stage,
    parcels: deposit.parcels,
    needLowDoor: deposit.need.lowDoor,
    generations: deposit.codes.map(({ generation }) => generation),
  }
}

export const planOf = (cabinet: Cabinet, compartment: CompartmentId) =>
  cabinet.layout.compartments.find(({ id }) => id === compartment)

function doorOf(cabinet: Cabinet, event: CabinetEvent) {
  const deposit = 'deposit' in event ? cabinet.deposits.get(event.deposit) : undefined
  const at = 'door' in event ? event.door : 'compartment' in event ? event.compartment : deposit?.compartment
  return at === undefined ? undefined : planOf(cabinet, at)
}
