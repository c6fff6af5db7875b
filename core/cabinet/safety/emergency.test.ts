import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CompartmentId } from '../../values/ids.ts'
import { runningMs } from '../../values/instants.ts'
import { act } from '../act.ts'
import { cabinetDecider } from '../cabinet.ts'
import type { OrderCommand, ReleaseOf } from '../commands.ts'
import {
  atWork,
  beginning,
  codesFor,
  cycles,
  deposit,
  doorIds,
  jams,
  nth,
  oneStored,
  saidBy,
  seen,
  signedIn,
  swings,
  tell,
  typed,
  type Telling,
  type Told,
} from '../laws/scene.testing.ts'
import { moves } from '../laws/wishes.testing.ts'
import { play } from '../laws/world.testing.ts'
import { newCabinet } from '../state.ts'
import { maybeInside } from './emergency.ts'

const [small, , , , large, largest] = doorIds.map((id) => id)
const doorAt = (i: number) => doorIds[i] ?? nth('compartment', 1)
const base = { order: nth('order', 9), staff: nth('staff', 1), freshness: 'asked' } as const
const release = (doors: ReleaseOf): OrderCommand => ({ ...base, type: 'orderRelease', doors })
const calm: OrderCommand = { ...base, type: 'orderCalm' }
const inspect = (compartment: CompartmentId): OrderCommand => ({
  ...base,
  type: 'orderInspect',
  compartment,
  epoch: 0,
  seen: 'empty',
})
const shutIn = { type: 'raiseEmergency', what: 'shut-in' } as const
const help = { type: 'raiseEmergency', what: 'help' } as const
const wait = (ms: number): Telling => ({ type: 'wait', ms })

const intended = ({ journal }: Told): readonly string[] =>
  journal.flatMap((event) =>
    event.type === 'doorUnlockIntended' && event.cause.kind === 'emergency' ? [event.door] : [],
  )
const stoodOpen = tell(atWork, seen(doorAt(5), 'open'))
const spent = doorIds
  .slice(0, 5)
  .reduce(
    (told, compartment) => tell(told, { ...base, type: 'orderOpen', compartment, epoch: 0, service: false }),
    atWork,
  )

describe('a call for help at the screen', () => {
  it.each([
    ['is told and opens nothing', atWork, help, 'emergencyRaised'],
    ['opens the largest empty door', atWork, shutIn, 'emergencyRaised releaseBegun doorUnlockIntended'],
    ['is heard while a courier works', tell(signedIn, beginning(1)), help, 'emergencyRaised'],
    ['is heard while the keypad judges', tell(oneStored, ...typed(1).slice(0, 1)), help, 'emergencyRaised'],
    ['is one call while the finger stays', tell(atWork, help, wait(4_999)), help, ''],
    ['is told again when it is touched again', tell(atWork, help, wait(5_000)), help, 'emergencyRaised'],
    ['takes its turn behind the last pulse', tell(atWork, shutIn, wait(5_000)), shutIn, 'emergencyRaised releaseBegun'],
  ] as const)('%s', (_, told, command, expected) => {
    const answered = tell(told, command)
    expect(saidBy(answered).replace(/ doorUnlockIntended$/, (end) => (expected.includes('Intended') ? end : ''))).toBe(
      expected,
    )
  })

  it('opens large doors behind which nothing lies, and no other', () => {
    expect(intended(tell(atWork, shutIn, wait(2_000), wait(2_000), wait(2_000)))).toEqual([largest, large])
    const held = tell(signedIn, beginning(1, { need: { size: 'XL', box: null, lowDoor: false } }), ...cycles(doorAt(5)))
    expect(intended(tell(held, shutIn, wait(2_000), wait(2_000)))).toEqual([large])
  })

  it('sounds, and stays until somebody of the staff ends it', () => {
    const called = tell(atWork, help)
    const alarms = called.journal.slice(-1).flatMap((event) => act(event, called.cabinet))
    expect(alarms).toEqual([{ kind: 'alarm', what: 'emergency', door: null }])
    expect(tell(called, wait(86_400_000)).cabinet.emergency).not.toBeNull()
    expect(tell(called, { type: 'started', boot: 2 }).cabinet.emergency).not.toBeNull()
    expect(tell(called, calm).cabinet.emergency).toBeNull()
    expect(tell(atWork, calm).answer).toMatchObject([{ type: 'orderRefused', reason: 'order-no-emergency' }])
  })
})

