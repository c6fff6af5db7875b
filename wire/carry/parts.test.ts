import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  collect,
  isPartText,
  partBytesMax,
  partsMax,
  partTexts,
  readPart,
  type Series,
  seriesMost,
  shortDigest,
  wholeOf,
} from './parts.ts'

const digestOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const textsOf = (bytes: Uint8Array): readonly string[] => partTexts('facts', bytes, digestOf(bytes))
const gather = (texts: readonly string[]): ReadonlyMap<string, Series> =>
  texts.reduce<ReadonlyMap<string, Series>>((series, text) => {
    const part = readPart(text)
    return part === undefined ? series : collect(series, part)
  }, new Map())
/** Alphanumeric characters in a QR of version 16 at level M. */
const versionSixteen = 656
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255)

describe('what a phone carries', () => {
  it('comes together from its parts in any order, doubled and mixed with another series', () => {
    const wholes = fc.uint8Array({ minLength: 1, maxLength: partBytesMax * 6 })
    fc.assert(
      fc.property(wholes, wholes, fc.infiniteStream(fc.nat(1_000)), (one, other, order) => {
        const mixed = [...textsOf(one), ...textsOf(other), ...textsOf(one)]
          .map((text) => ({ text, at: order.next().value ?? 0 }))
          .sort((left, right) => left.at - right.at)
          .map(({ text }) => text)
        const series = gather(mixed)
        for (const whole of [one, other]) {
          const found = series.get(shortDigest(digestOf(whole)))
          expect(found === undefined ? undefined : wholeOf(found)).toEqual(whole)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is not whole while one part is missing', () => {
    const texts = textsOf(bytes(partBytesMax * 3))
    for (const missing of texts) {
      const [series] = gather(texts.filter((text) => text !== missing)).values()
      expect(series?.parts.size).toBe(2)
      expect(series === undefined ? undefined : wholeOf(series)).toBeUndefined()
    }
  })

  it('fits a QR of version 16 at level M, in the dense alphabet', () => {
    for (const text of textsOf(bytes(partBytesMax * 2 + 1))) {
      expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
      expect(text.length).toBeLessThanOrEqual(versionSixteen)
    }
  })

  it('has the fixed layout of wire.md', () => {
    const whole = Uint8Array.of(7, 8, 9)
    const [text = ''] = partTexts('reply', whole, digestOf(whole))
    expect(readPart(text)).toEqual({
      kind: 'reply',
      digest: shortDigest(digestOf(whole)),
      index: 0,
      total: 1,
      bytes: whole,
    })
  })

  it('is no longer than a person can wait for', () => {
    expect(textsOf(bytes(partBytesMax * partsMax))).toHaveLength(partsMax)
    expect(() => textsOf(bytes(partBytesMax * partsMax + 1))).toThrow(RangeError)
  })

  it.each([['HF1:ABC'], ['SF1234567890123'], ['HF2:'], ['HF2:é'], ['HF2:00'], ['']])('%j is no part', (text) => {
    expect(readPart(text)).toBeUndefined()
  })

  it('is told from labels by its first letters, whole or not', () => {
    expect([isPartText('HF2:broken'), isPartText('HF1:0'), isPartText('1Z999')]).toEqual([true, false, false])
  })

  it('of any text is judged and never thrown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z $%*+\-./:]*$/), (text) => {
        const part = readPart(`HF2:${text}`)
        expect(part === undefined || part.index < part.total).toBe(true)
      }),
    )
  })

  it('begins a series anew where a part contradicts it, and forgets the oldest of too many', () => {
    const part = readPart(textsOf(bytes(partBytesMax * 2))[0] ?? '')
    if (part === undefined) throw new Error('no part')
    const contradicted = collect(collect(new Map(), part), { ...part, total: 5 })
    expect(contradicted.get(part.digest)).toMatchObject({ total: 5 })
    const many = Array.from({ length: seriesMost + 3 }, (_, n) => ({ ...part, digest: `d${n}` }))
    const kept = many.reduce<ReadonlyMap<string, Series>>(collect, new Map())
    expect([...kept.keys()]).toEqual(many.slice(3).map(({ digest }) => digest))
  })
})
