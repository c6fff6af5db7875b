import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, percentile, spreadOf, timed } from './statistics.ts'

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
const samples = fc.array(fc.integer(), { minLength: 1 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('a percentile', () => {
  it('is the nearest rank', () => {
    expect(spreadOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99, most: 100 })
    expect(percentile([7], 0.99)).toBe(7)
    expect(percentile(hundred, 0)).toBe(1)
  })

  it('is always a sample that was seen, with its share of samples at or below it', () => {
    fc.assert(
      fc.property(samples, share, (seen, part) => {
        const value = percentile(seen, part)
        expect(seen).toContain(value)
        expect(seen.filter((sample) => sample <= value).length).toBeGreaterThanOrEqual(part * seen.length - 1e-9)
      }),
    )
  })

  it('never falls when its share grows', () => {
    fc.assert(
      fc.property(samples, share, share, (seen, a, b) => {
        expect(percentile(seen, Math.min(a, b))).toBeLessThanOrEqual(percentile(seen, Math.max(a, b)))
      }),
    )
  })

  it('of nothing is nothing to print', () => {
    expect(() => median([])).toThrow('no samples')
  })
})

it('times what it waits for', async () => {
  let done = false
  const took = await timed(async () => {
    await Promise.resolve()
    done = true
  })
  expect(done).toBe(true)
  expect(took).toBeGreaterThanOrEqual(0)
})
