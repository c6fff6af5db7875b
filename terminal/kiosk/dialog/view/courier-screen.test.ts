import { describe, expect, it } from 'vitest'
import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { referenceOf } from '@holdfast/core/values/reference.ts'
import { createKioskRig, type KioskRig } from '../../rig.testing.ts'

const label = 'SF1234567890123'

const within = { yMm: expect.toSatisfy((mm: number) => mm >= 380) }

function retire({ loop }: KioskRig, n: number): void {
  const order = { order: nth('order', n), staff: nth('staff', 1), freshness: 'asked' } as const
  loop.submit({ type: 'orderRetire', ...order, compartment: nth('compartment', n), epoch: 0 })
}

async function atDoor(lowDoor: boolean): Promise<KioskRig> {
  const rig = createKioskRig()
  rig.signIn()
  await rig.put(label, { lowDoor })
  return rig
}

describe('a low door that is asked for at the screen (R-41)', () => {
  const at = (rig: KioskRig): unknown =>
    rig.loop.cabinet().layout.compartments.find(({ id }) => id === rig.doorOf())?.front

  it('is one touch away, takes the parcel there, and says why', async () => {
    const rig = await atDoor(false)
    expect(rig.on('deposit-door')).toMatchObject({ lower: true })
    expect(at(rig)).not.toMatchObject(within)
    rig.touch({ kind: 'low-door' })
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door')).toMatchObject({ low: true, phase: 'open' })
    expect(rig.on('deposit-door')).not.toHaveProperty('lower')
    expect(at(rig)).toMatchObject(within)
  })

  it('stands with the deposit in the journal, and with no other one', async () => {
    const rig = await atDoor(false)
    rig.touch({ kind: 'low-door' })
    await rig.clock.advance(2_500)
    rig.loop.shut(rig.doorOf())
    await rig.clock.advance(100)
    await rig.put('SF1234567890124')
    expect([...rig.loop.cabinet().deposits.values()].map(({ need }) => need.lowDoor)).toEqual([true, false])
  })

  it('goes with the parcel to another door that is bigger, or that opens', async () => {
    const rig = await atDoor(true)
    const first = rig.doorOf()
    rig.touch({ kind: 'again' })
    await rig.clock.advance(2_500)
    expect(rig.doorOf()).not.toBe(first)
    expect(rig.on('deposit-door').low).toBe(true)
    expect(at(rig)).toMatchObject(within)
  })

  it.each([
    ['where this one is within reach already', true, []],
    ['where none is free that fits', false, [2, 3, 4, 5, 6]],
  ] as const)('is not offered %s', async (_, lowDoor, retired) => {
    const rig = createKioskRig()
    for (const n of retired) retire(rig, n)
    rig.signIn()
    await rig.put(label, { lowDoor })
    expect(rig.on('deposit-door')).not.toHaveProperty('lower')
    rig.touch({ kind: 'low-door' })
    await rig.clock.advance(100)
    expect(rig.on('deposit-door').low).toBe(lowDoor || undefined)
  })
})

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
    for (const n of retired) retire(rig, n)
    rig.signIn()
    await rig.put(label, { lowDoor })
    expect(rig.on('deposit-door').bigger).toBe(bigger)
  })
})

describe('the reference by which support finds a deposit', () => {
  it('stands at the shut door, as the slip says it, and not while anything can still be put in', async () => {
    const rig = createKioskRig()
    rig.signIn()
    const deposit = await rig.put(label)
    expect(rig.on('deposit-door')).toMatchObject({ phase: 'shut', reference: referenceOf(deposit) })
    rig.touch({ kind: 'reopen' })
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door').phase).toBe('open')
    expect(rig.on('deposit-door')).not.toHaveProperty('reference')
  })

  it('goes with the deposit to another door, and is another one for the next', async () => {
    const rig = createKioskRig()
    rig.signIn()
    const first = await rig.put(label)
    const before = rig.doorOf()
    rig.touch({ kind: 'bigger' })
    await rig.clock.advance(2_500)
    expect(rig.doorOf()).not.toBe(before)
    rig.loop.shut(rig.doorOf())
    await rig.clock.advance(100)
    expect(rig.on('deposit-door').reference).toBe(referenceOf(first))
    const second = await rig.put('SF1234567890124')
    expect(second).not.toBe(first)
    expect(rig.on('deposit-door').reference).toBe(referenceOf(second))
  })

  it('is not said of what the courier takes back', async () => {
    const rig = createKioskRig()
    rig.signIn()
    await rig.put(label)
    rig.touch({ kind: 'cancel' })
    await rig.clock.advance(2_500)
    rig.loop.shut(rig.doorOf())
    await rig.clock.advance(100)
    expect(JSON.stringify(rig.screen())).not.toContain('reference')
  })
})
