import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import type { Content } from '../notices.ts'
import { createAnswers, createKeywords } from './keywords.ts'
import { type Language, messageNames, missingIn, readLanguages, saidOtherwise, shippedLanguages } from './languages.ts'
import { oneByOne, wordsFor } from './words.ts'

const shipped = readLanguages(shippedLanguages)
const place = { cabinet: 'Gate 3', address: '1 Main Street', zone: 'Asia/Shanghai', complaintPhone: '400-123-4567' }
// 2027-01-15 16:30 UTC: the next day in Shanghai.
const until = instant(1_800_030_600_000)
const waits = { ...place, reference: '3F2A-91BC', door: 'A07', code: '012345678', until }
const contents: readonly Content[] = [
  { template: 'sign-in-code', code: '012345', minutes: 10 },
  { template: 'stored', ...waits },
  { template: 'due-soon', ...waits },
  { template: 'overdue', ...waits },
  { template: 'kept-shorter', ...waits },
  { template: 'please-collect', ...waits },
  {
    template: 'outage-planned',
    ...place,
    outage: { from: instant(1_799_900_000_000), to: instant(1_799_950_000_000) },
    until,
  },
  {
    template: 'outage-cancelled',
    ...place,
    outage: { from: instant(1_799_900_000_000), to: instant(1_799_950_000_000) },
    until,
  },
  { template: 'which-not-mine', list: 'A07 (Gate 3, …6789); B02 (Gate 4, …0001)', example: 'A07' },
  {
    template: 'yes-too-late',
    cabinet: place.cabinet,
    address: place.address,
    complaintPhone: place.complaintPhone,
    tail: '6789',
    number: 2,
  },
  { template: 'consent-asked', ...place, carrier: 'SF Express', tail: '6789', hours: 24 },
  {
    template: 'consent-instead',
    ...place,
    former: 'Gate 1',
    metres: null,
    number: 2,
    carrier: 'SF Express',
    tail: '6789',
    hours: 24,
  },
  {
    template: 'consent-instead-near',
    ...place,
    former: 'Gate 1',
    metres: 200,
    number: 2,
    carrier: 'SF Express',
    tail: '6789',
    hours: 24,
  },
  { template: 'recalled', ...place },
]

it('ships four languages, each found by its file alone', () => {
  expect([...shipped.keys()]).toEqual(['en', 'ko', 'vi', 'zh'])
})

