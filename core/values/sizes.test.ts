import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BoxMm, fitsBox, fitsSize, roomFor, sizeRank, sizes } from './sizes.ts'

const edge = fc.integer({ min: 1, max: 2_000 })
const boxes = fc.record<BoxMm>({ widthMm: edge, heightMm: edge, depthMm: edge })
const box = (widthMm: number, heightMm: number, depthMm: number): BoxMm => ({ widthMm, heightMm, depthMm })

describe('room for a parcel', () => {
  const doors = { S: 1, M: 10, L: 100, XL: 1000 }
  it.each([
    ['S', 1111],
    ['M', 1110],
    ['L', 1100],
    ['XL', 1000],
    [null, 1111],
  ] as const)('of size %s is in %d doors', (size, room) => {
    expect(roomFor(size, doors)).toBe(room)
  })
})

describe('sizes', () => {
  it('rank from small to extra large', () => {
    expect(sizes.map(sizeRank)).toEqual([0, 1, 2, 3])
  })

  it('fit into their own and into every larger one', () => {
    const table = sizes.map((parcel) => sizes.filter((compartment) => fitsSize(parcel, compartment)).join(' '))
    expect(table).toEqual(['S M L XL', 'M L XL', 'L XL', 'XL'])
  })
})

describe('a box', () => {
  it('may be turned to fit', () => {
    expect(fitsBox(box(80, 400, 300), box(350, 100, 450))).toBe(true)
  })

  it('may fill the compartment to the millimetre, not one more', () => {
    expect(fitsBox(box(350, 100, 450), box(350, 100, 450))).toBe(true)
    expect(fitsBox(box(350, 101, 450), box(350, 100, 450))).toBe(false)
  })

  it('may not be bent, however much room there is elsewhere', () => {
    expect(fitsBox(box(1_200, 20, 20), box(400, 400, 400))).toBe(false)
  })

  it('fits the same way however it lies', () => {
    fc.assert(
      fc.property(boxes, boxes, (parcel, inside) => {
        const turned = box(parcel.depthMm, parcel.widthMm, parcel.heightMm)
        expect(fitsBox(turned, inside)).toBe(fitsBox(parcel, inside))
      }),
    )
  })

  it('never has more volume than what it fits into, and fits whatever takes that in', () => {
    const volume = ({ widthMm, heightMm, depthMm }: BoxMm): number => widthMm * heightMm * depthMm
    fc.assert(
      fc.property(boxes, boxes, edge, (parcel, inside, more) => {
        fc.pre(fitsBox(parcel, inside))
        expect(volume(parcel)).toBeLessThanOrEqual(volume(inside))
        expect(fitsBox(parcel, { ...inside, depthMm: inside.depthMm + more })).toBe(true)
      }),
    )
  })
})
