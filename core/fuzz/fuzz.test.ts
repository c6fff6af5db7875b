import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.testing.ts'

const computeFor = (ms: number): void => {
  const { user } = process.cpuUsage()
  while (process.cpuUsage().user - user < ms * 1_000);
}
const aside = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const target = { name: 'cases', kept: ['kept'], fresh: 3, make: () => 'fresh', hungAfterMs: 40 }

describe('a fuzz', () => {
  it('judges what was kept and what it makes, from one seed the same', async () => {
    const drawn = async (): Promise<readonly number[]> => {
      const judged: number[] = []
      const judge = (made: number): void => void judged.push(made)
      expect(await fuzz({ ...target, kept: [7], make: (dice) => dice.below(1_000), judge })).toBe(4)
      return judged
    }
    const [first, again] = [await drawn(), await drawn()]
    expect([first[0], first.length, again]).toEqual([7, 4, first])
  })

  it('calls hung what computes too long, twice', async () => {
    await expect(fuzz({ ...target, judge: () => computeFor(60) })).rejects.toThrow('cases, kept: hung')
  })

  it('calls nothing hung that was only pushed aside, or was slow once', async () => {
    expect(await fuzz({ ...target, judge: () => aside(60) })).toBe(4)
    let times = 0
    expect(await fuzz({ ...target, judge: () => void ((times += 1) === 1 && computeFor(60)) })).toBe(4)
  })

  it('names seed and case where a judge throws', async () => {
    const judge = (made: string): void => {
      if (made === 'fresh') throw new Error('no')
    }
    await expect(fuzz({ ...target, judge })).rejects.toThrow(/cases, seed \d+: no\ncase: "fresh"/)
  })
})
