import { expect, it } from 'vitest'
import { type Phone, readPhone } from '@holdfast/core/parcel/phone.ts'
import { describeMessage, digest, idOf } from '../http/shapes.testing.ts'
import { createStandInSeals } from '../seals/stand-in.ts'
import { cardSchema, desiredSchema, nightSchema, settingsSchema, standingDigest, standingMost } from './desired.ts'

const card = {
  parcel: digest,
  carrier: idOf('carrier'),
  size: 'M',
  box: { widthMm: 300, heightMm: 200, depthMm: 100 },
  lowDoor: false,
  locale: 'zh',
  recipient: digest,
  tail: '0042',
  consent: { kind: 'parcel', ref: 'con_1' },
  declared: { freshFood: false, valuables: false, agreement: true },
  version: 1,
}
const box = (more: object): Readonly<Record<string, unknown>> => ({ box: { ...card.box, ...more } })

describeMessage('a card', {
  schema: cardSchema,
  good: card,
  also: [
    ['a parcel of unknown size', { size: null, box: null }],
    ['nobody’s phone', { recipient: null, tail: null }],
    ['no consent yet', { consent: null }],
    ['a standing consent', { consent: { kind: 'standing', ref: 'x' } }],
    ['a cabinet that the sender named', { consent: { kind: 'sender-named-cabinet', ref: 'x' } }],
    ['the smallest box', box({ widthMm: 1 })],
    ['the largest box', box({ widthMm: 10_000 })],
    ['a language of three letters', { locale: 'yue' }],
  ],
  bad: [
    ['a whole phone (law 14)', { tail: '13812345678' }],
    ['three digits', { tail: '042' }],
    ['five digits', { tail: '00042' }],
    ['letters for digits', { tail: 'OO42' }],
    ['digits of another alphabet', { tail: '００４２' }],
    ['a tracking number for its digest', { parcel: 'SF1234567890123' }],
    ['a digest in capitals', { parcel: digest.toUpperCase() }],
    ['a size that no door has', { size: 'XXL' }],
    ['a box without depth', { box: { widthMm: 1, heightMm: 1 } }],
    ['a box of nothing', box({ widthMm: 0 })],
    ['a box of ten metres and one', box({ widthMm: 10_001 })],
    ['a consent by hearsay', { consent: { kind: 'courier-said-so', ref: 'x' } }],
    ['a consent without its record', { consent: { kind: 'parcel', ref: '' } }],
    ['a declaration left out', { declared: { freshFood: false, valuables: false } }],
    ['version nought', { version: 0 }],
    ['a language in capitals', { locale: 'ZH' }],
    ['a language with its country', { locale: 'zh-CN' }],
  ],
})

describeMessage('the quiet hours of a kiosk', {
  schema: nightSchema,
  good: { fromMinute: 1320, untilMinute: 420, volumePercent: 30, brightnessPercent: 60 },
  optional: ['brightnessPercent'],
  also: [
    ['midnight', { fromMinute: 0 }],
    ['the last minute of the day', { untilMinute: 1439 }],
    ['no voice at all', { volumePercent: 0 }],
    ['the whole voice', { volumePercent: 100 }],
  ],
  bad: [
    ['a minute of the next day', { fromMinute: 1440 }],
    ['a minute of the day before', { untilMinute: -1 }],
    ['half a minute', { fromMinute: 0.5 }],
    ['a screen too faint to read', { brightnessPercent: 59 }],
    ['a screen brighter than it can be', { brightnessPercent: 101 }],
    ['more than the whole voice', { volumePercent: 101 }],
    ['less than no voice', { volumePercent: -1 }],
    ['an hour as text', { fromMinute: '22:00' }],
  ],
})

const settings = {
  siteName: '云景花园',
  address: '12 Willow Road',
  operatorName: 'Town Lockers',
  complaintPhone: '12305',
  retentionHours: 24,
  defaultCountry: 'CN',
  locales: ['zh', 'en'],
  phoneOrigin: 'https://locker.example',
  carriers: [{ id: idOf('carrier'), code: 'sf', name: 'SF Express' }],
  night: { fromMinute: 1320, untilMinute: 420, volumePercent: 30 },
  screenOut: true,
  salt: 'c2FsdA',
}

