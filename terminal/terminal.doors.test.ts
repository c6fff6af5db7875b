import { afterEach, describe, expect, it } from 'vitest'
import { happened, createRig, doors, id, eventsIn, type Rig } from './terminal.testing.ts'

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})
async function newRig(): Promise<Rig> {
  const rig = await createRig({ acks: true })
  rigs.push(rig)
  return rig
}

const [door = id('compartment')] = doors
const [person, session, carrier] = [id('person'), id('session'), id('carrier')]
const picture = 'ab'.repeat(32)
const entry = { type: 'openCourierSession', session, person, carrier, via: 'grant', nonce: null } as const

/** By the mechanical key: nobody asked the cabinet. */
async function keyed(rig: Rig): Promise<void> {
  const { loop } = rig.terminal
  rig.doors.open.add(1)
  await happened(loop, () => loop.cabinet().doors.get(door)?.position === 'open')
}

async function shut(rig: Rig): Promise<void> {
  const { loop } = rig.terminal
  rig.doors.open.clear()
  await happened(loop, () => loop.cabinet().doors.get(door)?.position === 'shut')
}

const use = (rig: Rig) => rig.terminal.loop.cabinet().compartments.get(door)?.use

describe('a door opened by the mechanical key', () => {
  it('rings within 2 s, is told without a cause, and leaves its compartment in doubt (law 2)', async () => {
    const rig = await newRig()
    const rung: unknown[] = []
    rig.terminal.loop.onAlarm((what, where) => rung.push([what, where]))
    const began = performance.now()
    await keyed(rig)
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(rung).toEqual([['opened-without-cause', door]])
    await shut(rig)
    expect(use(rig)).toBe('suspect')
    expect(rig.doors.pulses).toEqual([])
  })
})

describe('the way back from doubt, on a real terminal', () => {
  it('is one pulse, a look and a word, and the cloud hears who said it', async () => {
    const rig = await newRig()
    const { loop } = rig.terminal
    await keyed(rig)
    await shut(rig)
    const begun = loop.submit([
      { ...entry, freshness: 'screen' },
      { type: 'beginLook', session, compartment: door },
    ])
    expect(begun).toMatchObject({ accepted: true })
    await happened(loop, () => loop.cabinet().doors.get(door)?.position === 'open')
    await shut(rig)
    expect(loop.submit({ type: 'sayLook', session, seen: 'empty' })).toMatchObject({ accepted: true })
    expect([use(rig), rig.doors.pulses]).toEqual(['free', [1]])
    const told = await rig.broker.until(({ lines }) => lines.some((line) => line.includes('"compartmentInspected"')))
    expect(told.lines.find((line) => line.includes('"compartmentInspected"'))).toContain(`"by":"${person}"`)
    expect(eventsIn(rig.broker.up).map(({ type }) => type)).toContain('lookBegun')
  })

  it('goes by a picture where the sensor never sees the door shut again (law 16)', async () => {
    const rig = await newRig()
    const { loop } = rig.terminal
    await keyed(rig)
    loop.submit([
      { ...entry, freshness: 'screen' },
      { type: 'beginLook', session, compartment: door },
    ])
    expect(loop.submit({ type: 'sayLook', session, seen: 'empty' })).toMatchObject({ refusal: 'door-open' })
    const pictures: string[] = []
    loop.onPhonePicture((told) => told.person === person && pictures.push(told.picture) > 0)
    const order = { v: 1, cabinet: rig.identity.cabinet, order: id('order'), sentAt: Date.now(), kind: 'picture' }
    rig.tell('order', { ...order, person, picture })
    const answer = await rig.broker.until(({ value }) => value['order'] === order.order)
    expect([answer.value['outcome'], pictures]).toEqual(['done', [picture]])
    expect(loop.submit({ type: 'sayLook', session, seen: 'empty', picture })).toMatchObject({ accepted: true })
    expect([use(rig), rig.doors.pulses]).toEqual(['free', []])
  })

  it('takes no picture while nobody looks', async () => {
    const rig = await newRig()
    const order = { v: 1, cabinet: rig.identity.cabinet, order: id('order'), sentAt: Date.now(), kind: 'picture' }
    rig.tell('order', { ...order, person, picture })
    const { value } = await rig.broker.until(({ value: answer }) => answer['order'] === order.order)
    expect(value).toMatchObject({ outcome: 'refused', reason: 'session-unknown' })
  })
})
