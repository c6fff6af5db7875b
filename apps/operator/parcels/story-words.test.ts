import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parcelNewsTypes } from '@holdfast/cloud/parcels/events.ts'
import { alertKinds } from '@holdfast/wire/http/alerts.ts'
import { webhookTypes } from '@holdfast/wire/http/carriers.ts'
import { correctReasons } from '@holdfast/wire/http/parcels.ts'
import { eventSchemas } from '@holdfast/wire/journal/events.ts'
import { createWords } from '../../kit/words/create-words.ts'
import { type OperatorId, operatorWords } from '../../kit/words/operator/operator-words.ts'
import { sceneAt } from '../testing/scene.testing.ts'
import { cabinetsLike } from './search.tsx'
import { byDay, storyLine } from './story-words.ts'

const catalog = JSON.parse(readFileSync(new URL('../../kit/words/operator/en.json', import.meta.url), 'utf8'))
const words = createWords<OperatorId>('en', catalog)

const line = (source: 'cabinet' | 'cloud' | 'notice' | 'webhook', type: string, detail = {}) =>
  storyLine({ at: 0, source, type, seq: null, detail }, words)

describe('the words of a story', () => {
  it('know every event that a cabinet’s journal can say', () => {
    const types = eventSchemas.map(({ properties }) => String(Object(properties['type']).const))
    expect(types.filter((type) => words.find(`operator.fact.${type}`) === undefined)).toEqual([])
  })

  it('know every event of a parcel, every webhook and every alert', () => {
    expect(parcelNewsTypes.filter((type) => words.find(`operator.story.${type}`) === undefined)).toEqual([])
    expect(
      webhookTypes.filter((type) => line('webhook', type).says.includes(type.slice(7)) && type.includes('-')),
    ).toEqual([])
    expect(alertKinds.filter((kind) => words.find(`operator.alert.${kind}`) === undefined)).toEqual([])
  })

  it('say where and what else is known, in words', () => {
    expect(line('cabinet', 'doorOpened', { label: 'A07' })).toEqual({ says: 'Door opened', door: 'A07', details: [] })
    expect(line('notice', 'stored', { channel: 'sms', status: 'delivered', attempts: 1, lastError: null })).toEqual({
      says: 'Pickup message',
      door: undefined,
      details: [
        ['By', 'SMS'],
        ['State', 'delivered'],
        ['Attempts', '1'],
      ],
    })
  })

  it('say who had it told again or corrected, and why, of a courier as of a person of the house', () => {
    const details = (by: string, why: string) => line('cloud', 'corrected', { reason: 'phone', by, words: why }).details
    expect(details('courier', 'wrong-digit')).toEqual([
      ['Reason', 'phone'],
      ['By', 'courier'],
      ['Why', 'a digit was wrong'],
    ])
    expect(details('Ann Fisher', 'She called').slice(1)).toEqual([
      ['By', 'Ann Fisher'],
      ['Why', 'She called'],
    ])
  })

  it.each(['en', 'zh', 'ko'])(
    'know every reason that a courier can pick, each by words of its own, in %s',
    async (locale) => {
      const { find } = await operatorWords.load(locale)
      const said = ['courier', ...correctReasons].map((value) => find(`operator.value.${value}`))
      expect(said).not.toContain(undefined)
      expect(new Set(said).size).toBe(said.length)
    },
  )

  it('tell what is new by its own name rather than not at all', () => {
    expect(line('cabinet', 'doorPainted', { colour: 'red' })).toEqual({
      says: 'doorPainted',
      door: undefined,
      details: [['colour', 'red']],
    })
    expect(line('webhook', 'parcel.painted').says).toBe('Carrier told: painted')
  })
})

describe('a story by days', () => {
  it('keeps the order of the story and begins a day anew where it changes', () => {
    const { timeline } = sceneAt(Date.UTC(2026, 10, 23, 4))
    const days = byDay(timeline, words)
    expect(days.flatMap(({ entries }) => entries)).toEqual(timeline)
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length)
  })
})

describe('searching cabinets', () => {
  const cabinets = sceneAt(0x19000000000).cabinets.map(({ summary }) => summary)
  it.each([
    ['north harbour', ['North Gate']],
    ['图书', ['市图书馆']],
    ['광진구', ['강변 시장']],
    ['SF1402938475610', []],
    ['  ', []],
  ])('finds %j: %j', (search, names) => {
    expect(cabinetsLike(cabinets, search).map(({ name }) => name)).toEqual(names)
  })
})
