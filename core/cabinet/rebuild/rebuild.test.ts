import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestInput } from '../digest.ts'
import {
  atWork,
  deposit,
  doorIds,
  nth,
  oneStored,
  session1,
  signedIn,
  sixDoors,
  stored,
  tell,
  typed,
  untold,
} from '../laws/scene.testing.ts'
import type { OrderCommand } from '../commands.ts'
import type { Told } from '../laws/scene.testing.ts'
import { liveCodes } from '../state.ts'
import { rebuildOf } from './rebuild.ts'

/** A new terminal on an empty disk, told what the cloud's copy of `lost` says. */
const replaced = (lost: Told): Told =>
  tell(
    untold,
    { type: 'takeLayout', layout: sixDoors },
    { type: 'rebuildCabinet', compartments: rebuildOf(lost.cabinet) },
    { type: 'started', boot: 1 },
  )

const renewal: OrderCommand = {
  type: 'orderRenew',
  order: nth('order', 1),
  staff: nth('staff', 1),
  freshness: 'asked',
  deposit: deposit(1),
  code: { generation: 0, tag: 'renewed', tailTag: null },
}

describe('a new terminal with parcels inside', () => {
  it('keeps each deposit behind its door, in its epoch, without a code that the lost key tagged', () => {
    const before = oneStored.cabinet.deposits.get(deposit(1))
    const { cabinet } = replaced(oneStored)
    const after = cabinet.deposits.get(deposit(1))
    expect(after).toMatchObject({ compartment: before?.compartment, epoch: before?.epoch, stage: 'stored', codes: [] })
    expect(liveCodes(cabinet)).toEqual([])
    expect(cabinet.compartments.get(before?.compartment ?? doorIds[0] ?? nth('compartment', 9))).toMatchObject({
      use: 'loaded',
      deposit: deposit(1),
    })
  })

  it('puts every other door into quarantine, since the lost terminal may have known more than it told', () => {
    const { cabinet } = replaced(oneStored)
    const others = [...cabinet.compartments.values()].filter((one) => one.deposit === null)
    expect(others).toHaveLength(doorIds.length - 1)
    for (const other of others) expect(other).toMatchObject({ use: 'suspect', suspicion: 'new-incarnation' })
  })

  it('draws the next code above all that were ever drawn (law 5), and the old one opens nothing', () => {
    const fresh = replaced(oneStored)
    expect(fresh.cabinet.deposits.get(deposit(1))?.usedGeneration).toBe(1)
    expect(tell(fresh, ...typed(1)).answer).toMatchObject([{ type: 'codeRejected' }])
    const renewed = tell(fresh, renewal)
    const codes = renewed.cabinet.deposits.get(deposit(1))?.codes
    expect(codes?.map(({ generation }) => generation)).toEqual([2])
  })

  it('takes a past once, and only before it has one', () => {
    const compartments = rebuildOf(oneStored.cabinet)
    expect(tell(replaced(oneStored), { type: 'rebuildCabinet', compartments }).answer).toBe('cabinet-has-a-past')
    expect(tell(oneStored, { type: 'rebuildCabinet', compartments }).answer).toBe('cabinet-has-a-past')
  })

  it('lets a retired door stay retired', () => {
    const compartments = rebuildOf(atWork.cabinet).map((one, i) => ({ ...one, retired: i === 0 }))
    const { cabinet } = tell(untold, { type: 'takeLayout', layout: sixDoors }, { type: 'rebuildCabinet', compartments })
    expect([...cabinet.compartments.values()].map(({ use }) => use)[0]).toBe('retired')
  })

  it('says of doors that are new in the layout that nobody knows what is inside', () => {
    const known = rebuildOf(oneStored.cabinet).slice(0, 2)
    const { cabinet } = tell(
      untold,
      { type: 'takeLayout', layout: sixDoors },
      { type: 'rebuildCabinet', compartments: known },
    )
    expect([...cabinet.compartments.values()].filter(({ use }) => use === 'free')).toEqual([])
  })

  it('is told in events that fold to the same cabinet, and never loses a deposit or an epoch (laws 1, 3 and 6)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.boolean(), (many, collected) => {
        let lost = signedIn
        for (let n = 1; n <= many; n += 1) lost = stored(lost, n)
        lost = tell(lost, { type: 'endSession', session: session1 })
        if (collected && many > 0) lost = tell(lost, ...typed(1))
        const fresh = replaced(lost)
        const [was, is] = [digestInput(lost.cabinet), digestInput(fresh.cabinet)]
        const held = ({ compartments }: typeof was) =>
          compartments.flatMap(([id, epoch, , inside]) => (inside === null ? [] : [[id, epoch, inside]]))
        expect(held(is)).toEqual(held(was))
        const epochs = new Map(is.compartments.map(([id, epoch]) => [id, epoch]))
        for (const [id, epoch] of was.compartments) expect(epochs.get(id)).toBe(epoch)
      }),
      { numRuns: 40 },
    )
  })
})
