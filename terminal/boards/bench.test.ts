import { describe, expect, it } from 'vitest'
import { createMemoryLine, transcodeFrame, type VirtualLineOptions } from './bench.ts'
import { createFakeElectrical } from './bench.fake.ts'
import { createFakeClock } from './line/clock.fake.ts'
import { characterMs } from './line/line.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const openOne = hex('8A 01 01 11 9B')
const queryOne = hex('80 01 00 33 B2')

async function createBench(more: Partial<VirtualLineOptions> = {}) {
  const clock = createFakeClock()
  const electrical = createFakeElectrical()
  const wire = createMemoryLine({
    family: 'xor-8a',
    electrical,
    clock,
    boards: new Map([
      [1, {}],
      [2, {}],
    ]),
    ...more,
  })
  const heard: { text: string; at: number }[] = []
  const duplex = await wire.open({
    bytes: (chunk) => heard.push({ text: Buffer.from(chunk).toString('hex'), at: clock.now() }),
    closed: () => {},
  })
  return { clock, electrical, wire, heard, say: (bytes: Uint8Array) => duplex.write(bytes, () => {}) }
}

describe('a virtual line', () => {
  it('takes the time that the bytes take at its speed, out and back', async () => {
    for (const baud of [9_600, 19_200]) {
      const { clock, electrical, heard, say } = await createBench({ baud })
      say(openOne)
      await clock.advance(100)
      expect(electrical.pulses[0]?.atMs).toBeCloseTo(5 * characterMs(baud))
      expect(heard).toEqual([{ text: '8a0101008a', at: expect.closeTo(10 * characterMs(baud) + 2) }])
    }
  })

  it('answers state queries of all and of one channel through one polarity', async () => {
    const { clock, electrical, heard, say } = await createBench()
    electrical.pulse(1, 2, 300)
    for (const request of [queryOne, hex('80 01 02 33 B0'), hex('80 01 03 33 B1')]) {
      say(request)
      await clock.advance(100)
    }
    expect(heard.map(({ text }) => text)).toEqual(['8001fffffd334f', '8001020083', '8001031193'])
  })

  it('forgets half a request after a silence', async () => {
    const { clock, electrical, say } = await createBench()
    say(openOne.slice(0, 4))
    await clock.advance(50)
    say(openOne)
    await clock.advance(50)
    expect(electrical.pulses.length).toBe(1)
  })

  it('lets two boards at one address talk over each other', async () => {
    const { clock, electrical, heard, say } = await createBench()
    electrical.addressOf = () => 1
    electrical.pulse(1, 1, 300)
    electrical.pulse(2, 2, 300)
    say(queryOne)
    await clock.advance(100)
    expect(heard.map(({ text }) => text)).toEqual(['8001fffffc334c'])
  })

  it('echoes what it hears where its adapter does, before any answer', async () => {
    const { clock, heard, say } = await createBench({ echo: true })
    say(openOne)
    await clock.advance(100)
    expect(heard.map(({ text }) => text)).toEqual(['8a0101119b', '8a0101008a'])
  })

  it('ignores commands that hold coils on or open all doors', async () => {
    const { clock, electrical, heard, say } = await createBench()
    for (const request of [hex('9A 01 01 11 8B'), hex('8A 01 00 11 9A')]) {
      say(request)
      await clock.advance(100)
    }
    expect(electrical.pulses).toEqual([])
    expect(heard).toEqual([])
  })

  it('answers what a relay board cannot do with an exception', async () => {
    const { clock, electrical, heard, say } = await createBench({ family: 'modbus-relay' })
    const relayOn = hex('01 05 00 00 FF 00 8C 3A')
    say(relayOn)
    await clock.advance(100)
    say(hex('01 04 00 01 00 02 20 0B'))
    await clock.advance(100)
    expect(heard.map(({ text }) => text.slice(0, 6))).toEqual(['018502', '018401'])
    expect(electrical.pulses).toEqual([])
  })

  it('rewrites frames for whoever judges vectors', () => {
    expect(transcodeFrame('xor-8a', 'host->board', openOne)).toEqual(openOne)
    expect(transcodeFrame('modbus-relay', 'board->host', openOne)).toBeUndefined()
  })

  it('says nothing any more once stopped', async () => {
    const { clock, wire, heard, say } = await createBench()
    say(queryOne)
    await wire.stop()
    await clock.advance(100)
    expect(heard).toEqual([])
  })
})
