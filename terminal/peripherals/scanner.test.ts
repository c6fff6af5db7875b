import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import { createMonotonicClock } from '../boards/line/clock.ts'
import type { DuplexListener, OpenDuplex } from '../boards/line/duplex.ts'
import { createScanner } from './scanner.ts'
import { listenVirtualScanner } from './virtual.ts'

describe('a scanner', () => {
  it('is tried again when it is missing, and forgets half a code when it goes', async () => {
    const clock = createFakeClock()
    const ways: DuplexListener[] = []
    let missing = true
    const open: OpenDuplex = async (listener) => {
      if (missing) throw Object.assign(new Error('not there'), { code: 'ENOENT' })
      ways.push(listener)
      return { write: () => {}, close: () => {} }
    }
    const scanner = createScanner(open, clock)
    const texts: string[] = []
    scanner.onText((text) => texts.push(text))
    await clock.advance(1_000)
    expect(scanner.up()).toBe(false)
    missing = false
    await clock.advance(10_000)
    expect(scanner.up()).toBe(true)
    ways[0]?.bytes(new TextEncoder().encode('SF12'))
    ways[0]?.closed('gone')
    await clock.advance(10_000)
    ways[1]?.bytes(new TextEncoder().encode('SF345678\r'))
    expect(texts).toEqual(['SF345678'])
    scanner.stop()
  })
})

describe('the virtual scanner', () => {
  it('reads a line from whoever connects, and garbage harms nobody', async () => {
    const scanner = await listenVirtualScanner(0, createMonotonicClock())
    const texts: string[] = []
    scanner.onText((text) => texts.push(text))
    const socket = connect(scanner.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(new Uint8Array([0xff, 0xfe, 0x0d]))
    socket.write('SF1234567890123\n')
    await expect.poll(() => texts).toEqual(['SF1234567890123'])
    expect(scanner.up()).toBe(true)
    scanner.stop()
  })
})
