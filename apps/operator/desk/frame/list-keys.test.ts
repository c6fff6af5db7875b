import { describe, expect, it } from 'vitest'
import { initialsOf } from './frame.tsx'
import { nextRow } from './list-keys.ts'

describe('arrows in a list', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, undefined],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, undefined],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['x', 2, undefined],
  ])('%s from row %d of five leads to %s', (key, at, next) => expect(nextRow(key, at, 5)).toBe(next))

  it('leads nowhere in an empty list', () => expect(nextRow('End', -1, 0)).toBeUndefined())
})

describe('initials', () => {
  it.each([
    ['Lin Mei', 'LM'],
    ['김민지', '김'],
    ['王 小明', '王'],
    ['', ''],
  ])('of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials))
})
