import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replay } from '../decider/decider.ts'
import { makeId } from '../values/ids.ts'
import { after, durationMs, hours, instant } from '../values/instants.ts'
import { lies, parcelDecider } from './custody.ts'
import { newParcel, type Parcel, type ParcelCommand, type ParcelEvent, type ParcelFact } from './parcel.ts'

const nobody = makeId('cabinet', instant(9), new Uint8Array(10))
const nothing = makeId('deposit', instant(9), new Uint8Array(10))
const cabinets = [1, 2].map((n) => makeId('cabinet', instant(n), new Uint8Array(10)))
const deposits = [1, 2, 3].map((n) => makeId('deposit', instant(n), new Uint8Array(10)))
const { absorb, decide, due, evolve } = parcelDecider

const place = fc.record({ cabinet: fc.constantFrom(...cabinets), deposit: fc.constantFrom(...deposits) })
const retention = fc.integer({ min: 1, max: 100 }).map(hours)
const fact: fc.Arbitrary<ParcelFact> = fc.oneof(
  fc.tuple(place, retention).map(([at, kept]): ParcelFact => ({ type: 'deposited', ...at, retention: kept })),
  place.map((at): ParcelFact => ({ type: 'collected', ...at, by: 'person' })),
  place.map((at): ParcelFact => ({ type: 'refused', ...at, why: 'damaged' })),
  fc
    .tuple(place, fc.constantFrom('recalled', 'disputed', 'depositCancelled'))
    .map(([at, type]): ParcelFact => ({ type, ...at })),
  fc.constantFrom<ParcelFact>({ type: 'returned' }, { type: 'timePassed' }),
)
const command: fc.Arbitrary<ParcelCommand> = fc.constantFrom<ParcelCommand>(
  { type: 'announce', size: 'M' },
  { type: 'correct', phoneChanged: true, size: null },
  { type: 'correct', phoneChanged: false, size: 'L' },
  { type: 'cancel' },
  { type: 'recordConsent', kind: 'parcel' },
  { type: 'recordConsent', kind: 'declined' },
  { type: 'recordConsent', kind: 'sender-named-cabinet' },
)
type Told = { readonly asked: ParcelCommand } | { readonly seen: ParcelFact }
const told: fc.Arbitrary<Told> = fc.oneof(
  command.map((asked) => ({ asked })),
  fact.map((seen) => ({ seen })),
)
/** Each after an hour or so. */
const story = fc.array(fc.tuple(told, fc.integer({ min: 0, max: 200 })), { maxLength: 14 })

/** Every step of a story: the parcel before, what was said, and the parcel after. */
function* steps(of: readonly (readonly [Told, number])[]) {
  let parcel = newParcel
  let now = instant(1_000)
  for (const [one, hoursLater] of of) {
    now = after(now, hours(hoursLater))
    const before = parcel
    let events: readonly ParcelEvent[]
    if ('seen' in one) events = absorb(parcel, one.seen, { now })
    else {
      const decision = decide(parcel, one.asked, { now })
      events = decision.accepted ? decision.events : []
    }
    parcel = replay(evolve, parcel, events)
    yield { before, one, events, parcel, now }
  }
}
const always = (holds: (step: ReturnType<typeof steps> extends Generator<infer Step> ? Step : never) => void): void =>
  fc.assert(fc.property(story, (of) => [...steps(of)].forEach(holds)))

