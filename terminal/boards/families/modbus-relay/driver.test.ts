import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../line/clock.fake.ts'
import { createMemoryWire } from '../../line/memory.ts'
import { openModbusRelayLine } from './driver.ts'
import { encodeReply, parseRequest, type ModbusReply, type ModbusRequest } from './frames.ts'
import { modbusRelayProfile } from './profile.ts'

async function createBench(answer: (request: ModbusRequest) => ModbusReply | undefined) {
  const clock = createFakeClock()
  const wire = createMemoryWire()
  const asked: ModbusRequest[] = []
  wire.far.hear((chunk) => {
    const request = parseRequest(chunk)
    if (request === undefined) return
    asked.push(request)
    const reply = answer(request)
    if (reply !== undefined) wire.far.say(encodeReply(reply))
  })
  const settings = { baud: 9_600, minSilenceMs: 5, echo: false }
  const line = openModbusRelayLine(settings, { open: wire.open, clock }, new Map([[1, modbusRelayProfile]]))
  line.onUp(() => {})
  await clock.advance(0)
  const board = line.boards.get(1)
  if (board === undefined) throw new Error('no board')
  return { clock, wire, asked, board, line }
}

const data = (fn: 2 | 3, ...bytes: readonly number[]): ModbusReply => ({
  kind: 'data',
  fn,
  address: 1,
  data: Uint8Array.from(bytes),
})
const modes = (seventh: number): ModbusReply =>
  data(3, ...Array.from({ length: 16 }, (_, i) => (i === 15 ? seventh : 0)))
const sound = (request: ModbusRequest): ModbusReply | undefined => {
  if (request.fn === 3) return modes(0)
  return request.kind === 'write' && request.fn === 5 ? { ...request, kind: 'written' } : data(2, 0xff)
}
const pulses = (asked: readonly ModbusRequest[]) => asked.filter(({ kind }) => kind === 'write')

describe('a relay board', () => {
  it('has its control modes read once before anything else, and again after the line was away', async () => {
    const { clock, wire, asked, board } = await createBench(sound)
    for (let n = 0; n < 2; n += 1) {
      void board.read()
      await clock.advance(100)
    }
    expect(asked.map(({ fn }) => fn)).toEqual([3, 2, 2])
    wire.cut()
    wire.mend()
    await clock.advance(1_000)
    void board.unlock(1)
    await clock.advance(100)
    expect(asked.slice(3).map(({ fn }) => fn)).toEqual([3, 5])
  })

  it('is refused, unpulsed, while any channel is in a mode where a door switch drives its relay', async () => {
    const { clock, asked, board } = await createBench((request) => (request.fn === 3 ? modes(1) : sound(request)))
    const [unlocked, read] = [board.unlock(1), board.read()]
    await clock.advance(500)
    expect(await unlocked).toEqual({ ok: false, failure: 'refused' })
    expect(await read).toEqual({ ok: false, failure: 'refused' })
    expect(pulses(asked)).toEqual([])
  })

  it('gives a pulse in tenths of a second that the board itself ends', async () => {
    const { clock, asked, board } = await createBench(sound)
    const unlocked = board.unlock(8)
    await clock.advance(500)
    expect(await unlocked).toMatchObject({ ok: true })
    expect(pulses(asked)).toEqual([{ kind: 'write', fn: 5, address: 1, at: 0x0207, value: 3 }])
  })

  it('says refused, with the first byte, for an exception', async () => {
    const exception: ModbusReply = { kind: 'exception', fn: 5, address: 1, code: 2 }
    const { clock, asked, board } = await createBench((request) => (request.fn === 5 ? exception : sound(request)))
    const unlocked = board.unlock(1)
    await clock.advance(500)
    expect(await unlocked).toMatchObject({ ok: false, failure: 'refused', firstByteAtMs: expect.any(Number) })
    expect(pulses(asked).length).toBe(1)
  })

  it('believes no reply of another board, place or length', async () => {
    const wrong = [
      { kind: 'written' as const, fn: 5 as const, address: 2, at: 0x0200, value: 3 },
      { kind: 'written' as const, fn: 5 as const, address: 1, at: 0x0201, value: 3 },
    ]
    for (const reply of wrong) {
      const { clock, board } = await createBench((request) => (request.fn === 5 ? reply : sound(request)))
      const unlocked = board.unlock(1)
      await clock.advance(500)
      expect(await unlocked).toMatchObject({ ok: false, failure: 'silent' })
    }
    const { clock, board } = await createBench((request) => (request.fn === 2 ? data(2, 1, 2) : sound(request)))
    const read = board.read()
    await clock.advance(500)
    expect(await read).toEqual({ ok: false, failure: 'silent' })
  })
})
