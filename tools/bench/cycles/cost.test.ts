import { describe, expect, it } from 'vitest'
import { cpuMsOf, type Round, summaryOf } from './cost.ts'

const nothing = { statements: 0, walBytes: 0, cpuMs: 0, gearCpuMs: 0, brokerCpuMs: 0, sqlCpuMs: 0 }

/** So many parcels in a second, each as many milliseconds long as its place in the round. */
const round = (parcels: number, replayed: number, spent: Partial<Round> = {}): Round => ({
  ...nothing,
  batches: 1,
  events: parcels,
  absorbMs: 10,
  ran: { tookMs: Array.from({ length: parcels }, (_, n) => n + 1), wallMs: 1_000, refused: 0 },
  replayed,
  ...spent,
})

describe('rounds of the cloud and of the replay', () => {
  it('are compared each with its neighbour: a machine that halves for some rounds changes nothing', () => {
    const steady = summaryOf([round(40, 100), round(40, 100), round(40, 100)])
    const disturbed = summaryOf([round(40, 100), round(20, 50), round(10, 25)])
    expect([steady.ratio, disturbed.ratio]).toEqual([0.4, 0.4])
    expect([disturbed.value, disturbed.peer]).toEqual([20, 50])
  })

  it('are told by their middle one, with the worst and the best beside it', () => {
    const { ratio, leastRatio, mostRatio } = summaryOf([round(10, 100), round(90, 100), round(42, 100)])
    expect({ ratio, leastRatio, mostRatio }).toEqual({ ratio: 0.42, leastRatio: 0.1, mostRatio: 0.9 })
  })

  it('share out over all parcels what all rounds spent', () => {
    const told = summaryOf([round(30, 60, { cpuMs: 600, sqlCpuMs: 90 }), round(10, 60, { cpuMs: 200, sqlCpuMs: 30 })])
    expect(told).toMatchObject({ parcels: 40, cpuMs: 20, sqlCpuMs: 3, gearCpuMs: 0, absorbedAtOnce: 20, absorbMs: 10 })
    expect([told.p50Ms, told.p99Ms]).toEqual([10, 30])
  })
})

describe.runIf(process.platform === 'linux')('the CPU of a process', () => {
  it('is what the process itself counts, to a few ticks of the clock', () => {
    const until = performance.now() + 60
    while (performance.now() < until) JSON.stringify({ busy: until })
    const { user, system } = process.cpuUsage()
    expect(Math.abs(cpuMsOf(process.pid) - (user + system) / 1_000)).toBeLessThan(100)
  })

  it('is nothing for a process that is gone or on another machine', () => {
    expect(cpuMsOf(0)).toBe(0)
  })
})
