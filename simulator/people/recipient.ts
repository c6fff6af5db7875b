import { dammDigit } from '@holdfast/wire/bytes/damm.ts'
import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { Deposit } from '@holdfast/core/cabinet/state.ts'
import type { DepositId, SessionId } from '@holdfast/core/values/ids.ts'
import { broken, holds } from '../checks/law.ts'
import type { Screen } from '../cloud/side.ts'
import type { Loop } from '../street.ts'
import { count, lit, noticed, planOf, pullsOpen, shut, still, thingsBehind, turnComes, type Town } from './town.ts'

const patienceMs = 20_000

/** Comes for a parcel with the code that he was sent, or with his phone. */
export async function recipientVisits(town: Town): Promise<void> {
  const { chance, street } = town
  const loop = street.loop()
  const deposit = chance.pick([...town.parcels.keys()].filter((id) => town.cloud.codesOf(id).size > 0))
  if (loop === undefined || deposit === undefined) return
  if (chance.happens(0.15)) return sendsGrant(town, loop, deposit)
  const session = chance.happens(0.2) ? await showsPhone(town, loop, deposit) : await typesCode(town, loop, deposit)
  if (session !== undefined || !still(town, loop)) await takesOut(town, { loop, session, deposit })
}

/** The session that the code opened. */
export async function typesCode(town: Town, loop: Loop, deposit: DepositId): Promise<SessionId | undefined> {
  const waiting = loop.cabinet().deposits.get(deposit)
  const codes = [...town.cloud.codesOf(deposit)].filter(([generation]) => isAlive(waiting, generation))
  const [generation, code] = town.chance.pick(codes) ?? []
  if (generation === undefined || code === undefined) return undefined
  const before = town.sessions()
  const answer = await lit(town, loop.enterCode(code, loop.cabinet().keypad.wrongAt.length >= 60 ? '1234' : undefined))
  if (answer === undefined || !still(town, loop)) return undefined
  count(town, `code ${answer.outcome === 'refused' ? answer.refusal : answer.outcome}`)
  if (answer.outcome === 'wrong') {
    // While the code was hashed a phone may have opened a session, and then nobody's code is looked at; or it was renewed.
    const { session, deposits } = loop.cabinet()
    const isGood = waiting?.stage === 'stored' && isAlive(deposits.get(deposit), generation)
    const judged = isGood && town.sessions() === before && session === null
    holds(3, !judged, () => `a live code of ${deposit} was wrong`)
    return undefined
  }
  if (answer.outcome !== 'opened') return undefined
  holds(4, answer.deposit === deposit, () => `a code of ${deposit} opened ${answer.deposit}`)
  return answer.session
}

const isAlive = (deposit: Deposit | undefined, generation: number): boolean =>
  deposit?.codes.some((code) => code.generation === generation) === true &&
  (deposit.usedGeneration === null || generation >= deposit.usedGeneration)

/** A code dies of its one session (law 4), also where that came to nothing and somebody found the parcel inside. */
const hasCode = (loop: Loop, deposit: DepositId): boolean =>
  (loop.cabinet().deposits.get(deposit)?.codes.length ?? 0) > 0

interface Shown extends Screen {
  /** He typed another number than the one on the screen. */
  readonly slip: boolean
}

function reads({ chance }: Town, loop: Loop): Shown {
  const { nonce, number } = loop.screenNonce()
  const slip = chance.happens(0.1)
  return { nonce, number: (Number(number) + Number(slip)) % 100, slip }
}

/** The grant comes by the network, or it does not; he watches the door either way. */
async function sendsGrant(town: Town, loop: Loop, deposit: DepositId): Promise<void> {
  await town.cloud.sendPickup(deposit, reads(town, loop))
  await takesOut(town, { loop, session: undefined, deposit })
}

async function showsPhone(town: Town, loop: Loop, deposit: DepositId): Promise<SessionId | undefined> {
  const shown = reads(town, loop)
  const grant = await town.cloud.pickup(deposit, shown)
  const answer = grant === undefined || !still(town, loop) ? undefined : loop.present(grant)
  if (answer?.kind !== 'grant' || !answer.verdict.accepted) return undefined
  holds(6, !shown.slip, () => 'a grant with a wrong number opened')
  return loop.cabinet().session?.id
}

interface Visit {
  readonly loop: Loop
  /** Undefined where the screen went dark first: he looks at the door all the same. */
  readonly session: SessionId | undefined
  readonly deposit: DepositId
}

