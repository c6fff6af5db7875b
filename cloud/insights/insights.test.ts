import { beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import { createInsights, type InsightsPorts } from './insights.ts'

const random = new Uint8Array(10)
const [mine, theirs] = [makeId('operator', instant(1), random), makeId('operator', instant(2), random)]
const parcel = makeId('parcel', instant(3), random)
const [first, second] = [makeId('deposit', instant(4), random), makeId('deposit', instant(5), random)]
const cabinet = makeId('cabinet', instant(6), random)

const line = (at: number, source: TimelineEntry['source'], type: string): TimelineEntry => ({
  at: instant(at),
  source,
  type,
  seq: null,
  detail: {},
})
const fact = (seq: number, at: number, type: string) => ({ seq, at: instant(at), type, label: 'B07' })
const message = (at: number, template: string) => ({
  at: instant(at),
  template,
  channel: 'sms',
  status: 'sent',
  attempts: 1,
})

/** What the four rooms know, and what they were asked. */
const known = {
  deposits: [] as (typeof first)[],
  lines: [] as TimelineEntry[],
  facts: new Map<string, ReturnType<typeof fact>[]>(),
  webhooks: [] as TimelineEntry[],
  messages: [] as ReturnType<typeof message>[],
  asked: [] as unknown[],
}
beforeEach(() => {
  Object.assign(known, { deposits: [], lines: [], facts: new Map(), webhooks: [], messages: [], asked: [] })
})

const ports = {
  parcels: {
    search: async () => ({ items: [], next: null }),
    operatorParcels: async () => [],
    history: async (operator: unknown) =>
      operator === mine
        ? {
            parcel: { id: parcel },
            deposits: known.deposits.map((deposit) => ({ cabinet, deposit })),
            lines: known.lines,
          }
        : undefined,
  },
  cabinets: {
    story: async (operator: unknown, at: { readonly deposit: string }) => {
      known.asked.push(['cabinets', operator, at.deposit])
      return known.facts.get(at.deposit) ?? []
    },
  },
  carriers: {
    story: async (operator: unknown) => {
      known.asked.push(['carriers', operator])
      return known.webhooks
    },
  },
  notices: {
    story: async (about: { readonly deposits: readonly string[] }) => {
      known.asked.push(['notices', about.deposits])
      return known.messages
    },
  },
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stand-ins of four faces.
} as unknown as InsightsPorts

const insights = createInsights(ports)
const told = async () => (await insights.story(mine, parcel))?.timeline.map(({ type }) => type)

describe('the story of a parcel', () => {
  it('is told in the order of time, whoever knows it', async () => {
    known.deposits = [first]
    known.lines = [line(10, 'cloud', 'announced'), line(50, 'cloud', 'collected')]
    known.facts.set(first, [fact(7, 20, 'depositBegun'), fact(8, 30, 'depositMade')])
    known.messages = [message(40, 'stored')]
    known.webhooks = [line(45, 'webhook', 'parcel.deposited')]
    expect(await told()).toEqual([
      'announced',
      'depositBegun',
      'depositMade',
      'stored',
      'parcel.deposited',
      'collected',
    ])
  })

  it('tells what happened at one instant in the order of causes', async () => {
    known.deposits = [first]
    known.webhooks = [line(10, 'webhook', 'parcel.deposited')]
    known.messages = [message(10, 'stored')]
    known.lines = [line(10, 'cloud', 'stored-in-cloud')]
    known.facts.set(first, [fact(9, 10, 'doorShut'), fact(8, 10, 'doorOpened')])
    expect(await told()).toEqual(['doorOpened', 'doorShut', 'stored-in-cloud', 'stored', 'parcel.deposited'])
  })

  it('holds every deposit that the parcel was part of', async () => {
    known.deposits = [first, second]
    known.facts.set(second, [fact(90, 20, 'depositMade')])
    known.facts.set(first, [fact(8, 10, 'depositRecalled')])
    expect(await told()).toEqual(['depositRecalled', 'depositMade'])
    expect(known.asked).toContainEqual(['notices', [first, second]])
  })

  it('names the door by its label and the journal’s number, and nobody', async () => {
    known.deposits = [first]
    known.facts.set(first, [fact(8, 10, 'doorOpened')])
    const story = await insights.story(mine, parcel)
    expect(story?.timeline).toEqual([
      { at: 10, source: 'cabinet', type: 'doorOpened', seq: 8, detail: { label: 'B07' } },
    ])
  })

  it('says of a message how it went, and neither to whom nor what', async () => {
    known.messages = [message(10, 'stored')]
    const story = await insights.story(mine, parcel)
    expect(story?.timeline).toEqual([
      {
        at: 10,
        source: 'notice',
        type: 'stored',
        seq: null,
        detail: { channel: 'sms', status: 'sent', attempts: 1 },
      },
    ])
  })

  it('of one that never reached a cabinet is what the cloud knows', async () => {
    known.lines = [line(10, 'cloud', 'announced')]
    expect(await told()).toEqual(['announced'])
    expect(known.asked.flat()).not.toContain('cabinets')
  })

  it('is told to its operator alone, and nobody else is even asked about (law 11)', async () => {
    known.deposits = [first]
    expect(await insights.story(theirs, parcel)).toBeUndefined()
    expect(known.asked).toEqual([])
    await insights.story(mine, parcel)
    expect(known.asked).toContainEqual(['cabinets', mine, first])
    expect(known.asked).toContainEqual(['carriers', mine])
  })
})
