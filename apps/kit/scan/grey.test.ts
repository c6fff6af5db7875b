import { describe, expect, it } from 'vitest'
import { greyOf, rotate, stretch } from './grey.ts'
import type { Grey } from './grey.ts'

const plane = (width: number, height: number, at: (x: number, y: number) => number): Grey => ({
  width,
  height,
  light: Uint8ClampedArray.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
})

describe('grey planes', () => {
  it('weighs green most, as eyes do', () => {
    const data = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255])
    expect([...greyOf({ width: 4, height: 1, data }).light]).toEqual([76, 149, 28, 255])
  })

  it('spreads a dim picture over the whole range', () => {
    const dim = plane(40, 40, (x) => (x < 20 ? 20 : 40))
    const { light } = stretch(dim)
    expect([light[0], light[39]]).toEqual([0, 255])
  })

  it('survives a picture of one shade', () => {
    expect(new Set(stretch(plane(9, 9, () => 7)).light)).toEqual(new Set([0]))
  })

  it('turns about the middle and fills the corners white', () => {
    const dot = plane(21, 21, (x, y) => (x === 20 && y === 10 ? 0 : 128))
    const turned = rotate(dot, 90)
    expect(turned.light.indexOf(0)).toBeGreaterThanOrEqual(20 * 21)
    expect(rotate(dot, 45).light[0]).toBe(255)
  })

  it('comes back after a whole turn', () => {
    const picture = plane(16, 16, (x, y) => (x * 13 + y * 7) % 256)
    expect([...rotate(picture, 360).light]).toEqual([...picture.light])
  })
})
