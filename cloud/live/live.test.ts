import { beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { cabinetTopics } from '../cabinets/facts.ts'
import type { LiveEvent } from '../platform/http/route.ts'
import type { OutboxEvent, Page } from '../platform/outbox/events.ts'
import { alertsTopic } from '../risks/risks.ts'
import { createLive, type LivePorts } from './live.ts'

const random = new Uint8Array(10)
const [mine, theirs] = [makeId('operator', instant(1), random), makeId('operator', instant(2), random)]
const [north, south] = [makeId('cabinet', instant(3), random), makeId('cabinet', instant(4), random)]

let rows = 0
const news = (topic: string, payload: object, operator = mine): OutboxEvent => {
  rows += 1
  return { cursor: `1-${rows}`, topic, key: 'k', at: 0, payload: { operator, ...payload } }
}
const fact = (seq: number, operator = mine) =>
  news(
    cabinetTopics.facts,
    { cabinet: north, seq, event: { type: 'doorOpened', door: 'cmp', cause: { person: 'per' } }, label: 'B07', at: 5 },
    operator,
  )

let pages: Page[] = []
const asked: { readonly what: string; readonly operator: unknown; readonly ids: readonly unknown[] }[] = []
const cursors: unknown[] = []
beforeEach(() => {
  pages = []
  rows = 0
  asked.length = 0
  cursors.length = 0
})

const answer = (what: string) => async (operator: unknown, ids: readonly unknown[]) => {
  asked.push({ what, operator, ids })
  return ids.map((id) => ({ [what]: id }))
}

/** Reads until the outbox has nothing more: then the client leaves. */
async function streamed(from: { lastEventId?: string; after?: string } = {}): Promise<readonly LiveEvent[]> {
  const leaving = new AbortController()
  const ports = {
    outbox: {
      readAfter: async (cursor: unknown) => {
        cursors.push(cursor)
        return pages.shift() ?? { kind: 'events', events: [], next: 'end' }
      },
      news: async () => {
        if (pages.length === 0) leaving.abort()
      },
    },
    cabinets: { summaries: answer('cabinet') },
    risks: { alerts: answer('alert') },
    parcels: { parcels: answer('parcel') },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stand-ins of four faces.
  } as unknown as LivePorts
  const [route] = createLive(ports).routes
  if (route?.kind !== 'stream') throw new Error('no stream')
  const request = {
    caller: { operatorId: mine },
    lastEventId: from.lastEventId,
    query: from.after === undefined ? {} : { after: from.after },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the stream reads of a request.
  } as unknown as Parameters<typeof route.open>[0]
  const told: LiveEvent[] = []
  for await (const event of route.open(request, leaving.signal)) told.push(event)
  return told
}

const page = (...events: OutboxEvent[]): Page => ({ kind: 'events', events, next: `page-${events.at(-1)?.cursor}` })

describe('the live stream of an operator', () => {
  it('tells a fact by its type and its door’s label: no cause, no person', async () => {
    pages = [page(fact(812))]
    expect(await streamed()).toEqual([
      {
        id: 'page-1-1',
        event: 'fact',
        data: { cabinet: north, seq: 812, type: 'doorOpened', label: 'B07', at: 5 },
      },
    ])
  })

  it('tells nothing of another’s cabinets, and asks nothing about them (law 11)', async () => {
    const others = [
      fact(1, theirs),
      news(cabinetTopics.health, { cabinet: south }, theirs),
      news(alertsTopic, { cabinet: south, alert: 'alr_1' }, theirs),
      news('parcel-events', { parcel: 'par_1' }, theirs),
      news(cabinetTopics.orders, { order: {} }, theirs),
    ]
    pages = [page(...others)]
    expect(await streamed()).toEqual([])
    expect(asked.flatMap(({ ids }) => ids)).toEqual([])
  })

  it.each([[null], ['text'], [7], [[]], [{}]])('tells nothing of an event without an operator: %o', async (payload) => {
    pages = [page({ ...fact(1), payload })]
    expect(await streamed()).toEqual([])
  })

  it('asks about each cabinet once, however much has happened there', async () => {
    const many = Array.from({ length: 20 }, () => news(cabinetTopics.health, { cabinet: north }))
    pages = [page(...many, news(alertsTopic, { cabinet: north, alert: 'alr_1' }))]
    expect(await streamed()).toEqual([
      { event: 'cabinet', data: { cabinet: north } },
      { id: 'page-1-21', event: 'alert', data: { alert: 'alr_1' } },
    ])
    expect(asked.every(({ operator }) => operator === mine)).toBe(true)
  })

  it('tells each compartment of a batch, then its cabinet', async () => {
    pages = [page(news(cabinetTopics.rows, { cabinet: south, compartments: [{ id: 'a' }, { id: 'b' }] }))]
    expect(await streamed()).toEqual([
      { event: 'compartment', data: { cabinet: south, compartment: { id: 'a' } } },
      { event: 'compartment', data: { cabinet: south, compartment: { id: 'b' } } },
      { id: 'page-1-1', event: 'cabinet', data: { cabinet: south } },
    ])
  })

  it('gives the cursor with the last of a page alone: a page comes whole or again', async () => {
    pages = [page(fact(1), fact(2), fact(3))]
    expect((await streamed()).map((event) => ('id' in event ? event.id : undefined))).toEqual([
      undefined,
      undefined,
      'page-1-3',
    ])
  })

  it.each([
    ['where the browser left off', { lastEventId: '9-9', after: '1-1' }, '9-9'],
    ['where a page says that it stands', { after: '1-1' }, '1-1'],
    ['now, for one who has just come', {}, undefined],
  ])('goes on %s', async (_what, from, expected) => {
    await streamed(from)
    expect(cursors[0]).toBe(expected)
  })

  it('tells one who was away too long to load anew, and goes on from there', async () => {
    pages = [{ kind: 'reset', next: '50-0' }, page(fact(1))]
    expect((await streamed({ lastEventId: '1-1' })).map(({ event }) => event)).toEqual(['reset', 'fact'])
    expect(cursors.slice(0, 2)).toEqual(['1-1', '50-0'])
  })

  it('does not tell so to one who has just come and loads everything anyway', async () => {
    pages = [{ kind: 'reset', next: '50-0' }, page(fact(1))]
    expect((await streamed()).map(({ event }) => event)).toEqual(['fact'])
  })

  it('reads a full page on at once, without waiting for news', async () => {
    const full = Array.from({ length: 500 }, (_, i) => fact(i))
    pages = [page(...full), page(fact(500))]
    expect(await streamed()).toHaveLength(501)
  })
})
