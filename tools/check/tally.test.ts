import { describe, expect, it } from 'vitest'
import { add, corrected, failedFiles, lineOf, tallyOf } from './tally.ts'

const report = (passed: number, failed: number, pending: number, broken = 0): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    testResults: Array.from({ length: broken }, (_, index) => ({
      status: 'failed',
      name: `${index}`,
      assertionResults: [],
    })),
  })

describe('the tally of a run', () => {
  it('counts what passed, failed and was skipped', () => {
    expect(tallyOf(report(40, 2, 1), 1)).toEqual({ passed: 40, failed: 2, skipped: 1 })
  })

  it('counts a file that fell over before its first test', () => {
    expect(tallyOf(report(40, 0, 0, 2), 1)).toEqual({ passed: 40, failed: 2, skipped: 0 })
  })

  it('never calls a run clean that ended with a code', () => {
    expect(tallyOf(report(40, 0, 0), 1).failed).toBe(1)
    expect(tallyOf(undefined, 1).failed).toBe(1)
  })

  it('names the files to look at a second time', () => {
    expect(failedFiles(report(40, 0, 0, 2))).toEqual(['0', '1'])
    expect(failedFiles(report(40, 0, 0))).toEqual([])
    expect(failedFiles(undefined)).toEqual([])
  })

  it('lets a second look clear what failed once, and nothing that failed twice', () => {
    const first = tallyOf(report(40, 2, 1), 1)
    expect(corrected(first, tallyOf(report(9, 0, 0), 0))).toEqual({ passed: 42, failed: 0, skipped: 1 })
    expect(corrected(first, tallyOf(report(8, 1, 0), 1))).toEqual({ passed: 41, failed: 1, skipped: 1 })
    expect(corrected(first, tallyOf(undefined, 1)).failed).toBe(1)
  })

  it('sums over runs', () => {
    expect(add(tallyOf(report(40, 2, 1), 1), tallyOf(report(3, 0, 0), 0))).toEqual({
      passed: 43,
      failed: 2,
      skipped: 1,
    })
  })

  it('reads as one plain line', () => {
    expect(lineOf({ passed: 43, failed: 0, skipped: 0 })).toBe('43 passed, 0 failed')
    expect(lineOf({ passed: 43, failed: 2, skipped: 1 })).toBe('43 passed, 2 failed, 1 skipped')
  })
})
