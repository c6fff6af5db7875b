import { allowances, budgetKind, pulseSpacing, type BudgetKind } from '../../access/budget.ts'
import { isFree } from '../../compartment/allocate.ts'
import type { Sight } from '../../door/door.ts'
import type { CompartmentId, DepositId, SessionId } from '../../values/ids.ts'
import type { RunningMs } from '../../values/instants.ts'
import type { Effect } from '../act.ts'
import type { CabinetCommand } from '../commands.ts'
import type { CabinetEvent } from '../events.ts'
import { candidates, liveCodes, reopenLimits, type Cabinet } from '../state.ts'

export interface Seen {
  readonly now: RunningMs
  /** What each sensor said last. */
  readonly sights: ReadonlyMap<CompartmentId, Sight>
}

export type Pulse = Extract<Effect, { kind: 'pulse' }>

export interface Oracle {
  /** A decision that the cabinet accepted. */
  decided(command: CabinetCommand, events: readonly CabinetEvent[]): void
  happened(event: CabinetEvent, seen: Seen): void
  /** `crashed`: between the two states the power was off. */
  stands(before: Cabinet, after: Cabinet, seen: Seen): void
  planned(pulse: Pulse): void
  pulsed(door: CompartmentId): void
}

export class LawBroken extends Error {
  readonly law: number
  constructor(law: number, says: string) {
    super(`law ${law}: ${says}`)
    this.name = 'LawBroken'
    this.law = law
  }
}

function holds(law: number, claim: boolean, says: string): void {
  if (!claim) throw new LawBroken(law, says)
}

/** Judges a cabinet by its journal alone; it shares no rule with the deciders that it judges. */
export function createOracle(): Oracle {
  const codes = watchCodes()
  const epochs = new Map<CompartmentId, number>()
  const intents = new Map<CompartmentId, number>()
  const spent = new Map<BudgetKind, RunningMs[]>()
  let lastPlanned: RunningMs | undefined
  return {
    decided: (command, events) => checkFresh(command, events, epochs),
    happened(event, seen) {
      codes(event)
      checkFreed(event, seen)
      if (event.type === 'compartmentHeld') epochs.set(event.compartment, event.epoch)
      if (event.type !== 'doorUnlockIntended') return
      intents.set(event.door, (intents.get(event.door) ?? 0) + 1)
      const kind = budgetKind(event.cause)
      // Law 17: an emergency is counted against nobody.
      if (kind !== null) checkBudget(spent, kind, event.at)
    },
    stands(before, after, seen) {
      checkState(after, seen)
      holds(7, after.keypad.attempts >= before.keypad.attempts, 'attempts fell')
      holds(7, after.codesDead >= before.codesDead, 'a dead code came back')
    },
    planned({ cause, notBefore }) {
      if (cause.kind === 'service') return
      holds(13, lastPlanned === undefined || notBefore - lastPlanned >= pulseSpacing, 'pulses too close')
      lastPlanned = notBefore
    },
    pulsed(door) {
      const left = intents.get(door) ?? 0
      holds(2, left > 0, 'a pulse without an intent')
      intents.set(door, left - 1)
    },
  }
}

function checkFresh(
  command: CabinetCommand,
  events: readonly CabinetEvent[],
  epochs: ReadonlyMap<CompartmentId, number>,
): void {
  if (!('freshness' in command) || events.every(({ type }) => type === 'orderRefused')) return
  const continued = events.some(({ type }) => type === 'pickupContinued' || type === 'pickupReopened')
  const fresh = command.freshness === 'screen' || (command.freshness === 'asked' && 'order' in command)
  holds(6, fresh || continued, `${command.type} on a nonce that is ${command.freshness}`)
  if ('epoch' in command)
    holds(6, command.epoch === (epochs.get(command.compartment) ?? 0), `${command.type} on a stale epoch`)
}

