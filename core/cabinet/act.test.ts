import { describe, expect, it } from 'vitest'
import type { Cause } from '../access/cause.ts'
import { runningMs } from '../values/instants.ts'
import { act } from './act.ts'
import type { CabinetEvent } from './events.ts'
import {
  atWork,
  doorIds,
  nth,
  oneStored,
  pulsed,
  saidBy,
  seen,
  signedIn,
  sixDoors,
  tell,
  typed,
} from './laws/scene.testing.ts'

const door = nth('compartment', 1)
const at = runningMs(5_000)
const cause: Cause = { kind: 'order', order: nth('order', 1), staff: nth('staff', 1) }
const opened = { type: 'doorOpened', door, recovered: false, witness: 'leaf', at } as const

describe('what an event makes the cabinet do', () => {
  it.each<readonly [string, CabinetEvent, string | undefined]>([
    ['an opening without a cause', { ...opened, cause: null }, 'opened-without-cause'],
    ['an opening with one', { ...opened, cause }, undefined],
    ['a hook that nobody let go', { type: 'doorUnlatched', door, explained: false, at }, 'opened-without-cause'],
    ['a hook that was let go', { type: 'doorUnlatched', door, explained: true, at }, undefined],
    ['a door left open', { type: 'doorLeftOpen', door, at }, 'left-open'],
    ['a large door that somebody shut', { type: 'largeDoorShut', door, at }, 'large-door-shut'],
    ['a door that stayed shut', { type: 'doorNotOpened', door, cause, why: 'stayed-shut', at }, 'did-not-open'],
    ['a door that was shut', { type: 'doorShut', door, witness: 'leaf', at }, undefined],
  ])('%s: %j', (_, event, what) => {
    expect(act(event, atWork.cabinet)).toEqual(what === undefined ? [] : [{ kind: 'alarm', what, door }])
  })

  it('is one pulse of the lock that was meant, and none of a door that is not there', () => {
    const intended = (id: typeof door): CabinetEvent => ({ type: 'doorUnlockIntended', door: id, cause, at })
    const { lock } = sixDoors.compartments[1] ?? {}
    const [, second = door] = doorIds
    expect(act(intended(second), atWork.cabinet)).toEqual([{ kind: 'pulse', door: second, lock, notBefore: at, cause }])
    expect(act(intended(nth('compartment', 77)), atWork.cabinet)).toEqual([])
  })
})

describe('what is said of a door at a cabinet', () => {
  it('is a doubt where its hook hangs free and nobody let it go', () => {
    expect(saidBy(tell(atWork, seen(door, 'unlatched')))).toBe('doorUnlatched compartmentSuspected')
    const order = { type: 'orderOpen', order: nth('order', 3), staff: nth('staff', 1), freshness: 'asked' } as const
    const open = tell(atWork, { ...order, compartment: door, epoch: 0, service: false }, pulsed(door))
    expect(saidBy(tell(open, seen(door, 'unlatched')))).toBe('doorUnlatched')
  })

  it('is forgotten by no new plan', () => {
    const told = tell(oneStored, { type: 'takeLayout', layout: { ...sixDoors, version: 2 } })
    expect(saidBy(told)).toBe('layoutTaken')
    expect([told.cabinet.doors, told.cabinet.compartments]).toEqual([
      oneStored.cabinet.doors,
      oneStored.cabinet.compartments,
    ])
  })

  it('ends with a parcel that waits again, where the outcome of a pickup was unknown and staff found it inside', () => {
    const begun = tell(oneStored, { type: 'wait', ms: 9_000 }, ...typed(1), pulsed(door), seen(door, 'unknown'))
    const unknown = tell(begun, { type: 'wait', ms: 130_000 })
    const depositOf = ({ cabinet }: typeof unknown) => cabinet.deposits.get(nth('deposit', 1))
    expect([depositOf(unknown)?.stage, unknown.cabinet.compartments.get(door)?.use]).toEqual(['collecting', 'suspect'])
    const { epoch = 0 } = unknown.cabinet.compartments.get(door) ?? {}
    const looked = { type: 'orderInspect', order: nth('order', 4), staff: nth('staff', 1), freshness: 'asked' } as const
    const inside = { ...looked, compartment: door, epoch, seen: 'parcel-inside' } as const
    const found = tell(unknown, seen(door, 'shut'), inside)
    expect(depositOf(found)).toMatchObject({ stage: 'stored', cycle: 'none', session: null, pickup: null })
    expect(found.cabinet.compartments.get(door)?.use).toBe('loaded')
    expect(depositOf(found)?.codes.map(({ generation }) => generation)).toEqual([1])
  })
})

describe('whoever is at the screen', () => {
  it('is not disturbed by a code', () => {
    expect(tell(signedIn, { type: 'attemptCode', step: 'code' }).answer).toBe('session-open')
  })

  it('has to begin again after a power cut', () => {
    expect(tell(signedIn, { type: 'started', boot: 2 }).answer).toMatchObject([
      { type: 'cabinetStarted' },
      { type: 'sessionEnded', why: 'restart' },
    ])
  })
})
