import { describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from './clock.fake.ts'
import { createMemoryWire, type MemoryWire } from './memory.ts'
import { characterMs, Line, longestHushMs, longestQueue, settledAfterMs, silenceMs, type Exchange } from './line.ts'
import type { Take } from './scanner.ts'

/** A toy protocol: 0xA0 | n is a frame of one byte, everything else is noise. */
const take: Take<number> = (bytes) => {
  const [first = 0] = bytes
  return first >= 0xa0 ? { frame: first & 0x1f, length: 1 } : 'none'
}
const settings = { baud: 9_600, minSilenceMs: 0, echo: false }
const reply = (n: number): Uint8Array => Uint8Array.of(0xa0 | n)

interface Bench {
  readonly clock: FakeClock
  readonly wire: MemoryWire
  readonly line: Line<number>
  /** What the boards heard, with the time. */
  readonly heard: { readonly bytes: readonly number[]; readonly at: number }[]
  readonly unasked: number[]
}

async function createBench(echo = false): Promise<Bench> {
  const clock = createFakeClock()
  const wire = createMemoryWire()
  const heard: Bench['heard'] = []
  wire.far.hear((chunk) => heard.push({ bytes: [...chunk], at: clock.now() }))
  const line = new Line<number>({ ...settings, echo }, { open: wire.open, clock, take })
  const unasked: number[] = []
  line.onUnasked((frame) => unasked.push(frame))
  await clock.advance(0)
  return { clock, wire, line, heard, unasked }
}

const exchange = (n: number, more: Partial<Exchange<number>> = {}): Exchange<number> => ({
  bytes: Uint8Array.of(0xa0 | n, n),
  key: String(n),
  timeoutMs: 100,
  answers: (frame) => frame === n,
  ...more,
})

describe('a line', () => {
  it('keeps 3.5 characters and a millisecond of silence, 1.75 above 19200 baud, more where the profile asks', () => {
    expect(silenceMs(settings)).toBeCloseTo(4.65, 1)
    expect(silenceMs({ ...settings, baud: 115_200 })).toBeCloseTo(2.75, 2)
    expect(silenceMs({ ...settings, minSilenceMs: 5 })).toBe(5)
  })

  it('answers a request with the frame that matches and hands others on', async () => {
    const { clock, wire, line, unasked } = await createBench()
    const answer = line.ask(exchange(1))
    await clock.advance(10)
    wire.far.say(reply(7))
    wire.far.say(reply(1))
    expect(await answer).toMatchObject({ ok: true, frame: 1, firstByteAtMs: 0 })
    expect(unasked).toEqual([7])
  })

  it('hears an answer that comes within the very write: the matcher stands before', async () => {
    const { wire, line } = await createBench()
    wire.far.hear(() => {
      wire.far.say(reply(1))
    })
    expect(await line.ask(exchange(1))).toMatchObject({ ok: true, frame: 1 })
  })

  it('has one request in flight and keeps silence before the next', async () => {
    const { clock, wire, line, heard } = await createBench()
    const both = [line.ask(exchange(1)), line.ask(exchange(2))]
    await clock.advance(20)
    expect(heard.length).toBe(1)
    wire.far.say(reply(1))
    await clock.advance(20)
    expect(heard[1]?.at).toBeCloseTo(20 + silenceMs(settings), 1)
    wire.far.say(reply(2))
    expect((await Promise.all(both)).every(({ ok }) => ok)).toBe(true)
  })

  it('lets a command pass every question that has not begun', async () => {
    const { clock, wire, line, heard } = await createBench()
    const answers = [line.ask(exchange(1)), line.ask(exchange(2)), line.command(exchange(3))]
    await clock.advance(15)
    wire.far.say(reply(1))
    await clock.advance(10)
    expect(heard.map(({ bytes }) => bytes[1])).toEqual([1, 3])
    line.stop()
    await Promise.all(answers)
  })

  it('tells when the first byte leaves, at once on a quiet line', async () => {
    const { clock, line } = await createBench()
    await clock.advance(50)
    const left: number[] = []
    void line.command(exchange(1, { onFirstByte: (atMs) => left.push(atMs) }))
    expect(left).toEqual([50])
    line.stop()
  })

  it('never sends a request again: silence is reported once', async () => {
    const { clock, line, heard } = await createBench()
    const answer = line.command(exchange(1))
    await clock.advance(60_000)
    expect(await answer).toEqual({ ok: false, failure: 'silent', firstByteAtMs: 0 })
    expect(heard.length).toBe(1)
  })

  it('starts the timer after the last byte has left', async () => {
    const { clock, wire, line } = await createBench()
    const answer = line.ask(exchange(1))
    await clock.advance(2 * characterMs(9_600) + 99)
    wire.far.say(reply(1))
    expect(await answer).toMatchObject({ ok: true })
  })

  it('calls an answer that made no sense garbled', async () => {
    const { clock, wire, line } = await createBench()
    const answer = line.ask(exchange(1))
    await clock.advance(10)
    wire.far.say(Uint8Array.of(3, 4))
    await clock.advance(200)
    expect(await answer).toMatchObject({ ok: false, failure: 'garbled' })
  })

  it('never lets a late reply answer the next request of the same kind', async () => {
    const { clock, wire, line, heard, unasked } = await createBench()
    const first = line.ask(exchange(1))
    await clock.advance(103)
    expect(await first).toMatchObject({ ok: false, failure: 'silent' })
    const second = line.ask(exchange(1))
    await clock.advance(60)
    wire.far.say(reply(1))
    await clock.advance(30)
    expect(unasked).toEqual([1])
    expect(heard.length).toBe(1)
    await clock.advance(20)
    expect(heard.length).toBe(2)
    wire.far.say(reply(1))
    expect(await second).toMatchObject({ ok: true, firstByteAtMs: expect.closeTo(202, 0) })
  })

  it('asks others while one rests, after a silence long enough for a burst', async () => {
    const { clock, line, heard } = await createBench()
    void line.ask(exchange(1))
    void line.ask(exchange(1))
    void line.ask(exchange(2))
    await clock.advance(103 + settledAfterMs)
    expect(heard.map(({ bytes }) => bytes[1])).toEqual([1, 2])
    line.stop()
  })

  it('swallows its own echo but not the identical answer behind it', async () => {
    const { clock, wire, line, unasked } = await createBench(true)
    const request = exchange(1, { bytes: reply(1) })
    const echoed = line.command(request)
    wire.far.say(reply(1))
    await clock.advance(50)
    expect(unasked).toEqual([])
    wire.far.say(reply(1))
    expect(await echoed).toMatchObject({ ok: true, frame: 1 })
    const unanswered = line.command(request)
    await clock.advance(10)
    wire.far.say(reply(1))
    await clock.advance(200)
    expect(await unanswered).toMatchObject({ ok: false, failure: 'silent' })
  })

  it('takes such an echo for an answer where none is configured: that is the trap', async () => {
    const { wire, line } = await createBench(false)
    const answer = line.command(exchange(1, { bytes: reply(1) }))
    wire.far.say(reply(1))
    expect(await answer).toMatchObject({ ok: true })
  })

  it('hands over everything where an adapter said to echo does not', async () => {
    const { clock, wire, line } = await createBench(true)
    const answer = line.command(exchange(1))
    await clock.advance(5)
    wire.far.say(Uint8Array.of(0xa1, 0xa9))
    expect(await answer).toMatchObject({ ok: true, frame: 1 })
  })

  it('is done once the bytes are out where the board does not answer', async () => {
    const { clock, line } = await createBench()
    const { answers: _, ...unanswered } = exchange(1)
    const answer = line.command(unanswered)
    await clock.advance(3)
    expect(await answer).toEqual({ ok: true, firstByteAtMs: 0, lastByteAtMs: 2 * characterMs(9_600) })
  })

  it('does not write into noise that never ends, and gives the request back unsent', async () => {
    const { clock, wire, line, heard } = await createBench()
    wire.far.say(Uint8Array.of(1))
    const answer = line.command(exchange(1))
    for (let ms = 0; ms < longestHushMs + 10; ms += 3) {
      wire.far.say(Uint8Array.of(1))
      await clock.advance(3)
    }
    expect(await answer).toEqual({ ok: false, failure: 'garbled' })
    expect(heard).toEqual([])
  })

  it('refuses what its queue cannot hold, with no byte sent', async () => {
    const { line, heard } = await createBench()
    const answers = Array.from({ length: longestQueue + 2 }, (_, n) => line.command(exchange(1, { key: `q${n}` })))
    expect(await answers.at(-1)).toEqual({ ok: false, failure: 'refused' })
    expect(heard.length).toBe(1)
    line.stop()
  })
})

describe('a line that goes away', () => {
  it('says absent, with a first byte only where one may have left, and sends nothing when it is back', async () => {
    const { clock, wire, line, heard } = await createBench()
    const inFlight = line.command(exchange(1))
    const waiting = line.command(exchange(2))
    await clock.advance(1)
    wire.cut()
    expect(await inFlight).toEqual({ ok: false, failure: 'absent', firstByteAtMs: 0 })
    expect(await waiting).toEqual({ ok: false, failure: 'absent' })
    expect(await line.command(exchange(3))).toEqual({ ok: false, failure: 'absent' })
    expect(line.away()).toBe('EIO')
    wire.mend()
    await clock.advance(60_000)
    expect(line.away()).toBeUndefined()
    expect(heard.length).toBe(1)
  })

  it('comes back by itself, however long it was away, and tells', async () => {
    const { clock, wire, line } = await createBench()
    let ups = 0
    line.onUp(() => {
      ups += 1
    })
    wire.cut()
    await clock.advance(3_600_000)
    expect(line.away()).toBe('ENXIO')
    wire.mend()
    await clock.advance(10_000)
    expect(ups).toBe(1)
    const answer = line.ask(exchange(4))
    wire.far.say(reply(4))
    expect(await answer).toMatchObject({ ok: true })
  })

  it('stays away once stopped', async () => {
    const { clock, wire, line, heard } = await createBench()
    line.stop()
    wire.cut()
    wire.mend()
    await clock.advance(60_000)
    expect(await line.command(exchange(1))).toMatchObject({ ok: false, failure: 'absent' })
    expect(heard).toEqual([])
  })
})
