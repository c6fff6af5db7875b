import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IdKind, idFromBytes, idFromUuid, idPrefixes, idToBytes, idToUuid, makeId, readId } from './ids.ts'
import { instant } from './instants.ts'

const kinds = fc.constantFrom<IdKind>('cabinet', 'compartment', 'parcel', 'deposit', 'order', 'person', 'incarnation')
const births = fc.integer({ min: 0, max: 2 ** 48 - 1 }).map(instant)
const randoms = fc.uint8Array({ minLength: 10, maxLength: 10 })
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

const bornAt = (ms: number, fill = 0): string => makeId('parcel', instant(ms), new Uint8Array(10).fill(fill))

describe('an id', () => {
  it('has the layout of UUIDv7: 48 bits of time, version 7, variant 2', () => {
    expect(idToUuid(makeId('cabinet', instant(0x0123456789ab), new Uint8Array(10).fill(0xff)))).toBe(
      '01234567-89ab-7fff-bfff-ffffffffffff',
    )
  })

  it('says its kind in front and has neither dot nor slash', () => {
    expect(bornAt(0)).toMatch(/^par_[0-9a-hjkmnp-tv-z]{26}$/u)
  })

  it('has a prefix that no other kind has', () => {
    const prefixes = Object.values(idPrefixes)
    expect(new Set(prefixes).size).toBe(prefixes.length)
    expect(prefixes.filter((prefix) => !/^[a-z]{3}$/u.test(prefix))).toEqual([])
  })

  it('is the same for the same instant and bytes (law 15)', () => {
    fc.assert(
      fc.property(births, randoms, (at, random) => {
        expect(makeId('deposit', at, random)).toBe(makeId('deposit', at, random))
      }),
    )
  })

  it('uses the first ten random bytes and leaves them as they were', () => {
    const random = Uint8Array.from({ length: 64 }, (_, i) => i)
    expect(makeId('order', instant(1), random)).toBe(makeId('order', instant(1), random.slice(0, 10)))
    expect(random[0]).toBe(0)
  })

  it('sorts by birth, as text, whatever the random bytes', () => {
    fc.assert(
      fc.property(births, births, randoms, randoms, (a, b, left, right) => {
        fc.pre(a !== b)
        expect(makeId('parcel', a, left) < makeId('parcel', b, right)).toBe(a < b)
      }),
    )
  })

  it('is born as late as its 48 bits reach', () => {
    expect(bornAt(2 ** 48 - 1)).toMatch(/^par_7zzzzzzzzz/u)
  })

  it.each([-1, 2 ** 48])('is not born at %d', (ms) => {
    expect(() => bornAt(ms)).toThrow(RangeError)
  })

  it('is not made of nine random bytes', () => {
    expect(() => makeId('parcel', instant(0), new Uint8Array(9))).toThrow(RangeError)
  })
})

/** Arithmetic as the form is defined: one whole number, written in base 32. */
const spelled = (bytes: Uint8Array): string => {
  const value = bytes.reduce((whole, byte) => whole * 256n + BigInt(byte), 0n)
  const digits = '0123456789abcdefghjkmnpqrstvwxyz'
  return Array.from({ length: 26 }, (_, i) => digits[Number((value >> BigInt(5 * (25 - i))) & 31n)]).join('')
}

describe('the three forms of an id', () => {
  it('write the 128 bits as one number in base 32', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        expect(idFromBytes('parcel', bytes)).toBe(`par_${spelled(bytes)}`)
      }),
    )
  })

  it.each([
    ['zeros', 0x00, '00000000000000000000000000', '00000000-0000-0000-0000-000000000000'],
    ['ones', 0xff, '7zzzzzzzzzzzzzzzzzzzzzzzzz', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    ['every other bit', 0x55, '2nanananananananananananan', '55555555-5555-5555-5555-555555555555'],
  ])('keep %s', (_what, fill, body, uuid) => {
    const bytes = new Uint8Array(16).fill(fill)
    expect(idFromBytes('order', bytes)).toBe(`ord_${body}`)
    expect(idToUuid(idFromBytes('order', bytes))).toBe(uuid)
    expect(idToBytes(idFromUuid('order', uuid))).toEqual(bytes)
  })

  it('keep each single bit at its place', () => {
    for (let bit = 0; bit < 128; bit += 1) {
      const bytes = new Uint8Array(16)
      bytes[bit >> 3] = 0x80 >> (bit & 7)
      const id = idFromBytes('event', bytes)
      expect(id).toBe(`evt_${spelled(bytes)}`)
      expect(idToBytes(id)).toEqual(bytes)
    }
  })

  it('come back from bytes', () => {
    fc.assert(
      fc.property(kinds, sixteen, (kind, bytes) => {
        expect(idToBytes(idFromBytes(kind, bytes))).toEqual(bytes)
      }),
    )
  })

  it('come back from PostgreSQL’s uuid, in either case', () => {
    fc.assert(
      fc.property(kinds, sixteen, (kind, bytes) => {
        const id = idFromBytes(kind, bytes)
        expect(idFromUuid(kind, idToUuid(id))).toBe(id)
        expect(idFromUuid(kind, idToUuid(id).toUpperCase())).toBe(id)
      }),
    )
  })

  it('come back from text, in either case', () => {
    fc.assert(
      fc.property(kinds, births, randoms, (kind, at, random) => {
        const id = makeId(kind, at, random)
        expect(readId(kind, id)).toBe(id)
        expect(readId(kind, id.toUpperCase())).toBe(id)
      }),
    )
  })

  it.each(['', 'not a uuid', '01234567-89ab-7fff-bfff-fffffffffff', 'g1234567-89ab-7fff-bfff-ffffffffffff'])(
    'do not come from %j',
    (uuid) => {
      expect(() => idFromUuid('parcel', uuid)).toThrow('not a uuid')
    },
  )

  it('do not come from 15 bytes', () => {
    expect(() => idFromBytes('parcel', new Uint8Array(15))).toThrow(RangeError)
  })
})

describe('reading an id', () => {
  const good = bornAt(1_700_000_000_000, 7)

  it.each([
    ['nothing', ''],
    ['another kind', good.replace('par_', 'dep_')],
    ['no prefix', good.slice(4)],
    ['a character short', good.slice(0, -1)],
    ['a character long', `${good}0`],
    ['a letter that Crockford leaves out', `${good.slice(0, -1)}u`],
    ['more than 128 bits', `par_8${good.slice(5)}`],
    ['a space before', ` ${good}`],
    ['a line end', `${good}\n`],
    ['a dash for the underscore', good.replace('_', '-')],
  ])('refuses %s', (_, text) => {
    expect(readId('parcel', text)).toBeUndefined()
  })

  it('never throws, and what it accepts survives the way over bytes', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^par_[0-9a-z]{26}$/u))
    fc.assert(
      fc.property(text, (typed) => {
        const id = readId('parcel', typed)
        expect(id === undefined ? undefined : idFromBytes('parcel', idToBytes(id))).toBe(id)
      }),
    )
  })
})
