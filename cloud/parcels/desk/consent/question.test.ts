import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { after, instant, minutes } from '@holdfast/core/values/instants.ts'
import { newRecord, type ParcelRecord } from '../../rows/record.ts'
import { answerWithin, headedFor, isMeant, isOpen, isUnanswered, type Meant, withQuestion } from './question.ts'

const now = instant(1_770_000_000_000)
const id = <Kind extends 'cabinet' | 'carrier' | 'consent'>(kind: Kind, n: number) =>
  makeId(kind, now, new Uint8Array(10).fill(n))
const [a, b, c] = [id('cabinet', 1), id('cabinet', 2), id('cabinet', 3)]
const fresh = newRecord(
  { carrier: id('carrier', 1), digest: '00'.repeat(32), number: 'SF1', locale: 'en', at: now },
  new Uint8Array(10),
)
const says = (record: ParcelRecord, kind: 'parcel' | 'declined'): ParcelRecord => ({
  ...record,
  answers: { ...record.answers, [record.askedCabinet ?? a]: { kind, ref: id('consent', 1) } },
  consentCabinet: record.askedCabinet,
})
const later = (n: number) => after(now, minutes(n))
const askedA = withQuestion(fresh, a, now)
const silentA = withQuestion(askedA, b, later(11))

describe('a question for consent', () => {
  it('is open until its answer, and for ten minutes at most', () => {
    expect([isOpen(fresh, now), isUnanswered(fresh, now)]).toEqual([false, false])
    const last = after(now, answerWithin)
    expect([isOpen(askedA, now), isOpen(askedA, instant(last - 1)), isOpen(askedA, last)]).toEqual([true, true, false])
    expect([isUnanswered(askedA, instant(last - 1)), isUnanswered(askedA, last)]).toEqual([false, true])
    for (const kind of ['parcel', 'declined'] as const)
      expect([isOpen(says(askedA, kind), now), isUnanswered(says(askedA, kind), last)]).toEqual([false, false])
  })

  it('from before anybody counted the time blocks no other', () => {
    const old = { ...fresh, askedCabinet: a }
    expect([isOpen(old, now), isUnanswered(old, now)]).toEqual([false, true])
    expect(withQuestion(old, b, now).question).toMatchObject({ number: 2, silent: [a], insteadOf: a })
  })

  it('knows where the parcel was to go before, and who of the former ones was not answered', () => {
    expect(askedA.question).toEqual({ about: a, at: now, number: 1, insteadOf: null, silent: [] })
    expect(silentA.question).toMatchObject({ about: b, number: 2, insteadOf: a, silent: [a] })
    expect(withQuestion(says(askedA, 'parcel'), b, now).question).toMatchObject({ insteadOf: a, silent: [] })
    const named = { ...fresh, namedCabinet: a }
    expect([headedFor(named), withQuestion(named, b, now).question?.insteadOf]).toEqual([a, a])
    expect(withQuestion(silentA, c, later(22)).question).toMatchObject({ number: 3, insteadOf: b, silent: [a, b] })
  })
})

describe('an answer', () => {
  const answered = withQuestion(says(askedA, 'declined'), b, later(1))
  it.each<[string, ParcelRecord, Meant, boolean, boolean]>([
    ['a bare yes to the only question', askedA, {}, true, true],
    ['a bare yes before anybody asked', fresh, {}, true, true],
    ['a yes to the first by its number', askedA, { number: 1 }, true, true],
    ['a yes to a question that was never put', askedA, { number: 2 }, true, false],
    ['a bare yes where the former question was answered', answered, {}, true, true],
    ['a bare yes where it was not: it may be the late one', silentA, {}, true, false],
    ['a bare no there: it opens nothing', silentA, {}, false, true],
    ['a yes by the number of the newer', silentA, { number: 2 }, true, true],
    ['a late yes by the number of the older', silentA, { number: 1 }, true, false],
    ['a late no by the number of the older', silentA, { number: 1 }, false, false],
    ['a yes beside the cabinet that is asked about', silentA, { cabinet: b }, true, true],
    ['a yes beside the former one', silentA, { cabinet: a }, true, false],
    ['a number where the parcel goes elsewhere again', { ...answered, askedCabinet: a }, { number: 2 }, true, false],
  ])('%s', (_, record, meant, accept, counts) => {
    expect(isMeant(record, meant, accept)).toBe(counts)
  })
})