describe('an emergency release (law 17)', () => {
  it.each([
    ['opens everything, the largest first', atWork, release('all'), [5, 4, 2, 3, 0, 1]],
    ['opens the large doors', atWork, release('large'), [5, 4]],
    ['opens the one that was chosen, whatever lies inside', oneStored, release([doorAt(0)]), [0]],
    ['leaves a door that stands open', stoodOpen, release('large'), [4]],
    ['asks no budget', spent, release([doorAt(5)]), [5]],
  ] as const)('%s', (_, told, command, doors) => {
    const done = Array.from({ length: 8 }).reduce<Told>((now) => tell(now, wait(10_000)), tell(told, command))
    expect(intended(done)).toEqual(doors.map(doorAt))
    expect(done.cabinet.release).toBeNull()
  })

  it('leaves a fact with a person, an alarm, and doubt about what was inside', () => {
    const begun = tell(oneStored, wait(9_000), release([doorAt(0)]))
    expect(saidBy(begun)).toBe('orderAccepted releaseBegun doorUnlockIntended')
    expect(begun.answer).toMatchObject([{}, { cause: { kind: 'emergency', staff: nth('staff', 1) } }, {}])
    expect(begun.journal.flatMap((event) => act(event, begun.cabinet)).at(-2)).toMatchObject({ what: 'emergency' })
    const open = tell(begun, ...swings(doorAt(0)))
    expect(open.cabinet.compartments.get(doorAt(0))).toMatchObject({ use: 'suspect', suspicion: 'opened-remotely' })
    expect(open.cabinet.deposits.size).toBe(1)
  })

  it('keeps one coil at a time and two seconds between pulses (law 13)', () => {
    const first = tell(atWork, release('all'))
    expect(cabinetDecider.due(first.cabinet)).toBe(runningMs(first.now + 2_000))
    expect(intended(tell(first, wait(1_999)))).toHaveLength(1)
    expect(intended(tell(first, wait(2_000)))).toHaveLength(2)
  })

  it('waits for a door that is moving and takes it if it stays shut', () => {
    const moving = tell(atWork, { ...base, type: 'orderOpen', compartment: doorAt(5), epoch: 0, service: false })
    const jammed = tell(moving, release([doorAt(5)]), ...jams(doorAt(5)))
    expect(intended(jammed)).toEqual([largest])
    expect(intended(tell(moving, release([doorAt(5)]), ...swings(doorAt(5)), wait(9_000)))).toEqual([])
  })

  it.each([
    ['without a fresh nonce', { ...release('all'), freshness: 'stale' }, 'order-stale-nonce'],
    ['where it names no door of this cabinet', release([nth('compartment', 77)]), 'order-unknown-compartment'],
    ['where it names nothing', release([]), 'order-unknown-compartment'],
  ] as const)('is refused only %s', (_, command, reason) => {
    expect(tell(atWork, command).answer).toMatchObject([{ type: 'orderRefused', reason }])
  })

  it('ends with a power cut and with the end of the emergency: no door opens by itself later', () => {
    const begun = tell(atWork, release('all'), wait(2_000))
    expect(intended(tell(begun, { type: 'started', boot: 2 }, wait(60_000)))).toHaveLength(2)
    expect(intended(tell(begun, calm, wait(60_000)))).toHaveLength(2)
  })

  it('opens every door it names from any state that a cabinet can come into', () => {
    const move = fc.record({ what: fc.constantFrom(...moves), a: fc.nat(59), b: fc.nat(59) })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 120, size: 'max' }), (steps) => {
        const journal = play(cabinetDecider, steps)
        const cabinet = journal.reduce(cabinetDecider.evolve, newCabinet)
        const now = runningMs(journal.reduce((latest, event) => Math.max(latest, 'at' in event ? event.at : 0), 0))
        const before = cabinet.layout.compartments.filter(({ id }) => cabinet.doors.get(id)?.position !== 'open')
        const begun = tell({ cabinet, now, journal: [], answer: [] }, release('all'))
        expect(begun.answer).not.toMatchObject([{ type: 'orderRefused' }])
        // Nobody moves a leaf: what was under way is answered in 33 s, then each door has its turn.
        const done = Array.from({ length: 40 }).reduce<Told>((told) => tell(told, wait(2_000)), begun)
        expect(new Set(intended(done))).toEqual(new Set(before.map(({ id }) => id)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a large door that is shut', () => {
  const forced = tell(atWork, seen(doorAt(5), 'open'))
  const took = (told: Told): readonly string[] => told.journal.map(({ type }) => type)
  it('outside a session calls for a look', () => {
    const shut = tell(forced, seen(doorAt(5), 'shut'))
    expect(took(shut)).toContain('largeDoorShut')
    expect(shut.journal.slice(-1).flatMap((event) => act(event, shut.cabinet))).toEqual([
      { kind: 'alarm', what: 'large-door-shut', door: largest },
    ])
    expect(shut.cabinet.compartments.get(doorAt(5))?.use).toBe('suspect')
  })
  const shutAlone = tell(forced, seen(doorAt(5), 'shut'))
  const asked = ({ cabinet, now }: Told): readonly string[] => maybeInside(cabinet, now)
  it.each([
    ['a moment later', shutAlone, true],
    ['after a power cut', tell(shutAlone, { type: 'started', boot: 2 }, seen(doorAt(5), 'shut')), true],
    ['until the time is over', tell(shutAlone, wait(599_999)), true],
    ['no longer', tell(shutAlone, wait(600_000)), false],
    ['not once it stands open', tell(shutAlone, seen(doorAt(5), 'open')), false],
    ['not once somebody has looked', tell(shutAlone, inspect(doorAt(5))), false],
  ] as const)('is asked about at the cabinet: %s', (_, told, is) => {
    expect(asked(told)).toEqual(is ? [largest] : [])
  })
  it('is asked about again when it is shut again, the last one first', () => {
    const both = tell(shutAlone, seen(doorAt(4), 'open'), seen(doorAt(4), 'shut'))
    expect(asked(both)).toEqual([large, largest])
    expect(asked(tell(both, wait(1), seen(doorAt(5), 'open'), seen(doorAt(5), 'shut')))).toEqual([largest, large])
  })
  it('opens by one touch while it is asked about, whatever lies inside, and no other that holds a parcel', () => {
    const begun = tell(signedIn, beginning(1, { need: { size: 'XL', box: null, lowDoor: false } }))
    const made = tell(begun, { type: 'prepareDeposit', deposit: deposit(1), codes: codesFor(1) }, ...cycles(doorAt(5)))
    const broken = tell(made, wait(300_000), seen(doorAt(5), 'open'), seen(doorAt(5), 'shut'))
    expect([broken.cabinet.deposits.size, asked(broken)]).toEqual([1, [largest]])
    expect(intended(tell(broken, shutIn, wait(2_000)))).toEqual([largest, large])
    expect(intended(tell(broken, wait(600_000), shutIn, wait(2_000)))).toEqual([large])
  })
  it.each([
    ['small', tell(atWork, seen(doorAt(0), 'open'), seen(doorAt(0), 'shut'))],
    [
      "in a courier's hand",
      tell(signedIn, beginning(1, { need: { size: 'XL', box: null, lowDoor: false } }), ...cycles(doorAt(5))),
    ],
    ['shut by a technician', tell(forced, { type: 'serviceSwitchSeen', closed: true }, seen(doorAt(5), 'shut'))],
  ] as const)('does not where it is %s', (_, told) => {
    expect(took(told)).not.toContain('largeDoorShut')
  })
  it('is one of the large sizes', () => expect([small, large, largest]).toEqual([doorAt(0), doorAt(4), doorAt(5)]))
})
