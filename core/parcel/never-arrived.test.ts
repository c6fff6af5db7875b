import { describe, expect, it } from 'vitest'
import { replay } from '../decider/decider.ts'
import { makeId } from '../values/ids.ts'
import { hours, instant } from '../values/instants.ts'
import { parcelDecider } from './custody.ts'
import { newParcel, type Parcel, type ParcelCommand, type ParcelFact, type ParcelState } from './parcel.ts'

const now = instant(1_000)
const cabinet = makeId('cabinet', now, new Uint8Array(10))
const deposit = makeId('deposit', now, new Uint8Array(10))
const at = { cabinet, deposit }
const announced: Parcel = { ...newParcel, state: 'expected', announced: true, size: 'M' }
const gone: Parcel = { ...announced, state: 'never-arrived' }
const told = (parcel: Parcel, fact: ParcelFact) => {
  const events = parcelDecider.absorb(parcel, fact, { now })
  return { types: events.map(({ type }) => type), after: replay(parcelDecider.evolve, parcel, events) }
}

describe('a parcel that never arrives', () => {
  it.each([
    'unheard',
    'stored',
    'overdue',
    'refused',
    'recalled',
    'collected',
    'returned',
    'disputed',
    'cancelled',
    'never-arrived',
  ] as const satisfies readonly ParcelState[])('was expected: one that is %s is no such', (state) => {
    expect(told({ ...announced, state }, { type: 'neverArrived' }).types).toEqual([])
  })

  it('is given up once', () => {
    const { types, after } = told(announced, { type: 'neverArrived' })
    expect([types, after.state]).toEqual([['parcelNeverArrived'], 'never-arrived'])
    expect(parcelDecider.due(after)).toBeUndefined()
  })

  it.each<readonly [string, ParcelCommand, string]>([
    ['announced', { type: 'announce', size: 'L' }, 'expected'],
    ['asked about at a cabinet', { type: 'askConsent', cabinet }, 'expected'],
    ['corrected', { type: 'correct', phoneChanged: true, size: null }, 'parcel-over'],
    ['cancelled', { type: 'cancel' }, 'parcel-over'],
    ['consented to', { type: 'recordConsent', kind: 'parcel' }, 'parcel-over'],
  ])('and is %s: %s', (_, command, expected) => {
    const decision = parcelDecider.decide(gone, command, { now })
    expect(decision.accepted ? replay(parcelDecider.evolve, gone, decision.events).state : decision.refusal).toBe(
      expected,
    )
  })

  it('and is put in after all lies there like any other', () => {
    const { types, after } = told(gone, { type: 'deposited', ...at, retention: hours(24) })
    expect([types, after.state]).toEqual([['parcelDeposited'], 'stored'])
  })

  it('and is back with its sender is told as odd, and is back', () => {
    expect(told(gone, { type: 'returned' }).types).toEqual(['surpriseNoted', 'parcelReturned'])
  })
})
