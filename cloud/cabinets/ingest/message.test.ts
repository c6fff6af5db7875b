import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import { testId } from '../cabinets.testing.ts'
import { readFactsMessage } from './message.ts'

const bytes32 = base64FromBytes(new Uint8Array(32).fill(3))
const header = {
  v: 1,
  cabinet: testId('cabinet', 1),
  incarnation: testId('incarnation', 1),
  from: 1,
  previous: bytes32,
  privates: [{ seq: 1, blind: bytes32, blob: 'AAAA' }],
  heads: [{ seq: 2, hash: bytes32, signature: 'AAAA' }],
}
const entry = (seq: number, more: object = {}): object => ({
  seq,
  incarnation: testId('incarnation', 1),
  boot: 1,
  running: 10,
  wall: 1,
  trusted: true,
  event: { type: 'anything' },
  ...more,
})
const line = Uint8Array.of(10)
const bodyOf = (head: object, entries: readonly (object | Uint8Array)[]): Uint8Array =>
  concatBytes(
    toCanonical(head),
    ...entries.flatMap((each) => [line, each instanceof Uint8Array ? each : toCanonical(each)]),
  )
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

describe('the form of a facts message', () => {
  it('is a header and lines, kept byte by byte as the cabinet wrote them', () => {
    const read = readFactsMessage(bodyOf(header, [entry(1), entry(2)]))
    expect(read?.entries.map(({ bytes }) => bytes)).toEqual([toCanonical(entry(1)), toCanonical(entry(2))])
    expect(read?.privates.get(1)).toMatchObject({ blobText: 'AAAA', blob: new Uint8Array(3) })
    expect(read?.heads).toMatchObject([{ seq: 2, hash: new Uint8Array(32).fill(3) }])
    expect(read?.previous).toEqual(new Uint8Array(32).fill(3))
  })

  it.each([
    [1, true],
    [63, true],
    [64, true],
    [65, false],
  ])('holds at most 64 entries: %i', (many, taken) => {
    const entries = Array.from({ length: many }, (_, i) => entry(i + 1))
    expect(readFactsMessage(bodyOf(header, entries)) !== undefined).toBe(taken)
  })

  it('may end its last line', () => {
    expect(readFactsMessage(concatBytes(bodyOf(header, [entry(1)]), line))?.entries).toHaveLength(1)
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a header alone', bodyOf(header, [])],
    ['a header and a line break', concatBytes(bodyOf(header, []), line)],
    ['an empty line in between', bodyOf(header, [entry(1), new Uint8Array(0), entry(2)])],
    ['another version', bodyOf({ ...header, v: 2 }, [entry(1)])],
    ['a field too many', bodyOf({ ...header, more: 1 }, [entry(1)])],
    ['another kind of id', bodyOf({ ...header, cabinet: testId('person', 1) }, [entry(1)])],
    ['numbers from nought', bodyOf({ ...header, from: 0 }, [entry(1)])],
    ['a previous hash of 31 bytes', bodyOf({ ...header, previous: base64FromBytes(new Uint8Array(31)) }, [entry(1)])],
    ['a previous hash that is no base64', bodyOf({ ...header, previous: '!' }, [entry(1)])],
    ['a blind of 31 bytes', bodyOf({ ...header, privates: [{ seq: 1, blind: 'AAAA', blob: 'AAAA' }] }, [entry(1)])],
    ['a blob that is no base64', bodyOf({ ...header, privates: [{ seq: 1, blind: bytes32, blob: '=' }] }, [entry(1)])],
    ['a head that is no base64', bodyOf({ ...header, heads: [{ seq: 1, hash: '=', signature: 'AAAA' }] }, [entry(1)])],
    [
      'a signature that is no base64',
      bodyOf({ ...header, heads: [{ seq: 1, hash: bytes32, signature: '=' }] }, [entry(1)]),
    ],
    ['an entry that is no JSON', bodyOf(header, [text('{')])],
    ['an entry that is not canonical', bodyOf(header, [text('{ "seq":1 }')])],
    ['an entry with a field too many', bodyOf(header, [entry(1, { more: 1 })])],
    [
      'an entry without its event',
      bodyOf(header, [Object.fromEntries(Object.entries(entry(1)).filter(([name]) => name !== 'event'))]),
    ],
    [
      'an entry with half a number',
      bodyOf(header, [text(new TextDecoder().decode(toCanonical(entry(1))).replace('"seq":1', '"seq":1.5'))]),
    ],
    ['a header that is not canonical', concatBytes(text(JSON.stringify(header)), line, toCanonical(entry(1)))],
  ])('is not met by %s', (_, body) => {
    expect(readFactsMessage(body)).toBeUndefined()
  })

  it('is judged without falling over, whatever comes', () => {
    const good = bodyOf(header, [entry(1), entry(2)])
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const read = readFactsMessage(good.map((byte, i) => (i === at ? byte ^ flip : byte)))
        if (read !== undefined) expect(read.entries.length).toBeGreaterThan(0)
      }),
      { seed: 64, numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => {
        expect(readFactsMessage(junk)).toBeUndefined()
      }),
      { seed: 65, numRuns: 200 },
    )
  })
})
