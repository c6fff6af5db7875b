import { describe, expect, it } from 'vitest'
import { doorIds, nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { cardFor, carrier, createKioskRig, digest, otherCarrier, person, type KioskRig } from '../../rig.testing.ts'

const [first = nth('compartment', 1), second = nth('compartment', 2)] = doorIds
const label = 'SF1234567890123'

/** Doors that somebody pulled open, and shut again. */
function forced(rig: KioskRig, ...doors: readonly (typeof first)[]): void {
  for (const door of doors) {
    rig.loop.observe({ type: 'door', door, fact: { type: 'doorSeen', sight: 'open', witness: 'leaf' } })
    rig.loop.shut(door)
  }
}

/** A courier before the opened door that nobody was sure about. */
async function looking(...doors: readonly (typeof first)[]): Promise<KioskRig> {
  const rig = createKioskRig()
  forced(rig, ...doors)
  rig.signIn()
  rig.touch({ kind: 'looks' })
  rig.touch({ kind: 'look-next' })
  await rig.clock.advance(500)
  return rig
}

describe('doors in doubt at the kiosk', () => {
  it('are offered to a courier, one after the other, and no more once he has spoken', async () => {
    const rig = createKioskRig()
    forced(rig, first, second)
    rig.signIn()
    expect(rig.on('scan').doubts).toBe(2)
    rig.touch({ kind: 'looks' })
    expect(rig.on('looks').doors).toEqual([first, second])
    for (const left of [[second], []]) {
      rig.touch({ kind: 'look-next' })
      await rig.clock.advance(2_500)
      const { compartment } = rig.on('look-door')
      rig.loop.shut(rig.doorOf())
      rig.touch({ kind: 'look-empty' })
      expect(rig.on('looks').doors).toEqual(left)
      expect(rig.loop.cabinet().compartments.get(compartment as typeof first)?.use).toBe('free')
    }
    rig.touch({ kind: 'back' })
    expect(rig.on('scan')).not.toHaveProperty('doubts')
  })

  it('are not told of where there are none', () => {
    const rig = createKioskRig()
    rig.signIn()
    expect(rig.on('scan')).not.toHaveProperty('doubts')
  })

  it('of another carrier are not his to look into', async () => {
    const rig = createKioskRig()
    await rig.stored()
    forced(rig, first)
    rig.desk.scanned(`HF1:sign-in:${person}:${otherCarrier}`)
    expect(rig.on('scan')).not.toHaveProperty('doubts')
  })

  it('say whether a parcel should be there, and give it its rest back', async () => {
    const rig = createKioskRig()
    await rig.stored(label)
    forced(rig, first)
    rig.signIn()
    rig.touch({ kind: 'looks' })
    rig.touch({ kind: 'look-next' })
    await rig.clock.advance(500)
    expect(rig.on('look-door')).toMatchObject({ phase: 'open', holds: true, picture: false })
    rig.loop.shut(first)
    rig.touch({ kind: 'look-parcel' })
    expect(rig.loop.cabinet().compartments.get(first)?.use).toBe('loaded')
  })

  it('left unsaid stay in doubt, and are not offered again in this session', async () => {
    const rig = await looking(first)
    rig.loop.shut(first)
    rig.touch({ kind: 'back' })
    expect(rig.on('looks').doors).toEqual([])
    expect(rig.loop.cabinet().compartments.get(first)?.use).toBe('suspect')
    rig.touch({ kind: 'finish' })
    await rig.clock.advance(9_000)
    rig.signIn()
    expect(rig.on('scan').doubts).toBe(1)
  })
})

describe('before a door in doubt', () => {
  it('no next parcel is taken up until something is said', async () => {
    const rig = await looking(first)
    rig.loop.cardsHere.set(digest(carrier, label), cardFor(label))
    rig.desk.scanned(label)
    expect(rig.on('look-door').problem).toBe('look-unsaid')
    rig.loop.shut(first)
    rig.touch({ kind: 'look-empty' })
    rig.desk.scanned(label)
    await rig.clock.advance(2_500)
    expect(rig.on('deposit-door').phase).toBe('open')
  })

  it('a word at the open door is not taken, and why is said', async () => {
    const rig = await looking(first)
    rig.touch({ kind: 'look-empty' })
    expect(rig.on('look-door')).toMatchObject({ phase: 'open', problem: 'door-open' })
  })

  it('that stays shut it is opened again, or left', async () => {
    const rig = createKioskRig()
    forced(rig, first)
    rig.loop.jammed.add(first)
    rig.signIn()
    rig.touch({ kind: 'looks' })
    rig.touch({ kind: 'look-next' })
    await rig.clock.advance(4_000)
    expect(rig.on('look-door').phase).toBe('stuck')
    rig.loop.jammed.delete(first)
    rig.touch({ kind: 'reopen' })
    await rig.clock.advance(2_500)
    expect(rig.on('look-door').phase).toBe('open')
  })

  it('more time is given, and leaving asks for a shut door first', async () => {
    const rig = await looking(first)
    rig.touch({ kind: 'finish' })
    expect(rig.on('look-door').problem).toBe('door-open')
    rig.loop.shut(first)
    rig.touch({ kind: 'finish' })
    expect(rig.on('farewell').outcome).toBe('nothing')
  })
})

describe('a sensor that lies, at the kiosk (law 16)', () => {
  const picture = 'ab'.repeat(32)

  it('is overruled by the courier who looks, with a picture from his own phone', async () => {
    const rig = await looking(first)
    expect(rig.loop.phonePictures(person, picture)).toBe(true)
    expect(rig.on('look-door')).toMatchObject({ phase: 'open', picture: true, problem: null })
    rig.touch({ kind: 'look-empty' })
    expect(rig.on('looks').doors).toEqual([])
    expect(rig.loop.cabinet().compartments.get(first)?.use).toBe('free')
  })

  it('is not overruled by a picture of somebody else, nor by one taken before another door', async () => {
    const rig = await looking(first, second)
    expect(rig.loop.phonePictures(nth('person', 9), picture)).toBe(false)
    rig.loop.phonePictures(person, picture)
    rig.touch({ kind: 'look-empty' })
    expect(rig.loop.phonePictures(person, picture)).toBe(false)
    rig.touch({ kind: 'look-next' })
    await rig.clock.advance(2_500)
    expect(rig.on('look-door')).toMatchObject({ compartment: second, picture: false })
    rig.touch({ kind: 'look-empty' })
    expect(rig.on('look-door').problem).toBe('door-open')
  })
})
