import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { ParcelEvent } from '@holdfast/core/parcel/parcel.ts'
import { type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { hours, instant } from '@holdfast/core/values/instants.ts'
import { consentOf, dueOf, maskOf, stateOf } from '../lists/carrier-view.ts'
import { lastDay, fromRow, toRow } from './parcel-row.ts'
import { type ParcelRecord, advance, newRecord, numberOf, remark, shardOfDigest, shardOfParcel } from './record.ts'

const start = instant(1_800_000_000_000)
const id = <Kind extends IdKind>(kind: Kind, n = 1): Id<Kind> => makeId(kind, start, new Uint8Array(10).fill(n))
const place = { cabinet: id('cabinet'), deposit: id('deposit') }
const scene = { operator: id('operator'), label: 'A07', generation: 0 }
const digest = (n: number): string => n.toString(16).padStart(4, '0').padEnd(64, 'e')
const fresh = (number: string | null = 'SF1', of = digest(0x1234)): ParcelRecord =>
  newRecord({ carrier: id('carrier'), digest: of, number, locale: 'en', at: start }, new Uint8Array(10).fill(9))
const at = (n: number) => instant(start + n)
const deposited: ParcelEvent = { type: 'parcelDeposited', ...place, retention: hours(24), at: at(10) }
const stored = advance(fresh(), [deposited], scene).record

describe('the number that a parcel’s id carries', () => {
  it('names the shard in which its row lies, for every digest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (n, random) => {
        const record = newRecord(
          { carrier: id('carrier'), digest: digest(n), number: null, locale: 'en', at: start },
          random,
        )
        expect(shardOfParcel(record.id)).toBe(shardOfDigest(record.digest))
        expect(shardOfDigest(record.digest)).toBe(n >> 6)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('spreads over all 1024 shards', () => {
    expect(shardOfDigest(digest(0))).toBe(0)
    expect(shardOfDigest(digest(0xffff))).toBe(1023)
    expect(shardOfDigest(digest(0x003f))).toBe(0)
    expect(shardOfDigest(digest(0x0040))).toBe(1)
  })

  it('does not change the randomness that it was given', () => {
    const random = new Uint8Array(10).fill(9)
    newRecord({ carrier: id('carrier'), digest: digest(0xffff), number: null, locale: 'en', at: start }, random)
    expect(random).toEqual(new Uint8Array(10).fill(9))
  })
})

describe('a parcel’s history', () => {
  it('counts every line once, those that custody knows nothing of too', () => {
    const first = advance(
      fresh(),
      [{ type: 'parcelAnnounced', late: false, size: 'M', at: at(1) } as ParcelEvent],
      null,
    )
    const second = advance(first.record, [deposited], scene)
    const third = remark(second.record, 'moved', at(20), scene)
    expect([...first.news, ...second.news, ...third.news].map(({ sequence, type }) => [sequence, type])).toEqual([
      [1, 'announced'],
      [2, 'deposited'],
      [3, 'moved'],
    ])
    expect(third.record).toMatchObject({ sequence: 3, changedAt: at(20), custody: second.record.custody })
  })

  it('says where it happened, and to which house', () => {
    expect(advance(fresh(), [deposited], scene).news[0]).toMatchObject({
      ...place,
      operator: scene.operator,
      label: 'A07',
      generation: 0,
      trackingNumber: 'SF1',
      at: at(10),
    })
    expect(stored.operator).toBe(scene.operator)
    expect(remark(stored, 'moved', at(20), scene).news[0]).toMatchObject(place)
  })

  it('names a parcel whose number was lost by twelve letters of its digest', () => {
    expect(numberOf(fresh(null))).toBe(`#${digest(0x1234).slice(0, 12)}`)
    expect(numberOf(fresh('SF1'))).toBe('SF1')
  })

  it('ends once: what comes after the end does not move it', () => {
    const end: ParcelEvent = { type: 'parcelCollected', ...place, by: 'person', at: at(30) }
    const collected = advance(stored, [end], scene).record
    expect([stored.endedAt, collected.endedAt]).toEqual([null, at(30)])
    const later = advance(collected, [{ type: 'surpriseNoted', fact: 'collected', at: at(40) } as ParcelEvent], scene)
    expect(later.record).toMatchObject({ endedAt: at(30), changedAt: at(40) })
  })
})

describe('a parcel as its row has it', () => {
  const records: readonly (readonly [string, ParcelRecord])[] = [
    ['nothing known', fresh(null)],
    ['stored', stored],
    [
      'everything known',
      {
        ...stored,
        operator: id('operator', 2),
        consentRef: id('consent'),
        consentCabinet: id('cabinet', 3),
        answers: {
          [id('cabinet', 3)]: { kind: 'declined', ref: id('consent') },
          [id('cabinet', 4)]: { kind: 'sender-named-cabinet', ref: null },
        },
        namedCabinet: id('cabinet', 4),
        askedCabinet: id('cabinet', 5),
        cardCabinet: id('cabinet', 6),
        phone: '+8613812345678',
        email: 'kim@example.com',
        box: { widthMm: 1, heightMm: 2, depthMm: 3 },
        freshFood: true,
        lowDoor: true,
        valuables: true,
        agreement: 'a',
        announcedAt: at(1),
        endedAt: at(2),
      },
    ],
  ]
  it.each(records)('comes back whole: %s', (_, record) => {
    expect(fromRow(toRow(record))).toEqual(record)
  })

  it('keeps no cabinet of one kind in the column of another', () => {
    const row = toRow(records[2]?.[1] ?? stored)
    const cabinets = [row.cabinet, row.consent_cabinet, row.named_cabinet, row.asked_cabinet, row.card_cabinet]
    expect(new Set(cabinets).size).toBe(5)
  })

  it('is due only while it may become overdue', () => {
    expect(toRow(fresh()).due_at).toBeNull()
    expect(toRow(stored).due_at).toBe(at(10) + hours(24))
    const overdue = parcelDecider.evolve(stored.custody, { type: 'parcelOverdue', ...place, at: at(99) } as ParcelEvent)
    expect(toRow({ ...stored, custody: overdue }).due_at).toBeNull()
  })

  it.each([
    [undefined, hours(1), null],
    [start, null, null],
    [start, hours(0), start],
    [start, hours(24), start + hours(24)],
  ])('stored at %s for %s ms may wait until %s', (storedAt, retention, until) => {
    expect(lastDay(storedAt, retention)).toBe(until)
  })
})

describe('a parcel as its carrier sees it', () => {
  it.each([
    [null, null],
    ['+8613812345678', '138******78'],
    ['not a phone', null],
    ['', null],
  ])('a phone %s shows as %s', (phone, shown) => expect(maskOf({ phone })).toBe(shown))

  const [here, there] = [id('cabinet', 1), id('cabinet', 2)]
  it.each([
    ['nobody asked', null, null, null, 'none'],
    ['asked, no answer', null, here, null, 'asked'],
    ['agreed to lockers', 'parcel', null, null, 'given'],
    ['agreed, asked nowhere else', 'parcel', here, here, 'given'],
    ['agreed, now asked for another', 'parcel', there, here, 'asked'],
    ['agreed without naming one, now asked', 'parcel', there, null, 'given'],
    ['declined', 'declined', null, null, 'declined'],
    ['declined, asked nowhere else', 'declined', here, here, 'declined'],
    ['declined there, now asked here', 'declined', here, there, 'asked'],
    ['declined lockers, now asked', 'declined', here, null, 'declined'],
  ] as const)('consent: %s', (_, consent, askedCabinet, consentCabinet, shown) => {
    const custody = { ...stored.custody, consent } as ParcelRecord['custody']
    const answers =
      consentCabinet === null || consent === null ? {} : { [consentCabinet]: { kind: consent, ref: null } }
    expect(consentOf({ ...stored, custody, askedCabinet, consentCabinet, answers })).toBe(shown)
  })

  it('is expected before anybody heard of it, and stored until its last day', () => {
    expect(stateOf(fresh())).toBe('expected')
    expect(stateOf(stored)).toBe('stored')
    expect([dueOf(fresh()), dueOf(stored)]).toEqual([null, at(10) + hours(24)])
  })
})
