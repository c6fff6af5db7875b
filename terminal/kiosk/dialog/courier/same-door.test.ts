import { describe, expect, it } from 'vitest'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { cardFor, carrier, createKioskRig, digest, type KioskRig } from '../../rig.testing.ts'

const label = 'SF1234567890123'
const next = 'SF1234567890131'
const recipient = 'a'.repeat(64)
const flat = { widthMm: 200, heightMm: 30, depthMm: 150 } as const

/** The first parcel of a recipient is behind its shut door. */
async function oneBehind(change: Partial<Card>): Promise<KioskRig> {
  const rig = createKioskRig()
  rig.signIn()
  await rig.put(label, { recipient, ...change })
  await rig.clock.advance(2_000)
  return rig
}

const scanNext = (rig: KioskRig, change: Partial<Card>): void => {
  rig.loop.cardsHere.set(digest(carrier, next), cardFor(next, { recipient, ...change }))
  rig.desk.scanned(next)
}

const parcelsInside = ({ loop }: KioskRig): readonly number[] =>
  [...loop.cabinet().deposits.values()].map(({ parcels }) => parcels.length)

describe('the same recipient’s next parcel', () => {
  it('goes behind the same door with no tap where it surely fits', async () => {
    const rig = await oneBehind({ box: flat })
    scanNext(rig, { box: flat })
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door')).toMatchObject({ phase: 'open', parcels: 2 })
    expect(parcelsInside(rig)).toEqual([2])
  })

  it('joins while the door still stands open', async () => {
    const rig = createKioskRig()
    rig.signIn()
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label, { recipient, box: flat }))
    rig.desk.scanned(label)
    await rig.clock.advance(1_000)
    scanNext(rig, { box: flat })
    await rig.clock.advance(200)
    expect(rig.on('deposit-door')).toMatchObject({ phase: 'open', parcels: 2 })
  })

  it('is asked by one tap where it may not fit', async () => {
    const rig = await oneBehind({})
    scanNext(rig, {})
    expect(rig.on('same-door').open).toBe(false)
    rig.touch({ kind: 'same-door', same: true })
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door')).toMatchObject({ phase: 'open', parcels: 2 })
  })

  it('takes a door of its own by the other tap, and confirms the first', async () => {
    const rig = await oneBehind({})
    scanNext(rig, {})
    rig.touch({ kind: 'same-door', same: false })
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door')).toMatchObject({ phase: 'open', parcels: 1 })
    expect(parcelsInside(rig)).toEqual([1, 1])
  })

  it.each([
    ['another recipient', { recipient: 'b'.repeat(64) }],
    ['a recipient nobody knows', { recipient: null }],
  ])('of %s goes behind its own door', async (_name, change) => {
    const rig = await oneBehind({ box: flat })
    scanNext(rig, { box: flat, ...change })
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door').parcels).toBe(1)
  })

  it('is asked again once the door is nearly full', async () => {
    const rig = await oneBehind({ box: { ...flat, heightMm: 60 } })
    scanNext(rig, { box: { ...flat, heightMm: 60 } })
    expect(rig.on('same-door').kind).toBe('same-door')
  })
})
