import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { replay } from '../decider/decider.ts'
import { makeId } from '../values/ids.ts'
import { hours, instant } from '../values/instants.ts'
import { parcelDecider } from './custody.ts'
import { newParcel, type Parcel, type ParcelCommand, type ParcelFact, type ParcelState } from './parcel.ts'

const cabinet = makeId('cabinet', instant(1), new Uint8Array(10))
const here = makeId('deposit', instant(1), new Uint8Array(10))
const elsewhere = makeId('deposit', instant(2), new Uint8Array(10))
const now = instant(1_000)
const storage = { cabinet, deposit: here, storedAt: instant(0) }
const retention = hours(48)

const heard: Parcel = { ...newParcel, announced: true, size: 'M', retention }
const states: Readonly<Record<ParcelState, Parcel>> = {
  unheard: newParcel,
  expected: { ...heard, state: 'expected' },
  stored: { ...heard, state: 'stored', storage },
  overdue: { ...heard, state: 'overdue', storage },
  refused: { ...heard, state: 'refused', storage, complaint: 'damaged' },
  recalled: { ...heard, state: 'recalled', storage },
  collected: { ...heard, state: 'collected', storage },
  returned: { ...heard, state: 'returned', storage },
  disputed: { ...heard, state: 'disputed', storage },
  cancelled: { ...heard, state: 'cancelled' },
  'never-arrived': { ...heard, state: 'never-arrived' },
}
const columns = [
  'unheard',
  'expected',
  'stored',
  'overdue',
  'refused',
  'recalled',
  'collected',
  'returned',
  'disputed',
  'cancelled',
  'never-arrived',
] as const satisfies readonly ParcelState[]

type Row = readonly [string, string, string, string, string, string, string, string, string, string, string]

describe('a command to a parcel', () => {
  const commands: Readonly<Record<string, ParcelCommand>> = {
    announce: { type: 'announce', size: 'M' },
    'correct phone': { type: 'correct', phoneChanged: true, size: null },
    'correct size': { type: 'correct', phoneChanged: false, size: 'L' },
    cancel: { type: 'cancel' },
    'ask consent': { type: 'askConsent', cabinet },
    consent: { type: 'recordConsent', kind: 'parcel' },
  }
  const twice = 'parcel-already-announced'
  const inside = 'parcel-already-stored'
  const over = 'parcel-over'
  const amended = 'parcelCorrected'
  const table: Readonly<Record<keyof typeof commands, Row>> = {
    announce: ['parcelAnnounced', twice, twice, twice, twice, twice, twice, twice, twice, twice, 'parcelAnnounced'],
    'correct phone': ['parcel-unknown', amended, amended, amended, amended, over, over, over, over, over, over],
    'correct size': ['parcel-unknown', 'parcelCorrected', inside, inside, inside, over, over, over, over, over, over],
    cancel: ['parcel-unknown', 'parcelCancelled', inside, inside, inside, over, over, over, over, over, over],
    'ask consent': [
      'consentAsked',
      'consentAsked',
      inside,
      inside,
      inside,
      over,
      over,
      over,
      over,
      over,
      'consentAsked',
    ],
    consent: [
      'parcel-unknown',
      'consentRecorded',
      'consentRecorded',
      'consentRecorded',
      'consentRecorded',
      over,
      over,
      over,
      over,
      over,
      over,
    ],
  }
  it.each(Object.keys(commands).flatMap((name) => columns.map((state, i) => [name, state, table[name]?.[i]] as const)))(
    '%s, %s: %s',
    (name, state, expected) => {
      const command = commands[name]
      if (command === undefined) throw new Error('no such command')
      const decision = parcelDecider.decide(states[state], command, { now })
      expect(decision.accepted ? decision.events.map(({ type }) => type).join(' ') : decision.refusal).toBe(expected)
    },
  )
})

