import type { Deposit } from '@holdfast/core/cabinet/state.ts'
import { expect, it } from 'vitest'
import { createChance } from '../seed/chance.ts'
import { lineName } from '../street.ts'
import { type Lived, simulate, type Stage } from '../world.ts'
import { courierVisits } from './courier.ts'
import { looksInto } from './operator.ts'
import { recipientVisits, takesOut, typesCode } from './recipient.ts'
import type { Town } from './town.ts'

/** These draws bring two parcels without a slip of the finger or a change of mind. */
const steady = (town: Town): Town => ({ ...town, chance: createChance(11) })

async function perform(script: (town: Town) => Promise<void>): Promise<Lived> {
  const play = async ({ town }: Stage): Promise<void> => {
    await town.clock.sleep(1_000)
    await script(town)
  }
  return await simulate({ seed: 13, minutes: 1, faults: [], script: play })
}

it('nobody is told the code of what does not lie behind its door yet', async () => {
  const seen = new Set<string>()
  const { failure } = await perform(async (town) => {
    let isOver = false
    void courierVisits(steady(town)).finally(() => (isOver = true))
    for (; !isOver; await town.clock.sleep(50)) {
      for (const { id, stage } of town.journal().deposits.values()) seen.add(`${stage}, ${town.cloud.codesOf(id).size}`)
    }
  })
  expect(failure?.message).toBeUndefined()
  expect(seen).toEqual(new Set(['filling, 0', 'stored, 0', 'stored, 2']))
})

it('whoever used his code up on an opening that came to nothing comes with his phone (law 3)', async () => {
  let left: Deposit | undefined
  const { failure, counts } = await perform(async (town) => {
    await courierVisits(steady(town))
    await town.clock.sleep(2_000)
    const [deposit] = town.cloud.deposits()
    const loop = town.street.loop()
    if (deposit === undefined || loop === undefined) return
    const { wires } = town.street.metal
    const newest = { ...town, chance: { ...town.chance, pick: <Item>(items: readonly Item[]) => items.at(-1) } }
    const typed = typesCode(newest, loop, deposit)
    await town.clock.sleep(130)
    for (const board of [1, 2]) wires(lineName).setPlugged(board, false)
    await typed
    await town.clock.sleep(5_000)
    for (const board of [1, 2]) wires(lineName).setPlugged(board, true)
    // His session has to end before anybody else may say what lies there.
    await town.clock.sleep(150_000)
    const doubted = (await town.cloud.doors())?.find(({ use }) => use === 'suspect')
    if (doubted !== undefined) await looksInto(steady(town), doubted)
    left = town.journal().deposits.get(deposit)
  })
  expect(left).toMatchObject({ stage: 'stored', codes: [] })
  expect(failure?.message).toBeUndefined()
  expect(counts['parcels taken out']).toBe(2)
})

it('a code that is renewed while it is looked at may be wrong, and no law is broken', async () => {
  const wrong: number[] = []
  for (const laterMs of [150, 175, 200, 225]) {
    const { failure, counts } = await perform(async (town) => {
      await courierVisits(steady(town))
      await town.clock.sleep(2_000)
      const loop = town.street.loop()
      const renewed = town.cloud.renew()
      await town.clock.sleep(laterMs)
      const [deposit] = [...town.parcels.keys()]
      if (loop === undefined || deposit === undefined) return
      const session = await typesCode(town, loop, deposit)
      if (session !== undefined) await takesOut(town, { loop, session, deposit })
      await renewed
    })
    expect(failure?.message).toBeUndefined()
    wrong.push(counts['code wrong'] ?? 0)
  }
  expect(wrong).toContain(1)
})

it('whoever finds the leaf stuck though its hook let go pulls it, and has his parcel', async () => {
  const { failure, counts } = await perform(async (town) => {
    await courierVisits(steady(town))
    await town.clock.sleep(2_000)
    for (const { lock } of town.layout.compartments) town.street.metal.setDefects(lock, { leafHeld: true })
    await recipientVisits({ ...town, chance: createChance(5) })
    expect(town.parcels.size).toBe(1)
  })
  expect(failure?.message).toBeUndefined()
  expect(counts['doors that stayed shut']).toBeUndefined()
})

it('whose door is shut before he has reached in has it opened again', async () => {
  const { failure, counts } = await perform(async (town) => {
    await courierVisits(steady(town))
    await town.clock.sleep(2_000)
    const { metal } = town.street
    const visit = recipientVisits({ ...town, chance: createChance(5) })
    await town.clock.sleep(500)
    for (const { lock } of town.layout.compartments) metal.hands.push(lock)
    await visit
    expect(town.parcels.size).toBe(1)
  })
  expect(failure?.message).toBeUndefined()
  expect(counts['pickupReopened']).toBe(1)
})