describe.each([...shipped])('the messages in %s', (locale, language) => {
  it.each(contents)('say all that $template has to say, and hold no link', (content) => {
    const { text, subject } = wordsFor(shipped, content, { locale })
    expect(text).not.toMatch(/[{}]|undefined|https?:|www\.|:\/\//u)
    expect(subject).not.toMatch(/[{}\n]/u)
    // The complaint number stands in each, and how long it is kept in each that speaks of a waiting parcel.
    if ('cabinet' in content)
      for (const said of [place.cabinet, place.address, place.complaintPhone]) expect(text).toContain(said)
    if ('until' in content) for (const said of ['00:30', '16']) expect(text).toContain(said)
    if ('code' in content && 'door' in content) for (const said of ['012 345 678', 'A07']) expect(text).toContain(said)
    // What a call to support is answered by, the same as on the slip.
    if (content.template === 'stored') expect(text).toContain('3F2A-91BC')
    if (content.template === 'consent-asked') expect(text).toContain('24')
    if ('former' in content) for (const said of ['Gate 1', 'Y 2', 'N 2', '24', '6789']) expect(text).toContain(said)
    if (content.template === 'yes-too-late') for (const said of ['Y 2', '6789']) expect(text).toContain(said)
    if (content.template === 'consent-instead-near') expect(text).toContain('200')
    if (content.template === 'which-not-mine')
      for (const said of [content.list, content.example]) expect(text).toContain(said)
    if (content.template === 'sign-in-code') expect(text).toContain('012345')
  })

  it('put no code on a slip that anybody may find, and speak a code digit by digit', () => {
    const content: Content = { template: 'stored', ...waits }
    for (const manner of ['slip', 'slip-by-call'] as const) {
      const slip = wordsFor(shipped, content, { locale, manner }).text
      expect(slip).not.toMatch(/012|345|678/u)
      for (const said of ['Gate 3', 'A07', '00:30', '3F2A-91BC', '400-123-4567']) expect(slip).toContain(said)
    }
    expect(wordsFor(shipped, content, { locale, manner: 'spoken' }).text).toContain('0 1 2, 3 4 5, 6 7 8')
  })

  it.each(contents.filter(({ template }) => template.startsWith('consent') || template === 'yes-too-late'))(
    'ask a call about $template to be answered by keys, with all that the text says',
    (content) => {
      const said = wordsFor(shipped, content, { locale, manner: 'spoken' }).text
      expect(said).not.toMatch(/\bY\b|\bN\b|[{}]|undefined/u)
      expect(said).toMatch(/1/u)
      if (content.template !== 'yes-too-late') expect(said).toMatch(/[^\d-]0[^\d-]/u)
      for (const value of ['Gate 3', '1 Main Street', '6789', '400-123-4567']) expect(said).toContain(value)
    },
  )

  it('name a keyword that they are answered with, in a text and not in a call', () => {
    const read = createKeywords(shipped)
    const named = (text: string, words: readonly string[]) => words.some((word) => text.toLowerCase().includes(word))
    const { accept, decline, notMine } = language.keywords
    const asked = language.messages['consent-asked']?.text ?? ''
    expect([named(asked, accept) || asked.includes('Y'), named(asked, decline) || asked.includes('N')]).toEqual([
      true,
      true,
    ])
    expect(named(language.messages.stored?.text ?? '', notMine)).toBe(true)
    expect(named(language.messages.stored?.spoken ?? '', notMine)).toBe(false)
    expect(accept.map(read)).toEqual(accept.map(() => 'accept'))
    expect(decline.map(read)).toEqual(decline.map(() => 'decline'))
    expect(notMine.map(read)).toEqual(notMine.map(() => 'notMine'))
  })
})

describe('a language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'languages-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const english = () => JSON.parse(readFileSync(join(shippedLanguages, 'en.json'), 'utf8')) as Language
  const write = (language: object) => writeFileSync(join(folder, 'xx.json'), JSON.stringify(language))

  it('is added by a translator’s file alone', () => {
    cpSync(shippedLanguages, folder, { recursive: true })
    const { messages } = english()
    const shouted = Object.entries(messages).map(([name, said]) => [name, { ...said, text: `¡${said.text}` }])
    write({
      ...english(),
      name: 'Xish',
      keywords: { accept: ['xo'], decline: ['xe'], notMine: ['xi'] },
      messages: Object.fromEntries(shouted),
    })
    const languages = readLanguages(folder)
    const said = wordsFor(languages, { template: 'recalled', ...place }, { locale: 'xx' }).text
    expect(said).toMatch(/^¡The courier/u)
    expect(['xo', 'XE', 'xi.'].map(createKeywords(languages))).toEqual(['accept', 'decline', 'notMine'])
  })

  it('that lacks a message or a value says which, and nothing is sent in half a language', () => {
    const { messages } = english()
    const { recalled: _, ...rest } = messages
    write({
      ...english(),
      messages: { ...rest, stored: { subject: 'S', text: 'At {cabinet}, {address}, {door}: {code}.' } },
    })
    expect(() => readLanguages(folder)).toThrow(
      'xx.json lacks: messages.stored {until}, messages.stored {complaintPhone}, messages.stored {reference}, messages.recalled, messages.stored.spoken',
    )
    expect(missingIn({ ...english(), messages: {} })).toHaveLength(messageNames.length + saidOtherwise.length)
    write({ ...english(), keywords: {} })
    expect(() => readLanguages(folder)).toThrow('xx.json lacks: /keywords')
  })

  it('that has no file is answered in the one that everybody has', () => {
    expect(wordsFor(shipped, { template: 'recalled', ...place }, { locale: 'qq' }).text).toContain('The courier')
  })
})

