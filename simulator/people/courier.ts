import type { CompartmentId, DepositId, SessionId } from '@holdfast/core/values/ids.ts'
import { sizes } from '@holdfast/core/values/sizes.ts'
import { holds } from '../checks/law.ts'
import type { Loop } from '../street.ts'
import { count, lit, noticed, planOf, shut, springsOpen, still, thingsBehind, type Town } from './town.ts'

const patienceMs = 9_000

/** Signs in by phone, brings a few parcels or takes one back, and leaves with "done", in silence, or in the dark. */
export async function courierVisits(town: Town): Promise<void> {
  const { chance, street } = town
  const loop = street.loop()
  const session = loop === undefined ? undefined : await signIn(town, loop)
  if (loop === undefined || session === undefined) return
  const visit = { loop, session }
  if (chance.happens(0.3)) await takesBack(town, visit)
  for (let parcels = chance.between(1, 3); parcels > 0 && still(town, loop); parcels -= 1) {
    if (!(await bringsOne(town, visit))) break
    await town.clock.sleep(chance.between(300, 1_500))
  }
  if (still(town, loop) && chance.happens(0.93)) loop.submit({ type: 'endSession', session })
}

interface Visit {
  readonly loop: Loop
  readonly session: SessionId
}

async function signIn(town: Town, loop: Loop): Promise<SessionId | undefined> {
  const { nonce, number } = loop.screenNonce()
  const slip = town.chance.happens(0.1) ? 1 : 0
  const grant = await town.cloud.signIn({ nonce, number: (Number(number) + slip) % 100 })
  if (grant === undefined || !still(town, loop)) return undefined
  const answer = loop.present(grant)
  if (answer.kind === 'grant' && answer.verdict.accepted) holds(6, slip === 0, () => 'a wrong number signed in')
  const { session } = loop.cabinet()
  return session?.kind === 'courier' ? session.id : undefined
}

/** False when there is no point in going on. */
async function bringsOne(town: Town, { loop, session }: Visit): Promise<boolean> {
  const { chance } = town
  const deposit = town.draw('deposit')
  const brought = await town.cloud.parcel()
  if (!still(town, loop)) return false
  const { parcels, sealed, consent } = brought
  const verdict = loop.submit({
    type: 'beginDeposit',
    session,
    deposit,
    parcels,
    need: { size: chance.pick(sizes) ?? 'S', box: null, lowDoor: chance.happens(0.1) },
    consent: consent === undefined ? null : { kind: consent, ref: 'con', cardVersion: 1 },
    inspection: { offered: true, damaged: false, weightOff: false },
    declared: { freshFood: false, valuables: false, agreement: false },
  })
  count(town, verdict.accepted ? 'deposits begun' : `refused ${verdict.refusal}`)
  if (!verdict.accepted) return chance.happens(0.5)
  town.cloud.begun(deposit, brought)
  const codes = loop.prepareCodes({ deposit, ...sealed })
  const door = doorOf(loop, deposit)
  if (door === undefined) return false
  const opened = await opensFor(town, door)
  await lit(town, codes)
  if (!still(town, loop)) return opened ? leaves(town, door) : false
  if (!opened || chance.happens(0.08)) return cancels(town, { loop, session }, { deposit, door })
  return putsIn(town, { loop, session }, { deposit, door })
}

interface Brought {
  readonly deposit: DepositId
  readonly door: CompartmentId
}

const doorOf = (loop: Loop, deposit: DepositId): CompartmentId | undefined =>
  loop.cabinet().deposits.get(deposit)?.compartment

/** Law 1, by what stands there: a door that is handed out has nothing behind it. */
async function opensFor(town: Town, door: CompartmentId): Promise<boolean> {
  const { lock } = planOf(town, door)
  if (!(await springsOpen(town, lock, patienceMs))) return false
  const things = thingsBehind(town, lock)
  holds(1, things.length === 0, () => `${door} was handed out with ${things.join()} inside`)
  return true
}

async function leaves(town: Town, door: CompartmentId): Promise<false> {
  await shut(town, planOf(town, door).lock)
  return false
}

async function cancels(town: Town, { loop, session }: Visit, { deposit, door }: Brought): Promise<boolean> {
  loop.submit({ type: 'cancelDeposit', session, deposit })
  await town.clock.sleep(1_000)
  await shut(town, planOf(town, door).lock)
  await noticed(town)
  return true
}

async function putsIn(town: Town, visit: Visit, brought: Brought): Promise<boolean> {
  const { loop, session } = visit
  const { chance, clock, street } = town
  const { deposit } = brought
  await clock.sleep(chance.between(500, 4_000))
  const door = chance.happens(0.1) ? await takesBigger(town, visit, brought) : brought.door
  if (door === undefined || !still(town, loop)) return leaves(town, brought.door)
  const { lock } = planOf(town, door)
  const thing = `parcel of ${deposit}`
  if (!street.metal.hands.put(lock, thing)) return false
  town.parcels.set(deposit, { thing, acknowledged: false })
  if (chance.happens(0.05)) await clock.sleep(chance.between(20_000, 90_000))
  await shut(town, lock)
  await noticed(town)
  if (!still(town, loop) || chance.happens(0.15)) return false
  const confirmed = loop.submit({ type: 'confirmDeposit', session, deposit })
  const seen = confirmed.accepted && still(town, loop)
  if (seen) town.parcels.set(deposit, { thing, acknowledged: true })
  if (confirmed.accepted) count(town, 'parcels brought')
  count(town, confirmed.accepted ? 'deposits made' : `unconfirmed ${confirmed.refusal}`)
  return seen
}

async function takesBigger(town: Town, visit: Visit, { deposit, door }: Brought): Promise<CompartmentId | undefined> {
  const { loop, session } = visit
  const need = { size: 'XL', box: null, lowDoor: false } as const
  if (!loop.submit({ type: 'moveDeposit', session, deposit, need }).accepted) return door
  await shut(town, planOf(town, door).lock)
  const bigger = doorOf(loop, deposit)
  return bigger !== undefined && (await opensFor(town, bigger)) ? bigger : undefined
}

async function takesBack(town: Town, { loop, session }: Visit): Promise<void> {
  const back = [...loop.cabinet().deposits.values()].find(({ stage }) => stage === 'refused')
  if (back === undefined) return
  const { id: deposit, compartment } = back
  if (!loop.submit({ type: 'beginRecall', session, deposit, listed: true }).accepted) return
  const { lock } = planOf(town, compartment)
  if (!(await springsOpen(town, lock, patienceMs))) return
  for (const thing of thingsBehind(town, lock)) town.street.metal.hands.take(lock, thing)
  town.parcels.delete(deposit)
  await shut(town, lock)
  await noticed(town)
  if (still(town, loop)) loop.submit({ type: 'confirmRecall', session, deposit })
  count(town, 'recalls')
}
