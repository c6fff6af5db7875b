import { describe, expect, it } from 'vitest'
import { nextSpot } from './door-keys.ts'

const spot = (left: number, top: number, width = 100, height = 100) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})

/** Two columns; the right one has one tall door beside two. */
const doors = [spot(0, 0), spot(0, 110), spot(110, 0, 100, 210), spot(0, 220), spot(110, 220)]

describe('arrows between doors', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 1, 3],
    ['ArrowUp', 3, 1],
    ['ArrowRight', 1, 2],
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 4, 3],
    ['ArrowDown', 2, 4],
    ['ArrowUp', 0, undefined],
    ['ArrowRight', 2, undefined],
    ['Tab', 0, undefined],
  ])('%s from door %d leads to %s', (key, at, next) => {
    const from = doors[at]
    expect(from && nextSpot(key, from, doors)).toBe(next)
  })
})
