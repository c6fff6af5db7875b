import { describe, expect, it } from 'vitest'
import { followLive } from './live.ts'
import type { LiveEvent, LiveState } from './live.ts'

class Stream extends EventTarget {
  readyState = 0
  readonly address: string
  constructor(address: string) {
    super()
    this.address = address
  }
  close(): void {
    this.readyState = 2
  }
  tell(type: string, data: unknown, lastEventId: string): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }))
  }
  fail(forGood: boolean): void {
    this.readyState = forGood ? 2 : 0
    this.dispatchEvent(new Event('error'))
  }
}

function bench(address = '/v1/live') {
  const streams: Stream[] = []
  const waits: { act: () => void; ms: number }[] = []
  const events: LiveEvent[] = []
  const states: LiveState[] = []
  let resets = 0
  const stop = followLive({
    address,
    types: ['door'],
    onEvent: (event) => events.push(event),
    onReset: () => resets++,
    onState: (state) => states.push(state),
    open: (opened) => {
      const stream = new Stream(opened)
      streams.push(stream)
      return stream as unknown as EventSource
    },
    later: (act, ms) => {
      waits.push({ act, ms })
      return () => waits.splice(0)
    },
  })
  return { streams, waits, events, states, stop, resets: () => resets }
}

describe('following the live stream', () => {
  it('hears named and plain events with their ids', () => {
    const { streams, events } = bench()
    streams[0]?.tell('door', { open: true }, '7')
    streams[0]?.tell('message', 1, '8')
    expect(events).toEqual([
      { id: '7', type: 'door', data: { open: true } },
      { id: '8', type: 'message', data: 1 },
    ])
  })

  it('leaves short breaks to the browser, and reopens after the last id when it gives up', () => {
    const { streams, waits, states } = bench('/v1/live?cabinet=c')
    streams[0]?.tell('door', {}, '7/2')
    streams[0]?.fail(false)
    expect(waits).toHaveLength(0)
    streams[0]?.fail(true)
    waits[0]?.act()
    expect(streams[1]?.address).toBe('/v1/live?cabinet=c&after=7%2F2')
    expect(states).toEqual(['opening', 'waiting', 'waiting', 'opening'])
  })

  it('waits longer after each failure, up to half a minute, and anew after success', () => {
    const { streams, waits } = bench()
    for (let i = 0; i < 7; i++) {
      streams[i]?.fail(true)
      waits[i]?.act()
    }
    expect(waits.map(({ ms }) => ms)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    streams[7]?.dispatchEvent(new Event('open'))
    streams[7]?.fail(true)
    expect(waits[7]?.ms).toBe(1000)
  })

  it('asks for everything anew on reset and goes on from the reset’s id', () => {
    const { streams, waits, resets } = bench()
    streams[0]?.tell('reset', {}, '90')
    streams[0]?.fail(true)
    waits[0]?.act()
    expect([resets(), streams[1]?.address]).toEqual([1, '/v1/live?after=90'])
  })

  it('stops for good', () => {
    const { streams, waits, stop } = bench()
    streams[0]?.fail(true)
    stop()
    expect([streams[0]?.readyState, waits.length]).toEqual([2, 0])
  })
})
