import { describe, expect, it } from 'vitest'
import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { createKioskRig, type KioskRig } from '../../rig.testing.ts'

const label = 'SF1234567890123'

async function atDoor(lowDoor: boolean): Promise<KioskRig> {
  const rig = createKioskRig()
  rig.signIn()
  await rig.put(label, { lowDoor })
  return rig
}

describe('a recipient who reaches only low doors', () => {
  it('is why the courier is shown this door, in words', async () => {
    const rig = await atDoor(true)
    expect(rig.on('deposit-door').low).toBe(true)
    const [deposit] = rig.loop.cabinet().deposits.values()
    const plan = rig.loop.cabinet().layout.compartments.find(({ id }) => id === deposit?.compartment)
    expect(plan?.front.yMm).toBeGreaterThanOrEqual(380)
  })

  it('is not made out of anybody else', async () => {
    expect((await atDoor(false)).on('deposit-door')).not.toHaveProperty('low')
  })

  it.each([
    ['offers a bigger door within reach', true, [], true],
    ['offers none that is out of reach, nor leads there unsaid', true, [3, 5], false],
    ['offers a high one to everybody else', false, [3, 5], true],
    ['offers nobody a door where none is left', false, [3, 4, 5, 6], false],
  ] as const)('%s', async (_, lowDoor, retired, bigger) => {
    const rig = createKioskRig()
    for (const n of retired) {
      const order = { order: nth('order', n), staff: nth('staff', 1), freshness: 'asked' } as const
      rig.loop.submit({ type: 'orderRetire', ...order, compartment: nth('compartment', n), epoch: 0 })
    }
    rig.signIn()
    await rig.put(label, { lowDoor })
    expect(rig.on('deposit-door').bigger).toBe(bigger)
  })
})
