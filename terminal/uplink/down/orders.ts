import type { OrderCommand } from '@holdfast/core/cabinet/commands.ts'
import type { OrderRefusal } from '@holdfast/core/cabinet/events.ts'
import type { Freshness } from '@holdfast/core/access/nonces.ts'
import type { PersonId, SessionId } from '@holdfast/core/values/ids.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import { openMessage } from '@holdfast/wire/cabinet/signed.ts'
import type { PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { CodeDesk } from '../../codes/draw.ts'
import type { NonceDesk } from '../../codes/nonces.ts'
import type { Presenter } from '../../codes/present.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Engine } from '../../loop/engine.ts'
import type { MissedNotice, PhonePicture, Reply } from '../../loop/loop.ts'
import type { Machine } from '../../loop/machine.ts'
import type { Time } from '../../loop/time.ts'
import { type Answerer, answerOf, type Outcome, seenOrder } from '../up/answers.ts'
import { idOf, readAnswer, readOrder } from './parse.ts'

export interface OrdersPorts extends Answerer {
  readonly seals: Seals
  readonly cloudKeys: ReadonlyMap<number, PublicKey>
  readonly journal: Journal
  readonly machine: Pick<Machine, 'record'>
  readonly engine: Pick<Engine, 'submit'>
  readonly nonces: NonceDesk
  readonly presenter: Presenter
  readonly codes: CodeDesk
  readonly time: Time
  readonly drawSession: () => SessionId
  /** Nobody could show a right at the screen now. */
  readonly screenDead: () => boolean
  readonly answer: (answer: Answer) => void
  readonly missed: (notice: MissedNotice) => boolean
  readonly pictured: (picture: PhonePicture) => boolean
  readonly scanned: (scan: { readonly person: PersonId; readonly text: string }) => boolean
  readonly replied: (reply: Reply) => boolean
  /** Counted and logged without what was in it. */
  readonly dropped: (code: string) => void
}

type Acting = Extract<
  Order,
  { kind: 'open' | 'retire' | 'restore' | 'inspect' | 'renew' | 'hold' | 'give-back' | 'pickup' | 'release' | 'calm' }
>

/**
 * Verify, not seen before, decide and store in one transaction; the answer follows from the events (law 2, law 6).
 * What was not signed by the cloud for this cabinet is answered and forgotten: it must not use up a real order's
 * number, nor the disk.
 */
export function createOrderDesk(ports: OrdersPorts): (message: Uint8Array) => void {
  const inHand = new Set<string>()
  const say = (outcome: Outcome): void => {
    ports.answer(answerOf(ports, outcome))
  }
  const refuse = (order: string, reason: OrderRefusal): void => {
    say({ order, outcome: 'refused', reason })
  }
  /** Law 2: the same answer again, and nothing else. */
  const repeat = (order: string): boolean => {
    if (inHand.has(order)) return true
    const stored = ports.journal.seen(order)
    const answer = stored === undefined ? undefined : readAnswer(stored)
    if (answer !== undefined) ports.answer({ ...answer, repeated: true })
    return stored !== undefined
  }
  const once = (order: Order, act: () => Outcome): void => {
    if (repeat(order.order)) return
    const outcome = act()
    if (!ports.journal.seen(order.order)) ports.machine.record([], { inbox: [seenOrder(ports, outcome)] })
    say(outcome)
  }

  return (message) => {
    const opened = openMessage(ports.seals, ports.cloudKeys, 'order', message)
    const order = readOrder(opened.ok ? opened.body : message.subarray(message.indexOf(10) + 1))
    if (!opened.ok) ports.dropped(opened.refusal)
    else if (order === undefined) ports.dropped('message-malformed')
    if (order === undefined) return
    if (!opened.ok) refuse(order.order, 'order-forged')
    else if (order.cabinet !== ports.cabinet) refuse(order.order, 'order-other-cabinet')
    else handle(ports, order, { say, inHand, repeat, once })
  }
}

function handle(ports: OrdersPorts, order: Order, hands: Hands): void {
  const { say, repeat, once } = hands
  switch (order.kind) {
    case 'ask-nonce':
      say({ order: order.order, outcome: 'done', nonce: ports.nonces.issueAsked() })
      return
    case 'open':
    case 'retire':
    case 'restore':
    case 'inspect':
    case 'release':
    case 'calm':
    case 'renew':
    case 'hold':
    case 'give-back':
    case 'pickup':
      if (!repeat(order.order)) act(ports, order, hands)
      return
    case 'grant':
      once(order, () => granted(ports, order))
      return
    case 'scan':
      once(order, () => {
        const taken = ports.scanned({ person: idOf('person', order.person), text: order.text })
        return taken ? { order: order.order, outcome: 'done' } : refused(order.order, 'session-unknown')
      })
      return
    case 'picture':
      once(order, () => {
        const taken = ports.pictured({ person: idOf('person', order.person), picture: order.picture })
        return taken ? { order: order.order, outcome: 'done' } : refused(order.order, 'session-unknown')
      })
      return
    case 'notice-missed':
      once(order, () => {
        const notice = { person: idOf('person', order.person), deposit: idOf('deposit', order.deposit) }
        const taken = ports.missed(notice)
        return taken ? { order: order.order, outcome: 'done' } : refused(order.order, 'session-unknown')
      })
      return
    case 'reply':
      if (ports.replied(order)) ports.time.heard(order.sentAt)
  }
}

interface Hands {
  readonly say: (outcome: Outcome) => void
  readonly inHand: Set<string>
  /** True where the order was seen before; then it has been answered again. */
  readonly repeat: (order: string) => boolean
  readonly once: (order: Order, act: () => Outcome) => void
}

function act(ports: OrdersPorts, order: Acting, { say, inHand }: Hands): void {
  const freshness = ports.nonces.spend(order.nonce, null)
  if (order.incarnation !== ports.incarnation) {
    const at = ports.time.running()
    const reason = 'order-other-incarnation'
    const taken = ports.machine.record([{ type: 'orderRefused', order: idOf('order', order.order), reason, at }])
    if (!taken) say(refused(order.order, 'journal-failing'))
    return
  }
  if (freshness === 'asked') ports.time.heard(order.sentAt)
  const notTaken = (refusal: string): void => {
    say(refused(order.order, refusal))
  }
  if (order.kind !== 'renew') {
    const verdict = ports.engine.submit([commandOf(order, freshness, ports)])
    if (!verdict.accepted) notTaken(verdict.refusal)
    return
  }
  inHand.add(order.order)
  const deposit = idOf('deposit', order.deposit)
  const base = baseOf(order, freshness)
  void ports.codes
    .renew(deposit, (code) => ({ ...base, type: 'orderRenew', deposit, code }), {})
    .then(
      (verdict) => {
        if (!verdict.accepted) notTaken(verdict.refusal)
      },
      () => {
        notTaken('journal-failing')
      },
    )
    .finally(() => inHand.delete(order.order))
}

function granted(ports: OrdersPorts, { order, grant }: Extract<Order, { kind: 'grant' }>): Outcome {
  const done: Outcome = { order, outcome: 'done' }
  const verdict = ports.presenter.granted(grant, { inbox: [seenOrder(ports, done)] })
  return verdict.accepted ? done : refused(order, verdict.refusal)
}

const refused = (order: string, reason: string): Outcome => ({ order, outcome: 'refused', reason })

const baseOf = ({ order, staff }: Acting, freshness: Freshness) => ({
  order: idOf('order', order),
  staff: idOf('staff', staff),
  freshness,
})

type Drawing = Pick<OrdersPorts, 'drawSession' | 'screenDead'>

function commandOf(
  order: Exclude<Acting, { kind: 'renew' }>,
  freshness: Freshness,
  { drawSession, screenDead }: Drawing,
): OrderCommand {
  const named = baseOf(order, freshness)
  if (order.kind === 'give-back') return { ...named, type: 'orderGiveBack', hold: idOf('order', order.hold) }
  if (order.kind === 'hold') {
    const [person, carrier] = [idOf('person', order.person), idOf('carrier', order.carrier)]
    return { ...named, type: 'orderHold', person, carrier, size: order.size }
  }
  if (order.kind === 'calm') return { ...named, type: 'orderCalm' }
  if (order.kind === 'release') {
    const { doors } = order
    return {
      ...named,
      type: 'orderRelease',
      doors: typeof doors === 'string' ? doors : doors.map((id) => idOf('compartment', id)),
    }
  }
  const base = { ...named, compartment: idOf('compartment', order.compartment), epoch: order.epoch }
  switch (order.kind) {
    case 'pickup': {
      const deposit = idOf('deposit', order.deposit)
      return { ...base, type: 'orderPickup', session: drawSession(), deposit, screenDead: screenDead() }
    }
    case 'open':
      return { ...base, type: 'orderOpen', service: order.service }
    case 'retire':
      return { ...base, type: 'orderRetire' }
    case 'restore':
      return { ...base, type: 'orderRestore' }
    case 'inspect': {
      const { seen, picture } = order
      return { ...base, type: 'orderInspect', seen, ...(picture === undefined ? {} : { picture }) }
    }
  }
}
