import type { Deed, DoorKnown } from '../cloud/side.ts'
import { count, planOf, noticed, shut, springsOpen, thingsBehind, type Town } from './town.ts'

/** Staff: looks into what is suspect, opens, retires, restores and renews, now and then with something stale. */
export async function operatorActs(town: Town): Promise<void> {
  const { chance, cloud } = town
  const compartments = (await cloud.doors()) ?? []
  const suspect = chance.pick(compartments.filter(({ use }) => use === 'suspect'))
  if (suspect !== undefined && chance.happens(0.8)) return looksInto(town, suspect)
  const retired = compartments.find(({ use }) => use === 'retired')
  const any = retired ?? chance.pick(compartments)
  if (any === undefined) return
  if (chance.happens(0.3)) return renews(town)
  const kind = retired === undefined ? (chance.happens(0.5) ? 'open' : 'retire') : 'restore'
  const outcome = await orders(town, any, kind)
  if (kind === 'open' && outcome === 'accepted') await mindsDoor(town, any)
}

/** Comes with a key ring: opens by order, or with the mechanical key, repairs, takes strays out, and says what he saw. */
export async function looksInto(town: Town, compartment: DoorKnown): Promise<void> {
  const { street, clock } = town
  const { lock } = planOf(town, compartment.id)
  street.metal.setDefects(lock, { jammed: false, leafHeld: false, willNotLatch: false })
  if ((await orders(town, compartment, 'open')) !== 'accepted') street.metal.hands.turnKey(lock)
  await springsOpen(town, lock, 9_000)
  await clock.sleep(2_000)
  const bound = town.journal().compartments.get(compartment.id)?.deposit ?? null
  const belongs = bound === null ? undefined : town.parcels.get(bound)?.thing
  for (const thing of thingsBehind(town, lock)) if (thing !== belongs) street.metal.hands.take(lock, thing)
  await shut(town, lock)
  await noticed(town)
  const seen = thingsBehind(town, lock).length > 0 ? 'parcel-inside' : 'empty'
  const outcome = await orders(town, compartment, 'inspect', seen)
  if (outcome === 'done' && seen === 'empty' && bound !== null) town.parcels.delete(bound)
  count(town, `looked into: ${outcome}`)
}

async function mindsDoor(town: Town, { id }: DoorKnown): Promise<void> {
  const { lock } = planOf(town, id)
  await springsOpen(town, lock, 9_000)
  await town.clock.sleep(1_000)
  await shut(town, lock)
}

async function renews(town: Town): Promise<void> {
  const outcome = await town.cloud.renew()
  if (outcome !== undefined) count(town, `renew ${outcome}`)
}

/** The first word that the cabinet says to it; now and then the desk's page was old. */
async function orders(
  town: Town,
  door: DoorKnown,
  deed: Deed,
  seen: 'empty' | 'parcel-inside' = 'empty',
): Promise<string> {
  const stale = town.chance.happens(0.1) ? 1 : 0
  const answer = await town.cloud.act(deed, { ...door, epoch: Math.max(0, door.epoch - stale) }, seen)
  count(town, `${deed} ${answer}`)
  return answer
}
