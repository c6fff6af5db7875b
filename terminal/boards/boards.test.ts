import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import { Value } from 'typebox/value'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryLine, type MemoryLine, type VirtualLineOptions } from './bench.ts'
import { createFakeElectrical, type FakeElectrical } from './bench.fake.ts'
import { createBoards, lineConfigSchema, type Boards, type LineConfig } from './boards.ts'
import { createFakeClock, type FakeClock } from './line/clock.fake.ts'
import type { LockReading } from './watch/watch.ts'

const lock = (channel: number, board = 1): LockAddress => ({ line: 'main', board, channel })
const locks = Array.from({ length: 24 }, (_, i) => lock(i + 1))

interface Bench {
  readonly clock: FakeClock
  readonly electrical: FakeElectrical
  readonly boards: Boards
  readonly wire: MemoryLine
  readonly changes: LockReading[]
  /** When requests reached the board. */
  readonly asked: { readonly head: number; readonly at: number }[]
}

let stop = (): void => {}
afterEach(() => {
  stop()
})

async function createBench(config: Partial<LineConfig> = {}, wired = locks): Promise<Bench> {
  const clock = createFakeClock()
  const electrical = createFakeElectrical()
  const asked: Bench['asked'] = []
  const line: LineConfig = { name: 'main', family: 'xor-8a', at: { serial: '/dev/null' }, ...config }
  const options: VirtualLineOptions = {
    family: line.family,
    electrical,
    clock,
    echo: line.echo ?? false,
    boards: new Map(wired.map(({ board }) => [board, line.profile ?? {}])),
    tap: (direction, bytes, at) => {
      if (direction === 'host->board') asked.push({ head: bytes[0] ?? 0, at })
    },
  }
  const wire = createMemoryLine(options)
  const boards = createBoards({ lines: [line], locks: wired }, { clock, open: () => wire.open })
  const changes: LockReading[] = []
  boards.onReading((change) => changes.push(change))
  stop = () => {
    boards.stop()
    void wire.stop()
  }
  await clock.advance(100)
  return { clock, electrical, boards, wire, changes, asked }
}

const between = (asked: Bench['asked'], from: number, to: number): number =>
  asked.filter(({ at }) => at >= from && at < to).length