describeMessage('the settings of a cabinet', {
  schema: settingsSchema,
  good: settings,
  optional: ['screenOut', 'night'],
  also: [
    ['no carrier yet', { carriers: [] }],
    ['an hour', { retentionHours: 1 }],
    ['sixty days', { retentionHours: 1440 }],
    ['one language', { locales: ['ko'] }],
  ],
  bad: [
    ['no time to collect', { retentionHours: 0 }],
    ['more than sixty days', { retentionHours: 1441 }],
    ['half an hour', { retentionHours: 0.5 }],
    ['no language', { locales: [] }],
    ['a country in small letters', { defaultCountry: 'cn' }],
    ['a country of three letters', { defaultCountry: 'CHN' }],
    ['nobody to call', { complaintPhone: '' }],
    ['a nameless site', { siteName: '' }],
    ['65 carriers', { carriers: Array.from({ length: 65 }, () => settings.carriers[0]) }],
    ['a carrier without a name', { carriers: [{ id: idOf('carrier'), code: 'sf' }] }],
  ],
})

const many = <T>(count: number, of: T): readonly T[] => Array.from({ length: count }, () => of)

describeMessage('what the cloud wants a cabinet to know', {
  schema: desiredSchema,
  good: {
    v: 1,
    cabinet: idOf('cabinet'),
    base: 0,
    version: 7,
    settings,
    putCards: [card],
    dropCards: [digest],
    recalls: [idOf('deposit')],
    revocations: [{ deposit: idOf('deposit'), through: 0 }],
    standing: [digest],
    putStanding: [digest],
    dropStanding: [digest],
  },
  optional: ['settings', 'recalls', 'revocations', 'standing', 'putStanding', 'dropStanding'],
  also: [
    ['a change that only drops', { base: 6, putCards: [] }],
    ['lists that are emptied', { recalls: [], revocations: [], standing: [] }],
    ['256 cards', { putCards: many(256, card) }],
    ['256 cards to drop', { dropCards: many(256, digest) }],
    ['1000 recalls', { recalls: many(1000, idOf('deposit')) }],
    ['as many standing consents as a cabinet keeps', { standing: many(standingMost, digest) }],
  ],
  bad: [
    ['257 cards', { putCards: many(257, card) }],
    ['257 cards to drop', { dropCards: many(257, digest) }],
    ['1001 recalls', { recalls: many(1001, idOf('deposit')) }],
    ['1001 revocations', { revocations: many(1001, { deposit: idOf('deposit'), through: 1 }) }],
    ['a parcel for a deposit to recall', { recalls: [idOf('parcel')] }],
    ['a revocation of less than nothing', { revocations: [{ deposit: idOf('deposit'), through: -1 }] }],
    ['a phone for its digest', { standing: ['+8613812345678'] }],
    ['one standing consent more than a cabinet keeps', { standing: many(standingMost + 1, digest) }],
    ['257 new standing consents', { putStanding: many(257, digest) }],
    ['257 withdrawn ones', { dropStanding: many(257, digest) }],
    ['version nought', { version: 0 }],
    ['a base below nought', { base: -1 }],
    ['another version of the wire', { v: 2 }],
    ['one bad card among good ones', { putCards: [card, { ...card, tail: '1' }] }],
  ],
})

const phoneOf = (typed: string): Phone => {
  const read = readPhone(typed, 'CN')
  if (!read.accepted) throw new Error(read.refusal)
  return read.phone
}

it('says of a standing consent only a digest, another one in each cabinet', async () => {
  const seals = createStandInSeals(1)
  const of = async (salt: string, typed: string) => await standingDigest(seals, salt, phoneOf(typed))
  expect(await of('AAAA', '13800000001')).toMatch(/^[0-9a-f]{64}$/)
  expect(await of('AAAA', '+86 138 0000 0001')).toBe(await of('AAAA', '13800000001'))
  const others = [of('BBBB', '13800000001'), of('not base64!', '13800000001'), of('AAAA', '13800000002')]
  for (const other of await Promise.all(others)) expect(other).not.toBe(await of('AAAA', '13800000001'))
})
