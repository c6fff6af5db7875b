import { describe, expect, it } from 'vitest'
import { cardFor, carrier, createKioskRig, digest, type KioskRig } from '../../rig.testing.ts'

const labels = ['SF1234567890123', 'SF1234567890131', 'SF1234567890149', 'SF1234567890156', 'SF1234567890164'] as const

const offline = (): KioskRig => {
  const rig = createKioskRig()
  rig.signIn()
  rig.loop.set({ online: false })
  return rig
}

/** The next label confirms the parcel before it. */
const scanNext = async ({ loop, desk, clock }: KioskRig, number: string): Promise<void> => {
  loop.cardsHere.set(digest(carrier, number), cardFor(number, { size: null, box: null }))
  desk.scanned(number)
  await clock.advance(1_000)
}

describe('a deposit without network', () => {
  it('is shown to the phone before the session ends, and the touch after it ends the session', async () => {
    const { put, touch, on } = offline()
    const deposit = await put(labels[0])
    touch({ kind: 'finish' })
    expect(on('carry')).toEqual({
      kind: 'carry',
      codes: [1, 2, 3].map((part) => `HF2:${deposit.toUpperCase()}:${part}`),
      deposits: 1,
      more: 0,
      last: true,
    })
    touch({ kind: 'carried' })
    expect(on('farewell')).toMatchObject({ outcome: 'delivered', delivered: 1 })
  })

  it('is made before its facts are shown, whatever becomes of the phone', async () => {
    const { put, touch, on, loop } = offline()
    const deposit = await put(labels[0])
    touch({ kind: 'finish' })
    expect(loop.cabinet().deposits.get(deposit)?.stage).toBe('stored')
    touch({ kind: 'carry-later' })
    expect(on('farewell').delivered).toBe(1)
  })

  it('interrupts the next scan with its facts, then goes on with that parcel', async () => {
    const rig = offline()
    await rig.put(labels[0])
    await scanNext(rig, labels[1])
    expect(rig.on('carry')).toMatchObject({ deposits: 1, last: false })
    rig.touch({ kind: 'carried' })
    expect(rig.on('size').parcel.number).toBe(labels[1])
  })

  it('interrupts no more once they are carried later, and shows all of them at the end', async () => {
    const rig = offline()
    await rig.put(labels[0])
    await scanNext(rig, labels[1])
    rig.touch({ kind: 'carry-later' })
    rig.touch({ kind: 'back' })
    for (const label of labels.slice(1)) await rig.put(label)
    rig.touch({ kind: 'finish' })
    expect(rig.on('carry')).toMatchObject({ deposits: 4, more: 1, last: true })
    rig.touch({ kind: 'carried' })
    expect(rig.on('carry')).toMatchObject({ deposits: 1, more: 0 })
    rig.touch({ kind: 'carried' })
    expect(rig.on('farewell').delivered).toBe(5)
  })

  it('takes a touch for the codes that were shown only, not for those that came after', async () => {
    const rig = offline()
    await rig.put(labels[0])
    await scanNext(rig, labels[1])
    rig.touch({ kind: 'carry-later' })
    rig.touch({ kind: 'back' })
    for (const label of labels.slice(1)) await rig.put(label)
    rig.touch({ kind: 'finish' })
    const { n } = rig.desk.show()
    expect(rig.desk.touch(n, { kind: 'carried' })).toBe(true)
    expect(rig.desk.touch(n, { kind: 'carried' })).toBe(false)
    expect(rig.on('carry').deposits).toBe(1)
  })

  it('waits for its code before it can be carried', async () => {
    const { put, loop, desk, clock, touch, on, doorOf } = offline()
    await put(labels[0])
    loop.cardsHere.set(digest(carrier, labels[1]), cardFor(labels[1]))
    desk.scanned(labels[1])
    touch({ kind: 'carried' })
    await clock.advance(200)
    loop.shut(doorOf())
    touch({ kind: 'finish' })
    await clock.advance(1_000)
    expect(on('carry').deposits).toBe(1)
  })
})

describe('the network that comes back', () => {
  it('brings the facts itself: nothing is left to carry, and the work goes on', async () => {
    const rig = offline()
    await rig.put(labels[0])
    await scanNext(rig, labels[1])
    rig.on('carry')
    rig.loop.set({ online: true })
    expect(rig.on('size').parcel.number).toBe(labels[1])
  })

  it('ends the session that waited for the phone', async () => {
    const { put, touch, on, loop } = offline()
    await put(labels[0])
    touch({ kind: 'finish' })
    on('carry')
    loop.set({ online: true })
    expect(on('farewell').delivered).toBe(1)
  })

  it('leaves nothing to carry of what the cloud has heard meanwhile', async () => {
    const { put, touch, on, loop } = offline()
    await put(labels[0])
    loop.acknowledged = true
    touch({ kind: 'finish' })
    expect(on('farewell').delivered).toBe(1)
  })

  it('shows no code at all to who deposits with the network there', async () => {
    const { put, touch, on, signIn } = createKioskRig()
    signIn()
    await put(labels[0])
    touch({ kind: 'finish' })
    expect(on('farewell').delivered).toBe(1)
  })
})
