import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import type { DuplexListener } from '../boards/line/duplex.ts'
import { createJack, createJackEvents, openInput } from './jack.ts'

function event(type: number, code: number, value: number): Uint8Array {
  const bytes = new Uint8Array(24)
  const view = new DataView(bytes.buffer)
  view.setUint16(16, type, true)
  view.setUint16(18, code, true)
  view.setInt32(20, value, true)
  return bytes
}
const plugged = event(5, 2, 1)
const pulled = event(5, 2, 0)

describe('the events of a socket', () => {
  it('are the same in whatever pieces they come, and nothing else is one', () => {
    const stream = Buffer.concat([event(0, 0, 0), plugged, event(1, 2, 1), event(5, 4, 1), pulled, plugged])
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 9 }), (cuts) => {
        const heard: boolean[] = []
        const events = createJackEvents((isIn) => heard.push(isIn))
        const at = [0, ...cuts.toSorted((left, right) => left - right), stream.length]
        for (const [i, end] of at.entries()) events.bytes(stream.subarray(at[i - 1] ?? 0, end))
        expect(heard).toEqual([true, false, true])
      }),
    )
  })

  it('of garbage never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => createJackEvents(() => undefined).bytes(bytes)).not.toThrow()
      }),
    )
  })
})

describe('the earphone socket', () => {
  it('is empty until it says otherwise, tells each change once, and is empty when it cannot be read', async () => {
    const clock = createFakeClock()
    const ways: DuplexListener[] = []
    const jack = createJack(async (listener) => {
      ways.push(listener)
      return { write: () => {}, close: () => {} }
    }, clock)
    const changes: boolean[] = []
    const leave = jack.onChange(() => changes.push(jack.isIn()))
    await clock.advance(1)
    expect(jack.isIn()).toBe(false)
    ways[0]?.bytes(plugged)
    ways[0]?.bytes(plugged)
    ways[0]?.closed('gone')
    await clock.advance(10_000)
    ways[1]?.bytes(plugged)
    leave()
    ways[1]?.bytes(pulled)
    expect(changes).toEqual([true, false, true])
    expect(jack.isIn()).toBe(false)
    jack.stop()
  })

  it('is a file of the system', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-jack-'))
    const path = join(folder, 'event3')
    writeFileSync(path, plugged)
    const chunks: Uint8Array[] = []
    let closed = 0
    const listener = { bytes: (chunk: Uint8Array) => void chunks.push(chunk), closed: () => void (closed += 1) }
    await openInput(path)(listener)
    await vi.waitFor(() => expect(closed).toBe(1))
    expect(Buffer.concat(chunks)).toEqual(Buffer.from(plugged))
    await expect(openInput(join(folder, 'none'))(listener)).rejects.toThrow('ENOENT')
    rmSync(folder, { recursive: true })
  })
})
