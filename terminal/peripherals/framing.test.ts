import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import { createFraming, garbledAfter, idleGapMs, sameCodeMs, textBytesMax } from './framing.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function framed() {
  const clock = createFakeClock()
  const texts: string[] = []
  const framing = createFraming(clock, (text) => texts.push(text))
  return { clock, texts, ...framing }
}

describe('a scanner’s bytes', () => {
  it.each([
    ['CR', ']C1(00)123\r'],
    ['LF', ']C1(00)123\n'],
    ['both', ']C1(00)123\r\n'],
  ])('end at %s, with their AIM prefix', (_name, text) => {
    const { texts, bytes: take } = framed()
    take(bytes(text))
    expect(texts).toEqual([']C1(00)123'])
  })

  it('end by silence where the scanner sends no suffix, whatever pieces they come in', async () => {
    const { texts, clock, bytes: take } = framed()
    take(bytes('SF12'))
    await clock.advance(idleGapMs - 1)
    take(bytes('3456'))
    expect(texts).toEqual([])
    await clock.advance(idleGapMs)
    expect(texts).toEqual(['SF123456'])
  })

  it('are one scan where the same code comes again within a second', async () => {
    const { texts, clock, bytes: take } = framed()
    for (const pause of [sameCodeMs - 1, sameCodeMs, 0]) {
      take(bytes('A1\r'))
      await clock.advance(pause)
    }
    expect(texts).toEqual(['A1', 'A1'])
    take(bytes('B2\rA1\r'))
    expect(texts).toEqual(['A1', 'A1', 'B2', 'A1'])
  })

  it('keep the group separator and lose other control characters', () => {
    const { texts, bytes: take } = framed()
    take(bytes('\u0002]d20112345678901231\u001d10AB\u0003\r'))
    expect(texts).toEqual([']d20112345678901231\u001d10AB'])
  })

  it('that are too long are dropped whole, and the next are read', () => {
    const { texts, bytes: take } = framed()
    take(bytes(`${'9'.repeat(textBytesMax + 1)}\r`))
    take(bytes(`${'8'.repeat(textBytesMax)}\r`))
    expect(texts).toEqual(['8'.repeat(textBytesMax)])
  })

  it('that are no text three times in a row tell of a broken scanner, until it reads one', () => {
    const { garbled, bytes: take } = framed()
    const noise = Uint8Array.of(0xff, 0xfe, 0x0d)
    const seen = Array.from({ length: garbledAfter }, () => (take(noise), garbled()))
    expect(seen).toEqual([false, false, true])
    take(bytes('\r'))
    expect(garbled()).toBe(true)
    take(bytes('A1\r'))
    expect(garbled()).toBe(false)
    take(noise)
    expect(garbled()).toBe(false)
  })

  it('that are garbage never throw and never become a text beyond the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 900 }), { maxLength: 6 }), (chunks) => {
        const { texts, bytes: take } = framed()
        for (const chunk of chunks) take(chunk)
        take(bytes('\rGOOD1\r'))
        expect(texts.at(-1)).toBe('GOOD1')
        for (const text of texts) expect(bytes(text).length).toBeLessThanOrEqual(textBytesMax)
      }),
      { numRuns: 60 },
    )
  })
})
