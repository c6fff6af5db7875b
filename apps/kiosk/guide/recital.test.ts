import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kioskWords } from '../../kit/words/kiosk/kiosk-words.ts'
import { echo, recite } from './recital.ts'
import type { Page } from './read-page.ts'

const press = (): void => undefined
const nothing: Page = {
  says: [],
  choices: [],
  entry: null,
  back: null,
  confirm: null,
  help: null,
  moreTime: null,
  louder: null,
  digits: null,
}
const settle: Page = {
  ...nothing,
  says: ['Is everything in order?', 'Door A07 is shut.'],
  choices: [
    { name: 'All good', locale: null, press },
    { name: 'Open again', locale: null, press },
    { name: '中文', locale: 'zh', press },
  ],
  confirm: { name: 'All good', locale: null, press },
  help: press,
}
const asksCode = (typed: number): Page => ({
  ...nothing,
  says: ['Type your pickup code'],
  entry: { typed, wanted: 9, erase: press },
  back: press,
})
const texts = (lines: readonly { readonly text: string }[]): string[] => lines.map(({ text }) => text)

describe('what is recited', () => {
  it('is the question, then every choice with its key, each in its own tongue', async () => {
    const words = await kioskWords.load('en')
    const lines = recite(settle, { words, isPrivate: false, isFirst: false })
    expect(texts(lines)).toEqual([
      'Is everything in order?',
      'Door A07 is shut.',
      '1: All good.',
      '2: Open again.',
      '3: 中文.',
      'Hash: All good.',
      '9: help. 8: volume. Zero: say again.',
    ])
    expect(lines.map(({ locale }) => locale)).toEqual(['en', 'en', 'en', 'en', 'zh', 'en', 'en'])
  })

  it('tells a newcomer first how the keys lie, and only once', async () => {
    const words = await kioskWords.load('en')
    expect(texts(recite(settle, { words, isPrivate: false, isFirst: true }))[0]).toMatch(/dot is on the 5/i)
    expect(texts(recite(settle, { words, isPrivate: false, isFirst: false }))[0]).not.toMatch(/dot/)
  })

  it.each(['zh', 'en', 'ko'])('has words for every key in %s', async (locale) => {
    const words = await kioskWords.load(locale)
    for (const page of [settle, asksCode(0), asksCode(5), { ...nothing, digits: '13800138000' }]) {
      for (const isPrivate of [true, false]) {
        for (const { text } of recite(page, { words, isPrivate, isFirst: true })) {
          expect(text).not.toMatch(/[{}]|kiosk\./)
        }
      }
    }
  })
})

describe('digits', () => {
  it('are spoken into earphones, one by one', async () => {
    const words = await kioskWords.load('en')
    expect(echo(asksCode(0), '4', { words, isPrivate: true, isFirst: false })?.text).toBe('4')
    expect(
      texts(recite({ ...nothing, digits: '1380' }, { words, isPrivate: true, isFirst: false })).includes('1 3 8 0'),
    ).toBe(true)
  })

  it('are never said aloud to a room: only how many there are, after each third', async () => {
    const words = await kioskWords.load('en')
    const said = Array.from({ length: 9 }, (_, typed) =>
      echo(asksCode(typed), '7', { words, isPrivate: false, isFirst: false }),
    )
    expect(said.map((line) => line?.text)).toEqual([
      undefined,
      undefined,
      '3 of 9 digits',
      undefined,
      undefined,
      '6 of 9 digits',
      undefined,
      undefined,
      undefined,
    ])
  })

  it('leave no trace in anything said aloud, whatever they are', async () => {
    const words = await kioskWords.load('en')
    const how = { words, isPrivate: false, isFirst: false }
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]$/), fc.stringMatching(/^[0-9]{11}$/), fc.nat(8), (digit, phone, typed) => {
        const other = digit === '0' ? '1' : '0'
        expect(echo(asksCode(typed), digit, how)).toEqual(echo(asksCode(typed), other, how))
        expect(texts(recite({ ...nothing, digits: phone }, how)).join(' ')).not.toMatch(/\d \d/)
      }),
    )
  })
})