describe('what an answer is about', () => {
  const read = createAnswers(shipped)
  it.each([
    ['WRONG A07', 'notMine', 'A07'],
    ['wrong a-07.', 'notMine', 'A07'],
    ['Not mine 6789', 'notMine', '6789'],
    ['wrong number b12!', 'notMine', 'B12'],
    ['不是我的 A07', 'notMine', 'A07'],
    ['不是我的A07。', 'notMine', 'A07'],
    ['Ｗｒｏｎｇ　Ａ０７', 'notMine', 'A07'],
    ['잘못 A07', 'notMine', 'A07'],
    ['NHẦM A07', 'notMine', 'A07'],
    ['Y 6789', 'accept', '6789'],
    ['Y 2', 'accept', '2'],
    ['y2.', 'accept', '2'],
    ['N2', 'decline', '2'],
    ['同意2', 'accept', '2'],
    ['拒收 2', 'decline', '2'],
    ['동의 2', 'accept', '2'],
    ['거절2', 'decline', '2'],
    ['Đồng ý 2', 'accept', '2'],
  ])('in %j is %s of %s', (text, word, about) => expect(read(text)).toEqual({ word, about }))

  it.each([
    ['1', 'accept'],
    ['0', 'decline'],
    ['WRONG', 'notMine'],
    ['不是我的，发错了', 'notMine'],
  ])('is not said by %j', (text, word) => expect(read(text)).toEqual({ word }))

  it.each(['A07', '6789', 'what is A07', 'maybe 1', ''])('is nothing in %j', (text) =>
    expect(read(text)).toBeUndefined(),
  )

  it.each([...shipped])('is heard as a yes that came too late is told to be said, in %s', (locale, { keywords }) => {
    const late = { cabinet: 'Gate 3', address: '1 Main Street', complaintPhone: '400', tail: '6789', number: 2 }
    const text = wordsFor(shipped, { template: 'yes-too-late', ...late }, { locale }).text.toLowerCase()
    const told = [...keywords.accept, 'y'].filter((word) => text.includes(`${word} 2`.toLowerCase()))
    expect(told).toContain('y')
    expect(told.map((word) => read(`${word} 2`))).toEqual(told.map(() => ({ word: 'accept', about: '2' })))
  })

  it.each([...shipped])('can be answered as the question asks it, in %s', (locale, { keywords, messages }) => {
    const words = wordsFor(shipped, { template: 'which-not-mine', list: '', example: 'A07' }, { locale }).text
    const asked = keywords.notMine.find((word) => words.toLowerCase().includes(`${word} a07`.toLowerCase()))
    expect([messages['which-not-mine'] === undefined, read(`${asked} A07`)]).toEqual([
      false,
      { word: 'notMine', about: 'A07' },
    ])
  })
})

describe('an answer', () => {
  const read = createKeywords(shipped)
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
    'Đồng ý',
  ])('accepts with %j', (text) => expect(read(text)).toBe('accept'))
  it.each([
    'N',
    'ｎ',
    'No.',
    '拒收',
    '拒绝',
    '不同意',
    '不同意，请送货上门',
    '거절',
    '거절합니다.',
    '아니요',
    '不',
    'TỪ CHỐI',
  ])('declines with %j', (text) => expect(read(text)).toBe('decline'))
  it.each(['WRONG', 'wrong number!', 'Not mine', '不是我的', '不是我的，发错了', '잘못', 'nhầm'])(
    'disowns with %j',
    (text) => expect(read(text)).toBe('notMine'),
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
  ])('is left alone when it says %j', (text) => expect(read(text)).toBeUndefined())
  it('is spoken in threes', () =>
    expect([oneByOne('012345678'), oneByOne('123456')]).toEqual(['0 1 2, 3 4 5, 6 7 8', '1 2 3, 4 5 6']))
})