describe('a fact about a parcel', () => {
  const facts: Readonly<Record<string, ParcelFact>> = {
    'deposited here': { type: 'deposited', cabinet, deposit: here, retention },
    'deposited elsewhere': { type: 'deposited', cabinet, deposit: elsewhere, retention },
    collected: { type: 'collected', cabinet, deposit: here, by: 'person' },
    refused: { type: 'refused', cabinet, deposit: here, why: 'damaged' },
    recalled: { type: 'recalled', cabinet, deposit: here },
    disputed: { type: 'disputed', cabinet, deposit: here },
    depositCancelled: { type: 'depositCancelled', cabinet, deposit: here },
    'collected elsewhere': { type: 'collected', cabinet, deposit: elsewhere, by: 'person' },
    returned: { type: 'returned' },
    'time passed': { type: 'timePassed' },
    'kept longer': { type: 'keptLonger', deposit: here, retention: hours(60) },
    'kept longer elsewhere': { type: 'keptLonger', deposit: elsewhere, retention: hours(60) },
    'kept no longer': { type: 'keptLonger', deposit: here, retention },
    'kept shorter': { type: 'keptShorter', deposit: here, retention: hours(30) },
    'kept shorter elsewhere': { type: 'keptShorter', deposit: elsewhere, retention: hours(30) },
    'kept no shorter': { type: 'keptShorter', deposit: here, retention },
  }
  const oddly = (event: string): string => `surpriseNoted ${event}`
  const odd = 'surpriseNoted'
  const d = 'parcelDeposited'
  const c = 'parcelCollected'
  const r = 'parcelReturned'
  const table: Readonly<Record<keyof typeof facts, Row>> = {
    'deposited here': [d, d, '', '', '', '', '', '', '', oddly(d), d],
    'deposited elsewhere': [d, d, odd, odd, odd, oddly(d), oddly(d), oddly(d), oddly(d), oddly(d), d],
    collected: [oddly(c), oddly(c), c, c, c, odd, '', odd, odd, oddly(c), oddly(c)],
    refused: [
      oddly('parcelRefused'),
      oddly('parcelRefused'),
      'parcelRefused',
      'parcelRefused',
      '',
      odd,
      odd,
      odd,
      odd,
      oddly('parcelRefused'),
      oddly('parcelRefused'),
    ],
    recalled: [
      oddly('parcelRecalled'),
      oddly('parcelRecalled'),
      'parcelRecalled',
      'parcelRecalled',
      'parcelRecalled',
      '',
      odd,
      odd,
      odd,
      oddly('parcelRecalled'),
      oddly('parcelRecalled'),
    ],
    disputed: [
      oddly('parcelDisputed'),
      oddly('parcelDisputed'),
      'parcelDisputed',
      'parcelDisputed',
      'parcelDisputed',
      odd,
      odd,
      odd,
      '',
      oddly('parcelDisputed'),
      oddly('parcelDisputed'),
    ],
    depositCancelled: ['', '', 'parcelTakenBack', 'parcelTakenBack', 'parcelTakenBack', odd, odd, odd, odd, '', ''],
    'collected elsewhere': [oddly(c), oddly(c), odd, odd, odd, odd, odd, odd, odd, oddly(c), oddly(c)],
    returned: [oddly(r), oddly(r), oddly(r), oddly(r), oddly(r), r, oddly(r), '', oddly(r), oddly(r), oddly(r)],
    'time passed': ['', '', '', '', '', '', '', '', '', '', ''],
    'kept longer': ['', '', 'parcelKeptLonger', '', '', '', '', '', '', '', ''],
    'kept longer elsewhere': ['', '', '', '', '', '', '', '', '', '', ''],
    'kept no longer': ['', '', '', '', '', '', '', '', '', '', ''],
    'kept shorter': ['', '', 'parcelKeptShorter', '', '', '', '', '', '', '', ''],
    'kept shorter elsewhere': ['', '', '', '', '', '', '', '', '', '', ''],
    'kept no shorter': ['', '', '', '', '', '', '', '', '', '', ''],
  }
  it.each(Object.keys(facts).flatMap((name) => columns.map((state, i) => [name, state, table[name]?.[i]] as const)))(
    '%s, %s: %s',
    (name, state, expected) => {
      const fact = facts[name]
      if (fact === undefined) throw new Error('no such fact')
      expect(
        parcelDecider
          .absorb(states[state], fact, { now })
          .map(({ type }) => type)
          .join(' '),
      ).toBe(expected)
    },
  )
})

