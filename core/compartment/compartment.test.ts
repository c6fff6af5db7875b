import { describe, expect, it } from 'vitest'
import { nth } from '../cabinet/laws/scene.testing.ts'
import { evolveCompartment, newCompartment, permits, type Compartment, type CompartmentEvent } from './compartment.ts'

const id = nth('compartment', 1)
const deposit = nth('deposit', 1)
const order = nth('order', 1)
const base: Compartment = { ...newCompartment(id), epoch: 3 }
const compartments = {
  free: base,
  held: { ...base, use: 'held', deposit, session: nth('session', 1) },
  loaded: { ...base, use: 'loaded', deposit },
  'suspect, bound': { ...base, use: 'suspect', deposit, suspicion: 'opened-remotely' },
  'suspect, empty': { ...base, use: 'suspect', suspicion: 'opened-remotely' },
  retired: { ...base, use: 'retired' },
} as const satisfies Record<string, Compartment>
const columns = Object.keys(compartments) as (keyof typeof compartments)[]

const events = {
  held: { type: 'compartmentHeld', compartment: id, epoch: 4, deposit, session: nth('session', 2) },
  released: { type: 'compartmentReleased', compartment: id },
  loaded: { type: 'compartmentLoaded', compartment: id, deposit },
  suspected: { type: 'compartmentSuspected', compartment: id, why: 'did-not-open' },
  'seen empty': { type: 'compartmentInspected', compartment: id, seen: 'empty', by: nth('staff', 1) },
  'parcel inside': { type: 'compartmentInspected', compartment: id, seen: 'parcel-inside', by: nth('staff', 1) },
  retired: { type: 'compartmentRetired', compartment: id, order },
  restored: { type: 'compartmentRestored', compartment: id, order },
  faulted: { type: 'compartmentFaulted', compartment: id, by: nth('person', 1) },
} as const satisfies Record<string, CompartmentEvent>

const no = 'compartment-not-free'
const busy = 'compartment-in-use'
const sound = 'compartment-not-suspect'
const here = 'compartment-not-retired'
type Row = readonly [string, string, string, string, string, string]
const table: Readonly<Record<keyof typeof events, Row>> = {
  held: ['held', no, no, no, no, no],
  released: ['free', 'free', 'free', 'free', 'free', 'free'],
  loaded: ['loaded', 'loaded', 'loaded', 'loaded', 'loaded', 'loaded'],
  suspected: ['suspect', 'suspect', 'suspect', 'suspect', 'suspect', 'suspect'],
  'seen empty': [sound, sound, sound, 'free', 'free', sound],
  'parcel inside': [sound, sound, sound, 'loaded', 'suspect', sound],
  retired: ['retired', busy, busy, busy, 'retired', busy],
  faulted: ['retired', 'retired', 'retired', 'retired', 'retired', 'retired'],
  restored: [here, here, here, here, here, 'suspect'],
}

describe('a compartment', () => {
  const grid = (Object.keys(events) as (keyof typeof events)[]).flatMap((event) =>
    columns.map((state, i) => [event, state, table[event][i]] as const),
  )
  it.each(grid)('%s, %s: %s', (event, state, expected) => {
    const compartment = compartments[state]
    expect(permits(compartment, events[event]) ?? evolveCompartment(compartment, events[event]).use).toBe(expected)
  })

  it('is doubted once it is in use again, for nobody has looked inside', () => {
    expect(evolveCompartment(compartments.retired, events.restored).suspicion).toBe('not-looked-into')
  })

  it('is held only in the next epoch (law 6)', () => {
    expect(permits(base, { ...events.held, epoch: 3 })).toBe(no)
    expect(permits(base, { ...events.held, epoch: 5 })).toBe(no)
    expect(evolveCompartment(base, events.held).epoch).toBe(4)
  })
})
