import { describe, expect, it } from 'vitest'
import {
  atWork,
  beginning,
  codesFor,
  deposit,
  doorIds,
  fineInspection,
  jams,
  nth,
  pulsed,
  seen,
  session1 as session,
  signedIn,
  stored,
  swings,
  tell,
} from '../laws/scene.testing.ts'
import { parcelsMax } from '../state.ts'

const [small = nth('compartment', 1)] = doorIds
const nothing = { freshFood: false, valuables: false, agreement: false }
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `parcel-${n + 10}`)
const begun = tell(signedIn, beginning(1))
const again = tell(stored(signedIn, 1), { type: 'wait', ms: 3_000 })
const said = (told: typeof begun): unknown =>
  typeof told.answer === 'string' ? told.answer : told.answer.map(({ type }) => type)[0]

describe('a deposit that is begun', () => {
  it.each([
    ['without a consent', { consent: null }, 'consent-missing'],
    ['with a damaged parcel', { inspection: { ...fineInspection, damaged: true } }, 'parcel-damaged'],
    ['with a weight that is off', { inspection: { ...fineInspection, weightOff: true } }, 'weight-differs'],
    ['with food and no agreement', { declared: { ...nothing, freshFood: true } }, 'goods-need-agreement'],
    ['with valuables and no agreement', { declared: { ...nothing, valuables: true } }, 'goods-need-agreement'],
    ['with both, agreed on', { declared: { freshFood: true, valuables: true, agreement: true } }, 'depositBegun'],
    ['with one parcel twice', { parcels: ['parcel-9', 'parcel-9'] }, 'parcel-already-inside'],
    ['with one that lies inside, beside another', { parcels: ['parcel-9', 'parcel-1'] }, 'parcel-already-inside'],
    ['with none', { parcels: [] }, 'deposit-not-ready'],
    ['with as many as may be', { parcels: many(parcelsMax) }, 'depositBegun'],
    ['with one more', { parcels: many(parcelsMax + 1) }, 'too-many-parcels'],
    ['under the name of another', { deposit: deposit(1) }, 'deposit-in-hand'],
    ['in a session that is none', { session: nth('session', 9) }, 'session-unknown'],
  ])('%s: %j, %s', (_, change, expected) => {
    expect(said(tell(again, beginning(2, change)))).toBe(expected)
  })
})

describe('a parcel that joins', () => {
  const join = {
    type: 'joinParcel',
    session,
    deposit: deposit(1),
    parcel: 'parcel-9',
    inspection: fineInspection,
  } as const
  it.each([
    ['whole', {}, 'parcelJoined'],
    ['damaged', { inspection: { ...fineInspection, damaged: true } }, 'parcel-damaged'],
    ['for the second time', { parcel: 'parcel-1' }, 'parcel-already-inside'],
    ['a deposit that is none', { deposit: deposit(7) }, 'deposit-unknown'],
    ['in a session that is none', { session: nth('session', 9) }, 'session-unknown'],
  ])('%s: %j, %s', (_, change, expected) => {
    expect(said(tell(begun, { ...join, ...change }))).toBe(expected)
  })

  it('is refused where there are as many as may be', () => {
    expect(said(tell(tell(signedIn, beginning(1, { parcels: many(parcelsMax) })), join))).toBe('too-many-parcels')
  })
})

describe('the codes of a deposit', () => {
  const prepare = { type: 'prepareDeposit', deposit: deposit(2), codes: codesFor(2) } as const
  const second = tell(again, beginning(2))
  const [first, next] = codesFor(2)
  if (first === undefined || next === undefined) throw new Error('two generations')
  it.each([
    ['fresh', codesFor(2), 'depositPrepared'],
    ['one only', [first], 'deposit-not-ready'],
    ['in the wrong order', [next, first], 'deposit-not-ready'],
    ['equal', [first, { ...next, tag: first.tag }], 'deposit-not-ready'],
    ['one of them alive elsewhere (law 7)', [first, { ...next, tag: 'tag-1-0' }], 'deposit-not-ready'],
  ])('%s: %j, %s', (_, codes, expected) => {
    expect(said(tell(second, { ...prepare, codes }))).toBe(expected)
  })
})

describe('the word of a courier', () => {
  const done = { type: 'confirmDeposit', session, deposit: deposit(1) } as const
  const ready = tell(begun, { type: 'prepareDeposit', deposit: deposit(1), codes: codesFor(1) })
  it.each([
    ['while the door is opening', tell(ready, pulsed(small)), 'door-busy'],
    ['while it stands open', tell(ready, ...swings(small)), 'door-open'],
    ['while its hook hangs free', tell(ready, ...swings(small), seen(small, 'unlatched')), 'door-open'],
    ['where it never opened', tell(ready, ...jams(small)), 'door-not-cycled'],
    ['before there are codes', tell(begun, ...swings(small), seen(small, 'shut')), 'deposit-not-ready'],
    [
      'where nobody sees it',
      tell(ready, ...swings(small), seen(small, 'shut'), seen(small, 'unknown')),
      'door-not-cycled',
    ],
    ['after it was seen shut', tell(ready, ...swings(small), seen(small, 'shut')), 'depositMade'],
    ['at a cabinet that he left', atWork, 'session-unknown'],
  ])('%s: %#', (_, told, expected) => {
    expect(said(tell(told, done))).toBe(expected)
  })
})
