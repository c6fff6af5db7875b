import { describe, expect, it } from 'vitest'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { failure } from '../../platform/failure.ts'
import { silentLog } from '../../platform/log.ts'
import { testId } from '../cabinets.testing.ts'
import { createTellingLine, toldAtOnce } from './line.ts'

const cabinet = (n: number): CabinetId => testId('cabinet', n)

/** Tellings that end when the test says so. */
function scene() {
  const begun: CabinetId[] = []
  const ends: (() => void)[] = []
  const fails: ((error: Error) => void)[] = []
  const line = createTellingLine(
    async (of) =>
      await new Promise<void>((resolve, reject) => {
        begun.push(of)
        ends.push(resolve)
        fails.push(reject)
      }),
    silentLog,
  )
  /** Ends one, and lets what hangs on it run. */
  const end = async (n: number): Promise<void> => {
    ends[n]?.()
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { line, begun, end, fail: (n: number) => fails[n]?.(failure('db-unavailable', 'gone')) }
}

const thousand = Array.from({ length: 1_000 }, (_, n) => cabinet(n))

describe('the line of those who are to be told everything', () => {
  it('lets a few in at once when all of them ask in one moment, in their order', async () => {
    const { line, begun, end } = scene()
    for (const each of thousand) line.join(each)
    expect(begun).toEqual(thousand.slice(0, toldAtOnce))
    await end(0)
    expect(begun).toEqual(thousand.slice(0, toldAtOnce + 1))
  })

  it('tells everybody in the end', async () => {
    const { line, begun, end } = scene()
    for (const each of thousand) line.join(each)
    for (let n = 0; n < thousand.length; n += 1) await end(n)
    expect(begun).toEqual(thousand)
  })

  it('tells a cabinet once that asked three times while it waited, and again one that asks while it is told', async () => {
    const { line, begun, end } = scene()
    for (const each of thousand.slice(0, toldAtOnce)) line.join(each)
    for (let times = 0; times < 3; times += 1) line.join(cabinet(7_000))
    line.join(cabinet(0))
    for (let n = 0; n < toldAtOnce + 2; n += 1) await end(n)
    expect(begun).toEqual([...thousand.slice(0, toldAtOnce), cabinet(7_000), cabinet(0)])
  })

  it('goes on behind a telling that failed', async () => {
    const { line, begun, end, fail } = scene()
    for (const each of thousand.slice(0, toldAtOnce + 1)) line.join(each)
    fail(0)
    await end(-1)
    expect(begun).toHaveLength(toldAtOnce + 1)
  })

  it('ends with those that are being told', async () => {
    const { line, begun, end } = scene()
    for (const each of thousand) line.join(each)
    const stopped = line.stop()
    for (let n = 0; n < toldAtOnce; n += 1) await end(n)
    await stopped
    expect(begun).toHaveLength(toldAtOnce)
  })
})
