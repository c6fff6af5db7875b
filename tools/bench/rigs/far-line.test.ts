import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { openFarLine, seeded, segmentBytes, stallOf } from './far-line.ts'

/** Answers each chunk with itself. */
async function startEcho() {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, stop: () => server.close() }
}

describe('the far line', () => {
  it('brings everything in order, late and counted, with losses and without', async () => {
    for (const loss of [0, 0.3]) {
      const echo = await startEcho()
      const line = await openFarLine(echo.port, { delayMs: 5, loss, random: seeded(3) })
      const socket = connect(line.port, '127.0.0.1')
      const sent = Buffer.from(Array.from({ length: 3 * segmentBytes }, (_, i) => i % 251))
      const began = performance.now()
      socket.write(sent)
      const back: Buffer[] = []
      while (Buffer.concat(back).length < sent.length) back.push((await once(socket, 'data'))[0] as Buffer)
      expect(Buffer.concat(back).equals(sent)).toBe(true)
      expect(performance.now() - began).toBeGreaterThanOrEqual(10)
      const { bytes, segments, stalls, connects } = line.passed()
      expect([bytes, connects]).toEqual([2 * sent.length, 1])
      expect(segments).toBeGreaterThanOrEqual(6 + stalls)
      socket.destroy()
      await line.stop()
      echo.stop()
    }
  })

  it('ends both ends when one ends', async () => {
    const echo = await startEcho()
    const line = await openFarLine(echo.port, { delayMs: 1, loss: 0, random: () => 1 })
    const socket = connect(line.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.destroy()
    await line.stop()
    echo.stop()
    expect(line.passed().bytes).toBe(0)
  })

  it.each([
    [[0.5], 0, 0],
    [[0.01, 0.5], 1, 800],
    [[0.01, 0.01, 0.5], 2, 800 + 1_600],
    [[0.019, 0.02], 1, 800],
  ])('makes a segment that draws %j late by %i timeouts, %i ms', (drawn, stalls, stallMs) => {
    const left = [...drawn]
    const random = (): number => left.shift() ?? 1
    expect(stallOf({ delayMs: 300, loss: 0.02, random })).toEqual({ stallMs, stalls })
  })

  it('loses the share that was asked for, the same in every run', () => {
    const share = (seed: number): number => {
      const model = { delayMs: 300, loss: 0.02, random: seeded(seed) }
      const stalls = Array.from({ length: 20_000 }, () => stallOf(model).stalls)
      return stalls.reduce((sum, each) => sum + each, 0) / stalls.length
    }
    expect(share(7)).toBe(share(7))
    expect(share(7)).toBeGreaterThan(0.017)
    expect(share(7)).toBeLessThan(0.024)
  })
})