export async function takesOut(town: Town, { loop, session, deposit }: Visit): Promise<void> {
  const { chance, clock } = town
  const place = town.journal().deposits.get(deposit)?.compartment
  if (place === undefined) return
  const { lock } = planOf(town, place)
  if (!(await pullsOpen(town, lock, patienceMs))) {
    // A lock that senses its hook alone has told that it opened.
    if (session !== undefined && still(town, loop)) loop.submit({ type: 'reportStuck', session })
    return count(town, 'doors that stayed shut')
  }
  const parcel = town.parcels.get(deposit)
  const inside = thingsBehind(town, lock)
  if (parcel !== undefined && !inside.includes(parcel.thing)) {
    broken(3, `${parcel.thing} is not behind its door, but ${inside.join() || 'nothing'}`)
  }
  // Whoever opened it with the phone alone stands before the screen of his own session too.
  const own = (): SessionId | undefined =>
    session ?? (still(town, loop) ? (loop.cabinet().deposits.get(deposit)?.session ?? undefined) : undefined)
  await clock.sleep(chance.between(500, 5_000))
  const refuses = session !== undefined && still(town, loop) && chance.happens(0.08)
  const isPutBack = refuses && loop.submit({ type: 'refuseParcel', session, why: 'damaged' }).accepted
  if (isPutBack) {
    count(town, 'refusals')
  } else {
    await reachesIn(town, { loop, session: own(), lock })
    if (thingsBehind(town, lock).length === 0) town.parcels.delete(deposit)
    count(town, 'parcels taken out')
  }
  // Nobody says "all good" with empty hands, nor leaves without a word: in silence that would be a pickup (Custody).
  const isLeft = !isPutBack && thingsBehind(town, lock).length > 0
  if (chance.happens(0.05)) await clock.sleep(chance.between(20_000, 90_000))
  await shut(town, lock)
  await noticed(town)
  const standing = isLeft ? own() : undefined
  if (standing !== undefined && still(town, loop)) loop.submit({ type: 'reportStuck', session: standing })
  if (isLeft || session === undefined || !still(town, loop)) return
  if (chance.happens(0.8)) loop.submit({ type: 'confirmPickup', session })
  if (chance.happens(0.9)) loop.submit({ type: 'endSession', session })
}

/** Whose door somebody shut before he had his parcel has it opened again: nobody leaves with empty hands and no word. */
async function reachesIn(town: Town, { loop, session, lock }: Omit<Visit, 'deposit'> & Reach): Promise<void> {
  const { hands } = town.street.metal
  for (;;) {
    for (const thing of thingsBehind(town, lock)) hands.take(lock, thing)
    const isDone = thingsBehind(town, lock).length === 0
    if (isDone || session === undefined || !still(town, loop)) return
    // The boards first have to see it shut.
    await noticed(town)
    if (!still(town, loop) || !loop.submit({ type: 'reopenPickup', session }).accepted) return
    await pullsOpen(town, lock, patienceMs)
  }
}

interface Reach {
  readonly lock: LockAddress
}

/** Law 3: at the end everybody comes for what waits, and a live code that he was sent opens its door, else his phone. */
export async function collectAll(town: Town): Promise<void> {
  const { clock, street } = town
  for (let rounds = 60; rounds > 0; rounds -= 1) {
    const waiting = [...town.journal().deposits.values()].filter(({ stage }) => stage === 'stored')
    if (waiting.length === 0) return
    for (const { id: deposit } of waiting) {
      await turnComes(town)
      const loop = street.loop()
      if (loop === undefined) return
      const session = await (hasCode(loop, deposit) ? typesCode : showsPhone)(town, loop, deposit)
      if (session === undefined) continue
      await takesOut(town, { loop, session, deposit })
      loop.submit({ type: 'endSession', session })
    }
    // Budgets and the pauses of the keypad pass in a quarter of an hour.
    await clock.sleep(60_000)
  }
}

/** Somebody who guesses, or tries what was good yesterday. */
export async function typistVisits(town: Town): Promise<void> {
  const { chance, street, clock } = town
  const loop = street.loop()
  for (let tries = chance.between(1, 6); tries > 0 && loop !== undefined && still(town, loop); tries -= 1) {
    const old = chance.happens(0.4) ? chance.pick(town.deadCodes()) : undefined
    const before = town.attempts()
    const answer = await lit(town, loop.enterCode(old ?? guess(town)))
    if (answer === undefined) return
    holds(
      7,
      answer.outcome !== 'wrong' || town.attempts() > before,
      () => 'a code was judged, and no attempt is written',
    )
    holds(4, answer.outcome !== 'opened', () => `${old === undefined ? 'a guess' : 'a dead code'} opened`)
    count(town, `guess ${answer.outcome === 'refused' ? answer.refusal : answer.outcome}`)
    await clock.sleep(chance.between(500, 4_000))
  }
}

function guess({ chance }: Town): string {
  const digits = String(chance.between(0, 99_999_999)).padStart(8, '0')
  const slip = chance.happens(0.1) ? 1 : 0
  return `${digits}${(Number(dammDigit(digits)) + slip) % 10}`
}
