import { holds } from '../checks/law.ts'
import { count, shut, type Town } from './town.ts'

/** Law 2: an opening that nobody asked for is seen, and makes a noise, within this. */
const seenWithinMs = 2_000

/** Turns a mechanical key that he should not have, and pushes the door to again. `isQuiet`: no board is disturbed. */
export async function passerByForces(town: Town, isQuiet: () => boolean): Promise<void> {
  const { chance, street, clock } = town
  const plan = chance.pick(town.layout.compartments)
  if (plan === undefined || street.metal.door(plan.lock).leaf !== 'shut') return
  const loop = street.loop()
  const before = isQuiet()
  street.metal.hands.turnKey(plan.lock)
  count(town, 'doors forced')
  await clock.sleep(seenWithinMs)
  const undisturbed = before && isQuiet() && loop !== undefined && street.loop() === loop
  if (undisturbed && street.metal.door(plan.lock).leaf !== 'shut') {
    const position = town.journal().doors.get(plan.id)?.position
    holds(2, position === 'open', () => `${plan.id} stands open for 2 s and is called ${position}`)
  }
  await clock.sleep(chance.between(500, 5_000))
  await shut(town, plan.lock)
}
