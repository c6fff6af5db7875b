import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import type { Neighbour } from '@holdfast/wire/cabinet/asks.ts'
import { describe, expect, it } from 'vitest'
import type { Replied, Reply } from '../../../loop/loop.ts'
import { cardFor, carrier, createKioskRig, digest, type KioskRig, person } from '../../rig.testing.ts'

const label = 'SF1234567890123'
const [near, far] = [nth('cabinet', 7), nth('cabinet', 8)]
const places: readonly Neighbour[] = [
  { cabinet: near, name: 'North Gate 2', room: 2, here: true, metres: null, directions: 'left of the door' },
  { cabinet: far, name: 'Library', room: 1, here: false, metres: 200 },
]

const base = { v: 1, cabinet: nth('cabinet', 1), order: nth('order', 1), sentAt: 0, kind: 'reply' } as const
const reply = (change: Partial<Reply>): Replied => ({
  answered: true,
  reply: { ...base, ask: nth('event', 1), ...change },
})
const silent: Replied = { answered: false, why: 'timeout' }

/** All big doors are out of use: what is announced as XL fits nowhere here, and S does. */
function fullForBig(answer: Replied = reply({ neighbours: [...places] })): KioskRig {
  const rig = createKioskRig()
  const { compartments } = rig.loop.cabinet().layout
  for (const [n, { id, size }] of compartments.entries()) {
    const order = { order: nth('order', n + 1), staff: nth('staff', 1), freshness: 'asked', epoch: 0 } as const
    if (size !== 'S') rig.loop.submit({ type: 'orderRetire', ...order, compartment: id })
  }
  rig.loop.answerAsk = () => answer
  rig.signIn()
  return rig
}

async function scanned(rig: KioskRig, change: Parameters<typeof cardFor>[1] = {}): Promise<KioskRig> {
  rig.loop.cardsHere.set(digest(carrier, label), cardFor(label, { size: 'XL', ...change }))
  rig.desk.scanned(label)
  await rig.clock.advance(1_000)
  return rig
}

async function asked(rig: KioskRig, answer: Replied): Promise<KioskRig> {
  rig.loop.answerAsk = () => answer
  rig.touch({ kind: 'elsewhere', cabinet: far })
  await rig.clock.advance(1_000)
  return rig
}
const kinds = ({ loop }: KioskRig): readonly string[] => loop.asked.map(({ kind }) => kind)

describe('a parcel for which no door here is free', () => {
  it.each([
    ['agrees to this cabinet', {}],
    ['was not asked about this cabinet', { consent: null }],
    ['is known by measures alone', { size: null, box: { widthMm: 900, heightMm: 900, depthMm: 900 } }],
  ])('is offered the neighbours where its recipient %s', async (_, card) => {
    const rig = await scanned(fullForBig(), card)
    expect(rig.on('size')).toMatchObject({ problem: 'cabinet-full', elsewhere: { places, busy: false, asked: null } })
    expect(rig.on('size').elsewhere).not.toHaveProperty('size')
  })

  it('is asked after with its size, by nobody but its courier, and before anybody is asked for consent', async () => {
    const { loop } = await scanned(fullForBig(), { consent: null })
    const plain = { carrier, number: label, size: 'XL' }
    expect(loop.asked).toMatchObject([{ kind: 'neighbours', parcel: digest(carrier, label), courier: person, plain }])
  })

  it.each([
    ['nobody has a door', reply({ neighbours: [] })],
    ['the cloud does not know the question', reply({ refusal: 'ask-unknown' })],
    ['no answer comes', silent],
  ])('says that it is full, and no more, where %s', async (_, answer) => {
    const rig = await scanned(fullForBig(answer))
    expect(rig.on('size').problem).toBe('cabinet-full')
    expect(rig.on('size')).not.toHaveProperty('elsewhere')
  })

  it('asks nobody where the cabinet is offline, and says as before that it is full', async () => {
    const rig = fullForBig()
    rig.loop.set({ online: false })
    await scanned(rig)
    expect([rig.on('size').problem, kinds(rig)]).toEqual(['cabinet-full', []])
    expect(rig.on('size')).not.toHaveProperty('elsewhere')
  })

  it('goes in by another size after all, and is asked after no more', async () => {
    const rig = await scanned(fullForBig())
    rig.touch({ kind: 'size', size: 'S' })
    await rig.clock.advance(2_000)
    expect(rig.on('deposit-door').phase).toBe('open')
    expect(kinds(rig)).toEqual(['neighbours'])
  })

  it('is asked after for its size alone: a low door that is missing is told as that', async () => {
    const rig = fullForBig()
    for (const { id, front } of rig.loop.cabinet().layout.compartments) {
      const order = { order: nth('order', 50), staff: nth('staff', 1), freshness: 'asked', epoch: 0 } as const
      if (front.yMm >= 380) rig.loop.submit({ type: 'orderRetire', ...order, compartment: id })
    }
    await scanned(rig, { size: 'S', lowDoor: true })
    expect([rig.screen(), kinds(rig)]).toMatchObject([{ problem: 'no-low-door-free' }, []])
  })

  it('that fits somewhere is never asked after', async () => {
    const rig = await scanned(fullForBig(), { size: 'S' })
    expect([rig.on('deposit-door').phase, kinds(rig)]).toEqual(['open', []])
  })
})