function checkFreed(event: CabinetEvent, { sights }: Seen): void {
  const frees =
    event.type === 'compartmentReleased' || (event.type === 'compartmentInspected' && event.seen === 'empty')
  // A named person's word with a picture stands against the sensor (law 16).
  const vouched = event.type === 'compartmentInspected' && event.picture !== undefined
  if (frees && !vouched)
    holds(16, sights.get(event.compartment) === 'shut', `freed while its door is ${sights.get(event.compartment)}`)
}

function checkBudget(spent: Map<BudgetKind, RunningMs[]>, kind: BudgetKind, at: RunningMs): void {
  const all = [...(spent.get(kind) ?? []), at]
  spent.set(kind, all)
  const recent = all.filter((earlier) => at - earlier < allowances[kind].window)
  holds(13, recent.length <= allowances[kind].openings, `${recent.length} ${kind} openings`)
}

function checkState(cabinet: Cabinet, { sights }: Seen): void {
  const places = new Set<CompartmentId>()
  for (const deposit of cabinet.deposits.values()) {
    holds(1, !places.has(deposit.compartment), 'two deposits in one compartment')
    places.add(deposit.compartment)
    const compartment = cabinet.compartments.get(deposit.compartment)
    const bound = compartment?.deposit === deposit.id && compartment.epoch === deposit.epoch
    holds(deposit.stage === 'filling' ? 1 : 3, bound, `a ${deposit.stage} deposit that nobody finds behind its door`)
    const kept = compartment?.use === 'loaded' || compartment?.use === 'suspect'
    holds(
      3,
      kept || deposit.stage === 'filling' || deposit.stage === 'cancelling',
      `a ${deposit.stage} deposit in a ${compartment?.use} compartment`,
    )
  }
  for (const compartment of cabinet.compartments.values()) {
    const { deposit } = compartment
    holds(
      1,
      deposit === null || cabinet.deposits.get(deposit)?.compartment === compartment.id,
      'a compartment bound to a deposit elsewhere',
    )
  }
  const held = cabinet.leases.flatMap((lease) => lease.held?.compartment ?? [])
  holds(1, new Set(held).size === held.length, 'a door held for two')
  const tags = liveCodes(cabinet).map(({ code }) => code.tag)
  holds(7, new Set(tags).size === tags.length, 'two live codes are equal')
  holds(4, !tags.some((tag) => cabinet.usedTags.includes(tag)), 'a dead code lives')
  for (const candidate of candidates(cabinet)) {
    if (isFree(candidate))
      holds(16, sights.get(candidate.plan.id) === 'shut', 'a door that is not seen shut is offered')
  }
}

/** Laws 4 and 5, from the events alone. */
function watchCodes(): (event: CabinetEvent) => void {
  const dead = new Map<DepositId, number>()
  const openings = new Map<string, Set<SessionId>>()
  const sessions = new Map<SessionId, string>()
  let accepted = ''
  return (event) => {
    if (event.type === 'codeAccepted') {
      holds(5, event.generation > (dead.get(event.deposit) ?? -1), 'a dead or lower code was accepted')
      dead.set(event.deposit, event.generation - 1)
      accepted = `${event.deposit} ${event.generation}`
    }
    if (event.type === 'pickupSessionOpened' && event.via === 'code') sessions.set(event.session, accepted)
    if (event.type === 'codeRenewed') dead.set(event.deposit, event.code.generation - 1)
    if (event.type === 'codesRevoked') dead.set(event.deposit, Math.max(event.through, dead.get(event.deposit) ?? -1))
    if ('deposit' in event && ends.includes(event.type)) dead.set(event.deposit, Infinity)
    if (event.type !== 'doorOpened' || event.cause?.kind !== 'pickup') return
    const code = sessions.get(event.cause.session)
    if (code === undefined) return
    const opened = openings.get(code) ?? new Set<SessionId>()
    openings.set(code, opened.add(event.cause.session))
    holds(4, opened.size <= 1 + reopenLimits.times, 'a code opened in too many sessions')
  }
}

const ends: readonly CabinetEvent['type'][] = [
  'depositCollected',
  'depositRecalled',
  'depositRefused',
  'depositDisputed',
  'depositCancelled',
]
