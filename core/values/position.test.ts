import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { metresBetween, nearestFirst, readPosition, roughMetres, walkBetween, writePosition } from './position.ts'

const degrees = (most: number) => fc.integer({ min: -most * 100_000, max: most * 100_000 }).map((n) => n / 100_000)
const anywhere = fc.record({ latitude: degrees(90), longitude: degrees(180) })

describe('the way between two points', () => {
  it.each([
    ['a degree along the equator', { latitude: 0, longitude: 10 }, { latitude: 0, longitude: 11 }, 111_195],
    ['over the date line', { latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }, 111_195],
    ['to the other side of the world', { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 77 }, 20_015_087],
    ['across a yard', { latitude: 30.2741, longitude: 120.1551 }, { latitude: 30.2759, longitude: 120.1551 }, 200],
  ])('is right for %s', (_, from, to, metres) => {
    expect(metresBetween(from, to)).toBeCloseTo(metres, -1)
  })

  it('is as long back as there, none to where one stands, and never longer than by way of a third', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, (a, b, c) => {
        expect(metresBetween(a, b)).toBeCloseTo(metresBetween(b, a), 3)
        expect(metresBetween(a, a)).toBe(0)
        expect(metresBetween(a, b)).toBeLessThanOrEqual(metresBetween(a, c) + metresBetween(c, b) + 0.1)
      }),
    )
  })

  it.each([
    [0, 10],
    [4, 10],
    [87, 90],
    [211, 200],
    [238, 250],
    [999, 1000],
    [1234, 1200],
  ])('of %d metres is told as %d', (metres, told) => {
    expect(roughMetres(metres)).toBe(told)
  })
})

it('is not known between places of which one is on no map', () => {
  const here = { latitude: 30.2741, longitude: 120.1551 }
  expect([walkBetween(here, undefined), walkBetween(undefined, here)]).toEqual([null, null])
  expect(walkBetween(here, { ...here, latitude: 30.2759 })).toBe(200)
})

describe('neighbours', () => {
  const from = { name: 'A', siteName: 'Gate', address: '1 Road', position: { latitude: 30, longitude: 120 } }
  const at = (name: string, north: number | null, siteName = name) => ({
    name,
    siteName,
    address: '1 Road',
    ...(north === null ? {} : { position: { latitude: 30 + north / 111_195, longitude: 120 } }),
  })
  const order = (...all: readonly ReturnType<typeof at>[]) =>
    nearestFirst(from, all, (place) => place).map(({ of, here, metres }) => [of.name, here ? 'here' : metres])

  it('come as one would walk: the same site, then by distance, then those on no map by name', () => {
    expect(order(at('Z', null), at('far', 900), at('near', 200), at('Y', null), at('B', 30, 'Gate'))).toEqual([
      ['B', 'here'],
      ['near', 200],
      ['far', 900],
      ['Y', null],
      ['Z', null],
    ])
  })

  it('of a place on no map are told by name alone, those of its own site first', () => {
    const { position: _nowhere, ...unmapped } = from
    const told = nearestFirst(unmapped, [at('D', 10), at('C', null), at('E', 5, 'Gate')], (place) => place)
    expect(told.map(({ of, metres }) => [of.name, metres])).toEqual([
      ['E', null],
      ['C', null],
      ['D', null],
    ])
  })

  it('of one distance are told by name, whoever was asked first', () => {
    for (const names of ['DC', 'CD', 'DCD'])
      expect(order(...[...names].map((name) => at(name, 200))).map(([name]) => name)).toEqual([...names].sort())
  })

  it('on another address are none of the same site, whatever it is called', () => {
    expect(order({ ...at('B', 200, 'Gate'), address: '9 Lane' })).toEqual([['B', 200]])
  })
})

describe('a position as maps write it', () => {
  it.each([
    ['30.2741, 120.1551', { latitude: 30.2741, longitude: 120.1551 }],
    [' -33.9 18.4 ', { latitude: -33.9, longitude: 18.4 }],
    ['37.5665，126.9780', { latitude: 37.5665, longitude: 126.978 }],
    ['90;-180', { latitude: 90, longitude: -180 }],
  ])('%j is read', (text, position) => {
    expect(readPosition(text)).toEqual(position)
  })

  it.each(['', '30.2741', '120.1551, 30.2741', '91, 0', '0, 181', '1,5 2,5', '1e1, 2', 'North Gate', '1, 2, 3'])(
    '%j is none',
    (text) => {
      expect(readPosition(text)).toBeUndefined()
    },
  )

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anywhere, (position) => {
        const read = readPosition(writePosition(position))
        expect(read?.latitude).toBeCloseTo(position.latitude, 5)
        expect(read?.longitude).toBeCloseTo(position.longitude, 5)
      }),
    )
  })
})
