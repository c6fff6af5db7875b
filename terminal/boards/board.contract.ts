import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VirtualLineOptions } from './bench.ts'
import { createFakeElectrical, type FakeElectrical } from './bench.fake.ts'
import type { Board } from './board.ts'
import type { BoardLine } from './families/family.ts'
import type { Clock } from './line/clock.ts'
import type { OpenDuplex } from './line/duplex.ts'
import { families, type FamilyName } from './registry.ts'

export interface Way {
  readonly name: string
  readonly clock: Clock
  /** What this machine lacks for it; the suite is then skipped by this name. */
  readonly missing?: string
  /** Puts virtual boards at one end and gives the other; a fake clock is moved on by `pass`. */
  connect(options: Omit<VirtualLineOptions, 'clock'>): Promise<{ readonly open: OpenDuplex; stop(): Promise<void> }>
  /** Waits for what the terminal does, in whatever time this way has. */
  pass<Value>(promise: Promise<Value>): Promise<Value>
}

const addresses = [1, 3]

/** What every family promises over every transport. */
export function describeBoardContract(family: FamilyName, way: Way): void {
  const why = way.missing === undefined ? '' : `: ${way.missing}`
  describe.skipIf(way.missing !== undefined)(`${family} over ${way.name}${why}`, () => {
    let electrical: FakeElectrical
    let line: BoardLine
    let stop: () => Promise<void>
    const { baud } = families[family]
    // Real ways run on busy machines.
    const profile = { ...families[family].profile, replyTimeoutMs: 500 }
    const board = (address: number): Board => {
      const found = line.boards.get(address)
      if (found === undefined) throw new Error(`no board ${address}`)
      return found
    }
    const opened = async (address: number): Promise<readonly number[]> => {
      const result = await way.pass(board(address).read())
      if (!result.ok) throw new Error(result.failure)
      const doors = [...result.readings].filter(([, { latch, leaf }]) => latch === 'released' || leaf === 'open')
      return doors.map(([channel]) => channel)
    }

    beforeEach(async () => {
      electrical = createFakeElectrical()
      const boards = new Map(addresses.map((address) => [address, {}]))
      const far = await way.connect({ family, electrical, boards })
      const settings = { baud, minSilenceMs: profile.minSilenceMs, echo: false }
      const profiles = new Map(addresses.map((address) => [address, profile]))
      line = families[family].open(settings, { open: far.open, clock: way.clock }, profiles)
      await way.pass(new Promise<void>((up) => line.onUp(up)))
      stop = far.stop
    })
    afterEach(async () => {
      line.stop()
      await stop()
    })

    it('reads every channel of every board', async () => {
      for (const address of addresses) {
        const result = await way.pass(board(address).read())
        expect(result.ok && [...result.readings.keys()]).toEqual(
          Array.from({ length: profile.channels }, (_, i) => i + 1),
        )
        expect(await opened(address)).toEqual([])
      }
    })

    it('pulses the one lock that was asked for, once, and reports the door from a reading', async () => {
      let firstByteAtMs: number | undefined
      const result = await way.pass(
        board(3).unlock(profile.channels, (atMs) => {
          firstByteAtMs = atMs
        }),
      )
      expect(result).toMatchObject({ ok: true, firstByteAtMs })
      expect(electrical.pulses).toMatchObject([{ board: 3, channel: profile.channels, ms: profile.pulseMs }])
      expect(await opened(3)).toEqual([profile.channels])
      expect(await opened(1)).toEqual([])
    })

    it('says silent, once, for a board that is unplugged, and never pulses it later', async () => {
      await way.pass(board(3).read())
      electrical.unplugged.add(3)
      const result = await way.pass(board(3).unlock(2))
      expect(result).toMatchObject({ ok: false, failure: 'silent', firstByteAtMs: expect.any(Number) })
      electrical.unplugged.delete(3)
      expect(await opened(3)).toEqual([])
      expect(electrical.pulses).toEqual([])
    })

    it('says garbled for an answer that is bent, and reads well again afterwards', async () => {
      await way.pass(board(1).read())
      let passed = 0
      electrical.bend = (bytes) => {
        passed += 1
        // Each board hears the request; what passes next is the reply.
        return passed === addresses.length + 1 ? bytes.map((byte, at) => (at === 2 ? byte ^ 0x40 : byte)) : bytes
      }
      expect(await way.pass(board(1).read())).toEqual({ ok: false, failure: 'garbled' })
      expect(await opened(1)).toEqual([])
    })

    it('throws for channel 0 and for one past the last: those frames would open other doors', async () => {
      await expect(board(1).unlock(0)).rejects.toMatchObject({ code: 'unknown-channel' })
      await expect(board(1).unlock(profile.channels + 1)).rejects.toMatchObject({ code: 'unknown-channel' })
    })

    it('offers no way to hold a coil on or to open all doors', () => {
      expect(
        Object.keys(board(1))
          .filter((key) => key !== 'mistrust')
          .sort(),
      ).toEqual(['describe', 'onPush', 'read', 'unlock'])
    })
  })
}