describe('a parcel, whatever is told of it in whatever order', () => {
  it('lies where its last deposit says, and only a fact of that deposit moves it (law 3)', () => {
    always(({ before, one, parcel }) => {
      if (lies(parcel)) expect(parcel.storage).not.toBeNull()
      if (!lies(before) || 'asked' in one) return
      const { seen } = one
      const isIts = !('deposit' in seen) || seen.deposit === before.storage?.deposit
      if (!isIts) expect(parcel).toEqual(before)
    })
  })

  it('is moved out of its door by no command: only what was seen there does', () => {
    always(({ before, one, parcel }) => {
      if (lies(before) && 'asked' in one) expect([parcel.state, parcel.storage]).toEqual([before.state, before.storage])
    })
  })

  it('is due exactly while it is stored, at its deposit and the term of that cabinet', () => {
    always(({ parcel }) => {
      const { storage } = parcel
      const expected =
        parcel.state === 'stored' && storage !== null && parcel.retention !== null
          ? after(storage.storedAt, parcel.retention)
          : undefined
      expect(due(parcel)).toBe(expected)
    })
  })

  it('has the term of the cabinet that it was put in last, never one of before', () => {
    always(({ events, one, parcel }) => {
      if (!('seen' in one) || one.seen.type !== 'deposited') return
      if (events.some(({ type }) => type === 'parcelDeposited')) expect(parcel.retention).toBe(one.seen.retention)
    })
  })

  it('says of every fact that changes nothing why it is odd, or that it is known already', () => {
    always(({ before, one, events, parcel }) => {
      if (!('seen' in one) || events.length > 0) return
      expect(parcel).toEqual(before)
    })
  })

  it('becomes overdue once for each time that it is put in', () => {
    fc.assert(
      fc.property(story, (of) => {
        const said = [...steps(of)].flatMap(({ events }) => events.map(({ type }) => type))
        const count = (wanted: ParcelEvent['type']) => said.filter((type) => type === wanted).length
        expect(count('parcelOverdue')).toBeLessThanOrEqual(count('parcelDeposited'))
      }),
    )
  })

  it('forgets no answer about a locker but by another answer, or because it is for another person now', () => {
    always(({ before, one, events, parcel }) => {
      if ('asked' in one && one.asked.type === 'recordConsent') return
      const isAnothers = events.some((event) => event.type === 'parcelCorrected' && event.phoneChanged)
      const stands = !isAnothers || before.consent === 'sender-named-cabinet'
      expect(parcel.consent).toBe(stands ? before.consent : null)
    })
  })
})

describe('the end of a deposit that is told before its beginning', () => {
  const at = { cabinet: cabinets[0], deposit: deposits[0] } as {
    cabinet: (typeof cabinets)[0]
    deposit: (typeof deposits)[0]
  }
  const begun: ParcelFact = { type: 'deposited', ...at, retention: hours(48) }
  const folded = (facts: readonly ParcelFact[]): Parcel =>
    facts.reduce((parcel, each) => replay(evolve, parcel, absorb(parcel, each, { now: instant(5) })), newParcel)

  it.each<ParcelFact>([
    { type: 'collected', ...at, by: 'person' },
    { type: 'refused', ...at, why: 'damaged' },
    { type: 'recalled', ...at },
    { type: 'disputed', ...at },
  ])('comes to the same: $type', (end) => {
    expect([folded([end, begun]).state, folded([begun, end]).state]).toEqual([end.type, end.type])
    expect(folded([end, begun]).storage?.deposit).toBe(at.deposit)
    expect(folded([begun, end, begun, end])).toEqual(folded([begun, end]))
  })
})

describe('what is odd', () => {
  it.each<readonly [ParcelFact, (typeof deposits)[0] | null]>([
    [{ type: 'returned' }, null],
    [{ type: 'disputed', cabinet: cabinets[0] ?? nobody, deposit: deposits[1] ?? nothing }, deposits[1] ?? null],
  ])('is noted with its deposit, where it has one: %j', (fact, deposit) => {
    const collected: Parcel = { ...newParcel, state: 'collected' }
    const noted = absorb(collected, fact, { now: instant(5) })
    const odd = { type: 'surpriseNoted', fact: fact.type, state: 'collected', deposit }
    expect(noted).toContainEqual(expect.objectContaining(odd))
  })
})

it('keeps the answer of a recipient whose parcel only turned out larger, and what its sender named (R-01)', () => {
  const corrected = (consent: Parcel['consent'], phoneChanged: boolean): Parcel['consent'] =>
    evolve(
      { ...newParcel, state: 'expected', consent },
      { type: 'parcelCorrected', phoneChanged, size: 'L', renewCode: false, at: instant(5) },
    ).consent
  expect([corrected('parcel', false), corrected('parcel', true)]).toEqual(['parcel', null])
  expect(corrected('sender-named-cabinet', true)).toBe('sender-named-cabinet')
})

it('is over once it is cancelled', () => {
  expect(evolve({ ...newParcel, state: 'expected' }, { type: 'parcelCancelled', at: instant(5) }).state).toBe(
    'cancelled',
  )
})

describe('a term', () => {
  const stored: Parcel = {
    ...newParcel,
    state: 'stored',
    retention: hours(48),
    storage: {
      cabinet: makeId('cabinet', instant(1), new Uint8Array(10)),
      deposit: makeId('deposit', instant(1), new Uint8Array(10)),
      storedAt: instant(0),
    },
  }
  it.each([
    [durationMs(hours(48) - 1), []],
    [hours(48), ['parcelOverdue']],
    [hours(49), ['parcelOverdue']],
  ])('is over at its instant: after %i ms %j', (passed, expected) => {
    const events = absorb(stored, { type: 'timePassed' }, { now: instant(passed) })
    expect(events.map(({ type }) => type)).toEqual(expected)
  })
})
