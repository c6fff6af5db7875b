import { describe, expect, it } from 'vitest'
import { liveCodes } from '../state.ts'
import {
  beginning,
  cycles,
  deposit,
  jams,
  nth,
  seen,
  session1 as session,
  signedIn,
  stored,
  swings,
  tell,
  typed,
} from '../laws/scene.testing.ts'

const door = nth('compartment', 1)
const one = deposit(1)
const made = tell(stored(signedIn, 1), { type: 'wait', ms: 3_000 })
const undoing = tell(made, { type: 'undoDeposit', session, deposit: one })

describe('undoing the last deposit', () => {
  it('opens its door again, and its code rests', () => {
    expect(undoing.answer).toMatchObject([{ type: 'undoBegun' }, { type: 'doorUnlockIntended', door }])
    expect(liveCodes(undoing.cabinet)).toEqual([])
  })

  it('frees the door once it is seen empty, and the code is dead for good', () => {
    const told = tell(undoing, ...cycles(door), { type: 'confirmUndo', session, deposit: one })
    expect(told.answer).toMatchObject([
      { type: 'depositCancelled', why: 'courier' },
      { type: 'compartmentReleased', compartment: door },
    ])
    expect(told.cabinet.codesDead).toBe(2)
    const typedIn = tell(told, { type: 'endSession', session }, ...typed(1))
    expect(typedIn.answer).toMatchObject([{ type: 'codeRejected' }])
  })

  it('leaves the parcel and its code as they were where it stays after all', () => {
    const told = tell(undoing, ...cycles(door), { type: 'keepDeposit', session, deposit: one })
    expect(told.cabinet.deposits.get(one)?.stage).toBe('stored')
    expect(liveCodes(told.cabinet)).toHaveLength(2)
    expect(told.cabinet.compartments.get(door)?.use).toBe('loaded')
  })

  it.each([
    ['before the door is shut', tell(undoing, ...swings(door)), 'confirmUndo', 'door-open'],
    ['before the door is shut', tell(undoing, ...swings(door)), 'keepDeposit', 'door-open'],
    ['where no door cycle was witnessed', tell(undoing, ...jams(door)), 'confirmUndo', 'door-not-cycled'],
    ['while it is being opened', undoing, 'keepDeposit', 'door-busy'],
  ] as const)('takes no word %s', (_name, at, type, refusal) => {
    expect(tell(at, { type, session, deposit: one }).answer).toBe(refusal)
  })

  it('falls back to the stored parcel where the door never opened and the courier leaves', () => {
    const told = tell(undoing, ...jams(door), { type: 'endSession', session })
    expect(told.cabinet.deposits.get(one)?.stage).toBe('stored')
  })

  it('asks somebody to look where the courier says nothing', () => {
    const told = tell(undoing, ...cycles(door), { type: 'wait', ms: 130_000 })
    expect(told.cabinet.deposits.has(one)).toBe(false)
    expect(told.cabinet.compartments.get(door)?.use).toBe('suspect')
  })

  it('waits for an open door to shut before it judges', () => {
    const left = tell(undoing, ...swings(door), { type: 'wait', ms: 130_000 })
    expect(left.cabinet.deposits.get(one)?.stage).toBe('undoing')
    expect(tell(left, seen(door, 'shut')).cabinet.compartments.get(door)?.use).toBe('suspect')
  })
})

describe('what may not be undone', () => {
  it('anything but the last deposit of this session', () => {
    const two = tell(stored(made, 2), { type: 'wait', ms: 3_000 })
    expect(tell(two, { type: 'undoDeposit', session, deposit: one }).answer).toBe('undo-too-late')
  })

  it('a deposit of an earlier session', () => {
    const later = tell(
      made,
      { type: 'endSession', session },
      {
        type: 'openCourierSession',
        session: nth('session', 2),
        person: nth('person', 1),
        carrier: nth('carrier', 1),
        via: 'grant',
        nonce: 'n',
        freshness: 'screen',
      },
      { type: 'undoDeposit', session: nth('session', 2), deposit: one },
    )
    expect(later.answer).toBe('undo-too-late')
  })

  it('anything while another parcel is in hand', () => {
    expect(tell(made, beginning(2), { type: 'undoDeposit', session, deposit: one }).answer).toBe('deposit-in-hand')
  })
})