describe('boards', () => {
  it('tell each lock once at the start and then only changes', async () => {
    const { clock, electrical, boards, changes } = await createBench()
    expect(changes.length).toBe(24)
    await clock.advance(5_000)
    expect(changes.length).toBe(24)
    void boards.unlock(lock(7))
    await clock.advance(1_000)
    expect(changes.slice(24).map((change) => [change.lock.channel, change.reading.latch])).toEqual([[7, 'released']])
    electrical.shut(1, 7)
    await clock.advance(300)
    expect(changes.at(-1)).toMatchObject({ lock: lock(7), reading: { latch: 'caught' } })
  })

  it('poll an idle board each second and one with a door open five times', async () => {
    const { clock, electrical, boards, asked } = await createBench()
    await clock.advance(10_000)
    expect(between(asked, 0, 10_000)).toBe(10)
    void boards.unlock(lock(2))
    await clock.advance(11_000)
    expect(between(asked, 11_100, 20_100)).toBeGreaterThanOrEqual(44)
    electrical.shut(1, 2)
    await clock.advance(60_000)
    expect(between(asked, 60_000, 70_000)).toBe(10)
  })

  it('poll at 200 ms while movement is expected without an unlock', async () => {
    const { clock, boards, asked } = await createBench()
    boards.expectMovement(lock(3), 2_000)
    await clock.advance(2_000)
    expect(between(asked, 200, 2_000)).toBeGreaterThanOrEqual(8)
  })

  it('law 2: send one unlock for one call, even when the board says nothing', async () => {
    const { clock, electrical, boards, asked } = await createBench()
    electrical.unplugged.add(1)
    const result = boards.unlock(lock(5))
    await clock.advance(60_000)
    expect(await result).toMatchObject({ ok: false, failure: 'silent' })
    expect(asked.filter(({ head }) => head === 0x8a).length).toBe(1)
    expect(electrical.pulses).toEqual([])
  })

  it('put the first byte of an unlock on the wire within 20 ms in 95 of 100 cases, whatever is being polled', async () => {
    const { clock, electrical, boards } = await createBench()
    boards.setService(true)
    const waits: number[] = []
    for (let n = 0; n < 100; n += 1) {
      const at = clock.now()
      void boards.unlock(lock((n % 24) + 1), (left) => waits.push(left - at))
      await clock.advance(900 + n * 7.3)
      electrical.shut(1, (n % 24) + 1)
      await clock.advance(200)
    }
    waits.sort((left, right) => left - right)
    expect(waits[50]).toBeLessThan(1)
    expect(waits[95]).toBeLessThanOrEqual(20)
    expect(waits.at(-1)).toBeLessThanOrEqual(26)
  })

  it('see the door move within 60 ms of its moving', async () => {
    const { clock, electrical, boards, changes } = await createBench()
    void boards.unlock(lock(9))
    await clock.advance(500)
    expect((changes.at(-1)?.atMs ?? 0) - (electrical.pulses[0]?.atMs ?? 0)).toBeLessThan(60)
  })

  it('open 24 doors ordered at once in service mode, one after the other, one pulse each', async () => {
    const { clock, electrical, boards } = await createBench()
    boards.setService(true)
    const from = clock.now()
    const results = locks.map((each) => boards.unlock(each))
    await clock.advance(20_000)
    expect((await Promise.all(results)).every(({ ok }) => ok)).toBe(true)
    expect(electrical.pulses.map(({ channel }) => channel)).toEqual(locks.map(({ channel }) => channel))
    const total = (electrical.pulses.at(-1)?.atMs ?? Infinity) + 300 - from
    expect(total).toBeLessThanOrEqual(1.3 * 24 * (300 + 50 + 5.2))
  })

  it('call doors unknown after three misses, and known again at the first answer', async () => {
    const { clock, electrical, boards, changes } = await createBench()
    electrical.unplugged.add(1)
    await clock.advance(2_500)
    expect(changes.length).toBe(24)
    await clock.advance(2_500)
    expect(changes.slice(24).every(({ reading }) => reading.latch === 'unknown')).toBe(true)
    expect(boards.health()).toMatchObject([{ board: 1, seen: false, failure: 'silent' }])
    electrical.unplugged.clear()
    await clock.advance(2_000)
    expect(changes.at(-1)?.reading).toEqual({ latch: 'caught' })
    expect(boards.health()).toMatchObject([{ board: 1, seen: true, misses: 0 }])
  })

  it('say absent and why while the line is away, and pulse nothing when it is back', async () => {
    const { clock, electrical, boards, wire } = await createBench()
    wire.cut()
    expect(await boards.unlock(lock(1))).toEqual({ ok: false, failure: 'absent' })
    await clock.advance(1_000)
    expect(boards.health()).toMatchObject([{ away: 'ENXIO', failure: 'absent' }])
    wire.mend()
    await clock.advance(20_000)
    expect(boards.health()[0]?.away).toBeUndefined()
    expect(electrical.pulses).toEqual([])
  })

  it('look at a door afresh, and say the failure where they cannot', async () => {
    const { clock, electrical, boards } = await createBench()
    electrical.pulse(1, 4, 300)
    const seen = boards.look(lock(4))
    await clock.advance(100)
    expect(await seen).toEqual({ latch: 'released' })
    electrical.unplugged.add(1)
    const unseen = boards.look(lock(4))
    await clock.advance(500)
    expect(await unseen).toBe('silent')
  })

  it('look at once when a board pushes a change, where its profile says that it does', async () => {
    for (const push of [true, false]) {
      const { clock, electrical, changes } = await createBench({ profile: { push } })
      await clock.advance(20)
      electrical.pulse(1, 6, 300)
      await clock.advance(60)
      expect(changes.length).toBe(push ? 25 : 24)
      stop()
    }
  })

  it('are not fooled by an adapter that echoes: an unplugged board stays silent', async () => {
    const { clock, electrical, boards, changes } = await createBench({ echo: true })
    expect(changes.length).toBe(24)
    electrical.unplugged.add(1)
    const result = boards.unlock(lock(1))
    await clock.advance(1_000)
    expect(await result).toMatchObject({ ok: false, failure: 'silent' })
  })

  it('do without an answer to an unlock, or wait for a late one, as the profile says', async () => {
    for (const unlockReply of ['none', 'late'] as const) {
      const { clock, electrical, boards } = await createBench({ profile: { unlockReply } })
      const result = boards.unlock(lock(1))
      await clock.advance(1_000)
      expect(await result).toMatchObject({ ok: true })
      expect(electrical.pulses.length).toBe(1)
      stop()
    }
  })

  it('see leaf and latch apart on a relay board with inputs for both', async () => {
    const profile = { inputs: { latch: 0, leaf: 8 }, reportBytes: 2 }
    const { clock, boards, changes } = await createBench({ family: 'modbus-relay', profile }, [lock(1), lock(2, 2)])
    expect(changes[0]?.reading).toEqual({ latch: 'caught', leaf: 'shut' })
    void boards.unlock(lock(2, 2))
    await clock.advance(500)
    expect(changes.at(-1)).toMatchObject({ lock: lock(2, 2), reading: { latch: 'released', leaf: 'open' } })
  })

  it('refuse at the start a lock on a line or channel that is not there', () => {
    const line: LineConfig = { name: 'main', family: 'xor-8a', at: { tcp: { host: '127.0.0.1', port: 1 } } }
    const clock = createFakeClock()
    const start = (wrong: LockAddress) => () => createBoards({ lines: [line], locks: [wrong] }, { clock })
    expect(start({ ...lock(1), line: 'other' })).toThrow('unknown-lock')
    expect(start(lock(25))).toThrow('unknown-lock')
  })

  it('take their lines from a config that says what differs', () => {
    const config = {
      name: 'main',
      family: 'xor-8a',
      at: { tcp: { host: 'h', port: 5_000 } },
      boards: { 2: { pulseMs: 500 } },
    }
    expect(Value.Check(lineConfigSchema, config)).toBe(true)
    expect(Value.Check(lineConfigSchema, { ...config, family: 'none' })).toBe(false)
    expect(Value.Check(lineConfigSchema, { ...config, boards: { 2: { pulseMs: 1e9 } } })).toBe(false)
  })
})
