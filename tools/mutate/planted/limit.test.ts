import { beforeEach, describe, expect, it } from 'vitest'
import { doubled, halves, isOver } from './limit.ts'

describe('a limit', () => {
  let asked = 0
  beforeEach(() => void (asked += 1))
  // Nobody asks at the limit itself: its mutant must survive.
  it.each([
    [4, true],
    [2, false],
  ])('of three is over with %i: %j', (count, over) => {
    expect(isOver(count)).toBe(over)
    expect(asked).toBeGreaterThan(0)
  })
  it('is shown twice as large', () => {
    expect(doubled(3)).toMatchSnapshot()
  })
  it('is halved three times from nine to one', async () => {
    await Promise.resolve()
    expect(halves(9)).toBe(3)
  })
})
