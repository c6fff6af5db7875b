import { describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { locales } from '@holdfast/wire/codes/messages.ts'
import type { Content } from '../notices.ts'
import { readKeyword } from './keywords.ts'
import { templates, wordsFor } from './words.ts'

const place = { cabinet: 'Gate 3', address: '1 Main Street', zone: 'Asia/Shanghai', complaintPhone: '400-123-4567' }
// 2027-01-15 16:30 UTC: the next day in Shanghai.
const until = instant(1_800_030_600_000)
const contents: readonly Content[] = [
  { template: 'sign-in-code', code: '012345', minutes: 10 },
  { template: 'stored', ...place, door: 'A07', code: '012345678', until },
  { template: 'overdue', ...place, door: 'A07', code: '012345678' },
  { template: 'consent-asked', ...place, carrier: 'SF Express', tail: '6789' },
  { template: 'recalled', ...place },
]

describe.each(locales)('the messages in %s', (locale) => {
  it.each(contents)('say all that $template has to say, and hold no link', (content) => {
    const { text, subject } = wordsFor(content, locale)
    expect(text).not.toMatch(/[{}]|undefined|https?:|www\.|:\/\//u)
    expect(subject).not.toMatch(/[{}\n]/u)
    if (content.template !== 'sign-in-code') {
      for (const said of [place.cabinet, place.address, place.complaintPhone]) expect(text).toContain(said)
    }
    if (content.template === 'stored')
      for (const said of ['012 345 678', 'A07', '00:30', '16']) expect(text).toContain(said)
    if (content.template === 'sign-in-code') expect(text).toContain('012345')
  })

  it('has words for every template, with the same values as the others', () => {
    const valuesIn = (text: string) => new Set(text.match(/\{\w+\}/gu))
    for (const [name, { text }] of Object.entries(templates[locale])) {
      const others = Object.entries(templates.en).find(([other]) => other === name)?.[1].text ?? ''
      expect(valuesIn(text)).toEqual(valuesIn(others))
    }
  })

  it('names the keywords that it is answered with', () => {
    const asked = templates[locale]['consent-asked'].text
    const named = { zh: ['同意', '拒收'], en: ['Y', 'N'], ko: ['동의', '거절'] }[locale]
    expect(named.map((word) => [asked.includes(word), readKeyword(word)])).toEqual([
      [true, 'accept'],
      [true, 'decline'],
    ])
  })
})

describe('an answer', () => {
  it.each([
    'Y',
    ' y ',
    'Ｙ',
    'YES!',
    'ok.',
    '同意',
    '同 意',
    '同意。谢谢',
    '「同意」',
    '동의',
    '동의합니다',
    ' 네 ',
    '１',
  ])('accepts with %j', (text) => expect(readKeyword(text)).toBe('accept'))
  it.each(['N', 'ｎ', 'No.', '拒收', '拒绝', '不同意', '不同意，请送货上门', '거절', '거절합니다.', '아니요', '不'])(
    'declines with %j',
    (text) => expect(readKeyword(text)).toBe('decline'),
  )
  it.each([
    '',
    '   ',
    'maybe',
    'no problem',
    'yes but no',
    '同意吗',
    '동의하지 않습니다',
    '什么快件?',
    'why',
    '😀',
    'y'.repeat(200),
  ])('is left alone when it says %j', (text) => expect(readKeyword(text)).toBeUndefined())
})
