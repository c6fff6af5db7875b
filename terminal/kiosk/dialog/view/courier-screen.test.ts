import { describe, expect, it } from 'vitest'
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
})
