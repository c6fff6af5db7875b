import { describe, expect, it } from 'vitest'
import { cardFor, carrier, createKioskRig, digest, person, type KioskRig } from '../../rig.testing.ts'

const label = 'SF1234567890123'
const next = 'SF1234567890131'

/** The first parcel is behind its door, the second one's question was left: nothing is in hand. */
async function lastMade(): Promise<KioskRig> {
  const rig = createKioskRig()
  rig.signIn()
  await rig.put(label)
  rig.loop.cardsHere.set(digest(carrier, next), cardFor(next, { size: null }))
  rig.desk.scanned(next)
  rig.touch({ kind: 'back' })
  await rig.clock.advance(2_000)
  return rig
}

describe('undoing the last deposit', () => {
  it('opens its door again, and frees it on the word that it is empty', async () => {
    const rig = await lastMade()
    const { undo } = rig.on('scan')
    rig.touch({ kind: 'undo' })
    await rig.clock.advance(2_500)
    expect(rig.on('undo-door')).toMatchObject({ phase: 'open', compartment: undo })
    rig.loop.shut(rig.doorOf())
    rig.touch({ kind: 'undo-empty' })
    expect(rig.on('scan')).toMatchObject({ undo: null, delivered: 0, problem: 'deposit-cancelled' })
    expect(rig.loop.cabinet().deposits.size).toBe(0)
  })

  it('keeps the parcel on the word that it stays', async () => {
    const rig = await lastMade()
    rig.touch({ kind: 'undo' })
    await rig.clock.advance(2_500)
    rig.loop.shut(rig.doorOf())
    rig.touch({ kind: 'undo-keep' })
    expect(rig.on('scan')).toMatchObject({ delivered: 1 })
    expect(rig.on('scan').undo).not.toBeNull()
    expect([...rig.loop.cabinet().deposits.values()].map(({ stage }) => stage)).toEqual(['stored'])
  })

  it('takes the next scan for the word that it is empty', async () => {
    const rig = await lastMade()
    rig.touch({ kind: 'undo' })
    await rig.clock.advance(2_500)
    rig.loop.shut(rig.doorOf())
    await rig.clock.advance(2_000)
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label, { size: 'M' }))
    rig.desk.scanned(label)
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door')).toMatchObject({ phase: 'open', parcel: { number: label } })
  })

  it('is not offered before anything was made, nor while a door is in hand', async () => {
    const rig = createKioskRig()
    rig.signIn()
    expect(rig.on('scan').undo).toBeNull()
    await rig.put(label)
    rig.touch({ kind: 'undo' })
    expect(rig.on('deposit-door').phase).toBe('shut')
  })
})

describe('a message that cannot be delivered', () => {
  it('is shown to its courier while he is still here, door by door', async () => {
    const rig = await lastMade()
    const [deposit] = rig.loop.cabinet().deposits.values()
    if (deposit === undefined) throw new Error('nothing is stored')
    expect(rig.loop.missNotice(person, deposit.id)).toBe(true)
    expect(rig.on('scan').missed).toEqual([deposit.compartment])
    await rig.put('SF1234567890149')
    expect(rig.on('deposit-door').missed).toEqual([deposit.compartment])
  })

  it('is nobody else’s to see', async () => {
    const rig = await lastMade()
    const [deposit] = rig.loop.cabinet().deposits.keys()
    if (deposit === undefined) throw new Error('nothing is stored')
    expect(rig.loop.missNotice(rig.loop.drawId('person'), deposit)).toBe(false)
    rig.touch({ kind: 'finish' })
    expect(rig.loop.missNotice(person, deposit)).toBe(false)
  })
})

describe('a parcel handed back before its code was drawn', () => {
  it('is told as cancelled, not as a code that is missing', async () => {
    const { loop, signIn, desk, touch, clock, on, doorOf } = createKioskRig()
    signIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label))
    desk.scanned(label)
    await clock.advance(200)
    const door = doorOf()
    touch({ kind: 'cancel' })
    loop.shut(door)
    await clock.advance(1_000)
    expect(on('scan').problem).toBe('deposit-cancelled')
  })
})
