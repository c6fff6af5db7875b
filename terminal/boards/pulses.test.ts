import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UnlockResult } from './board.ts'
import { createFakeClock, type FakeClock } from './line/clock.fake.ts'
import { longestPulseQueue, longestPulseWaitMs, PulseGate, pulseSpacingMs, type Pulse } from './pulses.ts'

interface Bench {
  readonly clock: FakeClock
  readonly gate: PulseGate
  readonly given: { readonly lock: string; readonly at: number }[]
  pulse(lock: string, more?: Partial<Pulse>): Promise<UnlockResult>
}

function createBench(): Bench {
  const clock = createFakeClock()
  const gate = new PulseGate(clock)
  const given: Bench['given'] = []
  const fire = (lock: string) => (): Promise<UnlockResult> => {
    given.push({ lock, at: clock.now() })
    return Promise.resolve({ ok: true, firstByteAtMs: clock.now(), lastByteAtMs: clock.now() })
  }
  const timing = { pulseMs: 300, minGapMs: 50, coolDownMs: 1_000 }
  return { clock, gate, given, pulse: (lock, more) => gate.give({ lock, ...timing, fire: fire(lock), ...more }) }
}

describe('the pulse gate', () => {
  it('gives the first pulse at once', () => {
    const { given, pulse } = createBench()
    void pulse('a')
    expect(given).toEqual([{ lock: 'a', at: 0 }])
  })

  it('law 13: starts pulses at least 2 s apart, whoever asks', async () => {
    const { clock, given, pulse } = createBench()
    for (const lock of ['a', 'b', 'c']) void pulse(lock)
    await clock.advance(10_000)
    expect(given.map(({ at }) => at)).toEqual([0, pulseSpacingMs, 2 * pulseSpacingMs])
  })

  it('lifts only the spacing in service mode: one coil at a time and the gap stay', async () => {
    const { clock, gate, given, pulse } = createBench()
    gate.setService(true)
    for (const lock of ['a', 'b', 'c']) void pulse(lock)
    await clock.advance(10_000)
    expect(given.map(({ at }) => at)).toEqual([0, 350, 700])
  })

  it('keeps a lock waiting for its cool-down, and nobody else', async () => {
    const { clock, gate, given, pulse } = createBench()
    gate.setService(true)
    for (const lock of ['a', 'a', 'b']) void pulse(lock)
    await clock.advance(10_000)
    expect(given).toEqual([
      { lock: 'a', at: 0 },
      { lock: 'b', at: 350 },
      { lock: 'a', at: 1_300 },
    ])
  })

  it('spends nothing on a pulse of which no byte left', async () => {
    const { clock, given, pulse } = createBench()
    const absent: UnlockResult = { ok: false, failure: 'absent' }
    expect(await pulse('a', { fire: () => Promise.resolve(absent) })).toEqual(absent)
    void pulse('a')
    await clock.advance(0)
    expect(given).toEqual([{ lock: 'a', at: 0 }])
  })

  it('counts a pulse without a clean answer as given, as late as it can have begun', async () => {
    const { clock, gate, given, pulse } = createBench()
    gate.setService(true)
    const silent: UnlockResult = { ok: false, failure: 'silent', firstByteAtMs: 0 }
    const late = (): Promise<UnlockResult> =>
      new Promise((resolve) => {
        clock.after(200, () => {
          resolve(silent)
        })
      })
    void pulse('a', { fire: late })
    void pulse('b')
    await clock.advance(1_000)
    expect(given).toEqual([{ lock: 'b', at: 550 }])
  })

  it('refuses what waited too long and what does not fit, with no byte sent', async () => {
    const { clock, gate, given, pulse } = createBench()
    void pulse('a', { pulseMs: longestPulseWaitMs + 1_000 })
    const waiting = Array.from({ length: longestPulseQueue }, () => pulse('b'))
    expect(await pulse('b')).toEqual({ ok: false, failure: 'refused' })
    await clock.advance(longestPulseWaitMs + 2_000)
    expect(await waiting[0]).toEqual({ ok: false, failure: 'refused' })
    expect(given.length).toBe(1)
    gate.stop()
    await Promise.all(waiting)
  })

  it('never has two coils drawing, whatever is asked when', async () => {
    const asks = fc.array(fc.record({ lock: fc.constantFrom('a', 'b', 'c'), waitMs: fc.nat(900) }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(asks, fc.boolean(), async (list, service) => {
        const { clock, gate, given, pulse } = createBench()
        gate.setService(service)
        for (const { lock, waitMs } of list) {
          void pulse(lock)
          await clock.advance(waitMs)
        }
        await clock.advance(40_000)
        expect(given.length).toBe(list.length)
        const gaps = given.slice(1).map(({ at }, i) => at - (given[i]?.at ?? 0))
        expect(Math.min(...gaps, Infinity)).toBeGreaterThanOrEqual(service ? 350 : pulseSpacingMs)
      }),
      { numRuns: 30 },
    )
  })
})
