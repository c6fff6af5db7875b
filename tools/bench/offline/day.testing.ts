import { eventually } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { putIn, takeOut } from './cabinet.testing.ts'
import {
  announce,
  askByPhone,
  cardOf,
  carded,
  carry,
  type Certified,
  certify,
  codesOf,
  known,
  lastHeard,
  leave,
  type NthParcel,
  openScene,
  parcelOf,
  parcelsIn,
  type Scene,
  signInByPhone,
  signInCertified,
  twice,
} from './scene.testing.ts'

export interface DayPlan {
  /** Deposits asked for and told by way of the courier's phone. */
  readonly byPhone: number
  /** Deposits of a courier with a certificate: his phone brings their facts once it has a network. */
  readonly certified: number
  /** Deposits from before the cut; all are picked up during it, with those of the day. */
  readonly before: number
}

export interface DayResult {
  readonly deposits: number
  readonly pickups: number
  /** Of all deposits and pickups, those that were made. */
  readonly served: number
  readonly slowestCodeMs: number
  readonly mergedMs: number
  /** Codes told, parcels stored or parcels collected more than once, and forks. */
  readonly twice: number
}

/** Couriers take turns: a cabinet opens sixty doors a day for one courier's certificates (decision 0041). */
const perRound = 10
const doors = 20
/** Hundreds of openings on a minute's budget of twenty. */
const speed = 10

/** A day on which the cabinet's cable is out: the real terminal and the real cloud in one process, phones between them. */
export async function runOfflineDay(plan: DayPlan): Promise<DayResult> {
  const scene = await openScene(doors, speed)
  try {
    return await liveDay(scene, plan)
  } finally {
    await scene.close()
  }
}

async function liveDay(scene: Scene, { byPhone, certified, before }: DayPlan): Promise<DayResult> {
  const { cabinet } = scene
  const all = Array.from({ length: before + byPhone + certified }, (_, n) => parcelOf(scene, n))
  const [early, phoned, last] = [all.slice(0, before), all.slice(before, before + byPhone), all.slice(before + byPhone)]
  for (const parcel of phoned) await announce(scene, parcel)
  await carded(scene, [...early, ...last])
  const phones = [await certify(scene, scene.cookie), await certify(scene, scene.colleague)]
  let [served, slowestCodeMs] = [0, 0]
  const round = async (parcels: readonly NthParcel[], way: Way): Promise<void> => {
    for (let from = 0; from < parcels.length; from += perRound) {
      const some = parcels.slice(from, from + perRound)
      const made = await way(some)
      served += made.length
      slowestCodeMs = Math.max(slowestCodeMs, ...made.map(({ codeMs }) => codeMs))
      // What lay there before is collected with the cable out as well.
      cabinet.network.cut(true)
      served += await pickUpAll(scene, made)
      if (parcels === early) cabinet.network.cut(false)
    }
  }
  await round(early, async (some) => await depositOnline(scene, some))
  cabinet.network.cut(true)
  await round(phoned, async (some) => await depositByPhone(scene, some))
  await round(last, async (some) => {
    const [phone] = phones.splice(0, 1)
    if (phone === undefined) throw new Error('nobody is certified')
    phones.push(phone)
    return await depositCertified({ ...scene, cookie: phone.cookie }, some, phone)
  })

  const back = performance.now()
  cabinet.network.cut(false)
  await eventually(async () => (await parcelsIn(scene, 'collected')) === all.length)
  // Everything: what the cabinet wrote of the day besides its deposits and pickups, too.
  await eventually(async () => (await lastHeard(scene)) >= (cabinet.store.last()?.seq ?? 0))
  const mergedMs = performance.now() - back
  return {
    deposits: all.length,
    pickups: all.length,
    served,
    slowestCodeMs,
    mergedMs,
    twice: await twice(scene, all),
  }
}

type Made = { readonly parcel: NthParcel; readonly deposit: DepositId; readonly codeMs: number }
type Way = (some: readonly NthParcel[]) => Promise<readonly Made[]>

async function depositOnline(scene: Scene, some: readonly NthParcel[]): Promise<readonly Made[]> {
  await signInByPhone(scene)
  const made: Made[] = []
  for (const parcel of some)
    made.push({ parcel, deposit: await putIn(scene.cabinet, parcel, cardOf(scene, parcel)), codeMs: 0 })
  leave(scene)
  for (const { n } of some) await known(scene, n)
  return made
}

/** No card is here: the phone asks, the recipient agrees, the answer opens; the facts go out before the next scan. */
async function depositByPhone(scene: Scene, some: readonly NthParcel[]): Promise<readonly Made[]> {
  await signInByPhone(scene)
  const made: Made[] = []
  for (const parcel of some) {
    const deposit = await putIn(scene.cabinet, parcel, await askByPhone(scene, parcel))
    const began = performance.now()
    await carry(scene, deposit)
    await known(scene, parcel.n)
    made.push({ parcel, deposit, codeMs: performance.now() - began })
  }
  leave(scene)
  return made
}

/** The phone has no network while he works; it brings everything when it has one again. */
async function depositCertified(scene: Scene, some: readonly NthParcel[], phone: Certified): Promise<readonly Made[]> {
  signInCertified(scene, phone)
  const made: Made[] = []
  for (const parcel of some)
    made.push({ parcel, deposit: await putIn(scene.cabinet, parcel, cardOf(scene, parcel)), codeMs: 0 })
  leave(scene)
  for (const { deposit } of made) await carry(scene, deposit)
  for (const { n } of some) await known(scene, n)
  return made
}

async function pickUpAll(scene: Scene, made: readonly Made[]): Promise<number> {
  let taken = 0
  for (const { parcel, deposit } of made)
    if (await takeOut(scene.cabinet, deposit, codesOf(scene, parcel.n)[0] ?? '')) taken += 1
  return taken
}