describe('a parcel', () => {
  it('is overdue when its retention has passed since the deposit, and says so once', () => {
    const due = parcelDecider.due(states.stored)
    expect(due).toBe(instant(hours(48)))
    const events = parcelDecider.absorb(states.stored, { type: 'timePassed' }, { now: instant(hours(48)) })
    expect(events).toEqual([{ type: 'parcelOverdue', deposit: here, at: instant(hours(48)) }])
    const overdue = replay(parcelDecider.evolve, states.stored, events)
    expect([overdue.state, parcelDecider.due(overdue)]).toEqual(['overdue', undefined])
  })

  it('is due later once it is kept longer, and never sooner', () => {
    const told = (state: typeof states.stored, keep: number) =>
      parcelDecider.absorb(state, { type: 'keptLonger', deposit: here, retention: hours(keep) }, { now })
    const longer = replay(parcelDecider.evolve, states.stored, told(states.stored, 60))
    expect(parcelDecider.due(longer)).toBe(instant(hours(60)))
    expect(told(longer, 59)).toEqual([])
    expect(parcelDecider.absorb(longer, { type: 'timePassed' }, { now: instant(hours(48)) })).toEqual([])
  })

  it('is due sooner once it is kept shorter, and what moves one way never moves the other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.constantFrom('keptLonger', 'keptShorter'), (keep, type) => {
        const events = parcelDecider.absorb(states.stored, { type, deposit: here, retention: hours(keep) }, { now })
        const due = parcelDecider.due(replay(parcelDecider.evolve, states.stored, events)) ?? 0
        const isMoved = type === 'keptLonger' ? keep > 48 : keep < 48
        expect([events.length, due]).toEqual(isMoved ? [1, hours(keep)] : [0, hours(48)])
      }),
    )
  })

  it('joins its live deposit when it is announced late', () => {
    const walkUp = replay(
      parcelDecider.evolve,
      newParcel,
      parcelDecider.absorb(newParcel, { type: 'deposited', cabinet, deposit: here, retention }, { now }),
    )
    const decision = parcelDecider.decide(walkUp, { type: 'announce', size: 'M' }, { now })
    expect(decision).toMatchObject({ accepted: true, events: [{ type: 'parcelAnnounced', late: true }] })
    const joined = decision.accepted ? replay(parcelDecider.evolve, walkUp, decision.events) : walkUp
    expect(joined).toMatchObject({ state: 'stored', announced: true, retention, storage: { deposit: here } })
  })

  it('is expected from the moment a courier asks for consent, and may still be announced', () => {
    const asked = replay(parcelDecider.evolve, newParcel, [{ type: 'consentAsked', cabinet, at: now }])
    expect(asked).toMatchObject({ state: 'expected', announced: false })
    expect(parcelDecider.decide(asked, { type: 'announce', size: 'M' }, { now }).accepted).toBe(true)
  })

  it('keeps the term of its cabinet when it is announced late', () => {
    const event = { type: 'parcelAnnounced', size: 'M', late: true, at: now } as const
    expect(parcelDecider.evolve(states.stored, event)).toMatchObject({ retention, state: 'stored' })
  })

  it('has its code renewed when the phone is corrected while it waits, not before', () => {
    const corrected = (state: ParcelState): unknown =>
      parcelDecider.decide(states[state], { type: 'correct', phoneChanged: true, size: null }, { now })
    expect(corrected('stored')).toMatchObject({ events: [{ renewCode: true }] })
    expect(corrected('overdue')).toMatchObject({ events: [{ renewCode: true }] })
    expect(corrected('expected')).toMatchObject({ events: [{ renewCode: false }] })
    expect(corrected('refused')).toMatchObject({ events: [{ renewCode: false }] })
  })

  it('takes another size while it is awaited, and keeps its own once it lies behind a door', () => {
    const sized = (state: ParcelState): unknown => {
      const decision = parcelDecider.decide(states[state], { type: 'correct', phoneChanged: true, size: 'L' }, { now })
      return decision.accepted ? replay(parcelDecider.evolve, states[state], decision.events).size : decision.refusal
    }
    expect([sized('expected'), sized('stored'), sized('overdue')]).toEqual(['L', 'M', 'M'])
  })

  it('is expected again once the courier took it back', () => {
    const back = replay(
      parcelDecider.evolve,
      states.stored,
      parcelDecider.absorb(states.stored, { type: 'depositCancelled', cabinet, deposit: here }, { now }),
    )
    expect(back).toMatchObject({ state: 'expected' })
    expect(parcelDecider.absorb(back, { type: 'depositCancelled', cabinet, deposit: here }, { now })).toEqual([])
    expect(parcelDecider.absorb(back, { type: 'deposited', cabinet, deposit: here, retention }, { now })).toEqual([])
    expect(
      parcelDecider.absorb(back, { type: 'deposited', cabinet, deposit: elsewhere, retention }, { now }),
    ).toMatchObject([{ type: 'parcelDeposited' }])
  })

  it('takes any facts in any order, and the same fact again says nothing new', () => {
    const deposits = fc.constantFrom(here, elsewhere)
    const fact: fc.Arbitrary<ParcelFact> = fc.oneof(
      deposits.map((deposit): ParcelFact => ({ type: 'deposited', cabinet, deposit, retention })),
      deposits.map((deposit): ParcelFact => ({ type: 'collected', cabinet, deposit, by: 'silence' })),
      deposits.map((deposit): ParcelFact => ({ type: 'refused', cabinet, deposit, why: 'not-wanted' })),
      deposits.map((deposit): ParcelFact => ({ type: 'recalled', cabinet, deposit })),
      deposits.map((deposit): ParcelFact => ({ type: 'depositCancelled', cabinet, deposit })),
      fc.constant<ParcelFact>({ type: 'returned' }),
    )
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 12 }), (told) => {
        let parcel = newParcel
        for (const each of told) {
          parcel = replay(parcelDecider.evolve, parcel, parcelDecider.absorb(parcel, each, { now }))
          const again = parcelDecider.absorb(parcel, each, { now })
          expect(again.filter(({ type }) => type !== 'surpriseNoted')).toEqual([])
        }
      }),
    )
  })
})
