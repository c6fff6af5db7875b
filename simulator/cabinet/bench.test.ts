import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import { createMemoryLine, serveTcpLine, type VirtualLineOptions } from '@holdfast/terminal/boards/bench.ts'
import { createBoards, lockKey, type BoardsConfig } from '@holdfast/terminal/boards/boards.ts'
import { createFakeClock } from '@holdfast/terminal/boards/line/clock.fake.ts'
import { createMonotonicClock } from '@holdfast/terminal/boards/line/clock.ts'
import { describe, expect, it } from 'vitest'
import { createElectricalCabinet, type ElectricalCabinet } from './cabinet.ts'
import { driveCabinet } from './drive.ts'

const lock = (board: number, channel: number): LockAddress => ({ line: 'main', board, channel })
const locks = [1, 2].flatMap((board) => Array.from({ length: 12 }, (_, i) => lock(board, i + 1)))
const config = (port = 1): BoardsConfig => ({
  lines: [{ name: 'main', family: 'xor-8a', at: { tcp: { host: '127.0.0.1', port } } }],
  locks,
})
const lineOf = (cabinet: ElectricalCabinet): Omit<VirtualLineOptions, 'clock'> => ({
  family: 'xor-8a',
  electrical: cabinet.line('main'),
  boards: new Map([1, 2].map((board) => [board, {}])),
})

async function createWorld(seed = 1) {
  const clock = createFakeClock()
  const cabinet = createElectricalCabinet({ locks, seed })
  driveCabinet(cabinet, clock)
  const { open } = createMemoryLine({ ...lineOf(cabinet), clock })
  const boards = createBoards(config(), { clock, open: () => open })
  boards.setService(true)
  const seen = new Map<string, string>()
  boards.onReading(({ lock: { board, channel }, reading }) => seen.set(`${board}/${channel}`, reading.latch))
  await clock.advance(200)
  return { clock, cabinet, boards, seen }
}

describe('terminal and virtual boards on one cabinet', () => {
  it('open all 24 doors ordered at once: one pulse each, one coil at a time', async () => {
    const { clock, cabinet, boards, seen } = await createWorld()
    const results = locks.map((each) => boards.unlock(each))
    await clock.advance(15_000)
    expect((await Promise.all(results)).every(({ ok }) => ok)).toBe(true)
    const { pulses, mostCoilsAtOnce } = cabinet.audit()
    expect(pulses.map((pulse) => pulse.lock)).toEqual(locks)
    expect(mostCoilsAtOnce).toBe(1)
    expect([...seen.values()].every((latch) => latch === 'released')).toBe(true)
    boards.stop()
  })

  it('never pulse a lock that nobody ordered nor one twice, on a wire that bends one byte in fifty', async () => {
    const ordered = locks.slice(0, 12)
    const { clock, cabinet, boards, seen } = await createWorld(11)
    cabinet.wires('main').setNoise(0.02)
    const results = ordered.map((each) => boards.unlock(each))
    await clock.advance(30_000)
    await Promise.all(results)
    const pulsed = cabinet.audit().pulses.map((pulse) => lockKey(pulse.lock))
    expect(pulsed.length).toBeGreaterThan(6)
    expect(ordered.map(lockKey)).toEqual(expect.arrayContaining(pulsed))
    expect(new Set(pulsed).size).toBe(pulsed.length)
    cabinet.wires('main').setNoise(0)
    await clock.advance(5_000)
    for (const { lock: at, door } of cabinet.snapshot()) expect(seen.get(`${at.board}/${at.channel}`)).toBe(door.hook)
    boards.stop()
  })

  it('hear nonsense where two boards share an address, and say unknown, not free', async () => {
    const { clock, cabinet, boards, seen } = await createWorld()
    cabinet.hands.turnKey(lock(2, 3))
    await clock.advance(1_500)
    expect(seen.get('2/3')).toBe('released')
    cabinet.wires('main').setAddress(2, 1)
    await clock.advance(6_000)
    expect(seen.get('2/3')).toBe('unknown')
    boards.stop()
  })

  it('law 15: leave the same trace for the same seed', async () => {
    const run = async () => {
      const { clock, cabinet, boards } = await createWorld(5)
      cabinet.wires('main').setNoise(0.05)
      const trace: string[] = []
      boards.onReading(({ lock: at, reading, atMs }) =>
        trace.push(`${atMs} ${at.board}/${at.channel} ${reading.latch}`),
      )
      for (const each of locks.slice(0, 5)) void boards.unlock(each)
      await clock.advance(20_000)
      boards.stop()
      return trace
    }
    const first = await run()
    expect(first.length).toBeGreaterThan(4)
    expect(await run()).toEqual(first)
  })

  it('work the same over TCP in real time', async () => {
    const clock = createMonotonicClock()
    const cabinet = createElectricalCabinet({ locks })
    const stopDriving = driveCabinet(cabinet, clock)
    const { port, stop } = await serveTcpLine({ ...lineOf(cabinet), clock })
    const boards = createBoards(config(port), { clock })
    await new Promise<void>((ready) => {
      const forget = boards.onReading(({ lock: at }) => {
        if (at.board === 2 && at.channel === 12) ready(forget() as undefined)
      })
    })
    const opened = new Promise<number>((done) =>
      boards.onReading(({ reading, atMs }) => {
        if (reading.latch === 'released') done(atMs)
      }),
    )
    const orderedAt = clock.now()
    expect(await boards.unlock(lock(2, 5))).toMatchObject({ ok: true })
    expect((await opened) - orderedAt).toBeGreaterThan(50)
    boards.stop()
    stopDriving()
    await stop()
  })
})