describe('one tap on a neighbour', () => {
  it.each(['asked', 'agreed'] as const)('says that its recipient has %s, and takes the next label', async (word) => {
    const rig = await asked(await scanned(fullForBig()), reply({ word }))
    expect(rig.on('size')).toMatchObject({
      problem: null,
      elsewhere: { asked: { name: 'Library', word }, busy: false },
    })
    expect(rig.loop.asked.at(-1)).toMatchObject({ kind: 'neighbours', plain: { number: label, to: far } })
    rig.desk.scanned('SF1234567890131')
    await rig.clock.advance(100)
    expect(rig.screen()).toMatchObject({ kind: 'looking', parcel: { number: 'SF1234567890131' } })
  })

  it('waits for the word, and asks once however often it is tapped', async () => {
    const rig = await scanned(fullForBig())
    rig.loop.answerAsk = () => reply({ word: 'asked' })
    for (let n = 0; n < 3; n += 1) rig.touch({ kind: 'elsewhere', cabinet: far })
    expect(rig.on('size').elsewhere?.busy).toBe(true)
    await rig.clock.advance(1_000)
    rig.touch({ kind: 'elsewhere', cabinet: near })
    await rig.clock.advance(1_000)
    expect(kinds(rig)).toEqual(['neighbours', 'neighbours'])
  })

  it.each([
    ['was asked a moment ago', reply({ refusal: 'question-open' }), 'question-open'],
    ['does not want it there', reply({ refusal: 'refused-there' }), 'refused-there'],
    ['cannot be reached by the cloud in time', silent, 'cloud-silent'],
    ['is nobody the cloud knows', reply({}), 'cloud-silent'],
  ])('stays with the choice and says why where the recipient %s', async (_, answer, problem) => {
    const rig = await asked(await scanned(fullForBig()), answer)
    expect(rig.on('size')).toMatchObject({ problem, elsewhere: { places, busy: false, asked: null } })
  })

  it('asks nobody about a cabinet that is not on the screen, nor without a network', async () => {
    const rig = await scanned(fullForBig())
    rig.touch({ kind: 'elsewhere', cabinet: nth('cabinet', 9) })
    rig.loop.set({ online: false })
    rig.touch({ kind: 'elsewhere', cabinet: near })
    expect([rig.on('size').problem, kinds(rig)]).toEqual(['cloud-silent', ['neighbours']])
  })

  it('leads back to the scan screen by "next parcel"', async () => {
    const rig = await asked(await scanned(fullForBig()), reply({ word: 'asked' }))
    rig.touch({ kind: 'back' })
    expect(rig.on('scan').problem).toBeNull()
  })
})
