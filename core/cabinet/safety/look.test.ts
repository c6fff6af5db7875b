import { describe, expect, it } from 'vitest'
import {
  atWork,
  beginning,
  cycles,
  deposit,
  doorIds,
  jams,
  nth,
  oneStored,
  pulsed,
  saidBy,
  seen,
  session1,
  signedIn,
  signIn,
  swings,
  tell,
  typed,
  type Told,
} from '../laws/scene.testing.ts'
import { doubted } from './look.ts'

const [door = nth('compartment', 1), second = nth('compartment', 2)] = doorIds
const session = session1
const one = deposit(1)
const picture = 'ab'.repeat(32)
const look = { type: 'beginLook', session, compartment: door } as const
const empty = { type: 'sayLook', session, seen: 'empty' } as const
const parcel = { type: 'sayLook', session, seen: 'parcel-inside' } as const
const end = { type: 'endLook', session } as const

const forced = (told: Told): Told => tell(told, seen(door, 'open'), seen(door, 'shut'))
/** Nobody's parcel by what is known, and somebody's. */
const doubtful = tell(forced(atWork), signIn)
const doubtedParcel = tell(forced(oneStored), signIn)
const stranger = tell(forced(oneStored), { ...signIn, carrier: nth('carrier', 2) } as typeof signIn)
const use = (told: Told) => told.cabinet.compartments.get(door)?.use

describe('a courier at a compartment in doubt', () => {
  it('opens it for a look, and the cause says so', () => {
    const begun = tell(doubtful, look)
    expect(begun.answer).toMatchObject([
      { type: 'lookBegun', compartment: door, session },
      { type: 'doorUnlockIntended', door, cause: { kind: 'look', session } },
    ])
  })

  it.each([
    ['frees it', doubtful, empty, 'compartmentInspected lookEnded', 'free'],
    [
      'leaves it in doubt where nobody knows whose the parcel is',
      doubtful,
      parcel,
      'compartmentInspected lookEnded',
      'suspect',
    ],
    ['gives a parcel its rest back', doubtedParcel, parcel, 'compartmentInspected lookEnded', 'loaded'],
    ['disputes one that is gone', doubtedParcel, empty, 'depositDisputed compartmentInspected lookEnded', 'free'],
    ['says nothing, and the doubt stays', doubtful, end, 'lookEnded', 'suspect'],
  ] as const)('%s', (_, told, word, said, after) => {
    const spoken = tell(told, look, ...cycles(door), word)
    expect([saidBy(spoken), use(spoken)]).toEqual([said, after])
  })

  it('stands in the journal as the one who looked', () => {
    const { journal } = tell(doubtful, look, ...cycles(door), empty)
    expect(journal.find(({ type }) => type === 'compartmentInspected')).toEqual({
      type: 'compartmentInspected',
      compartment: door,
      seen: 'empty',
      by: nth('person', 1),
    })
  })

  it('gives the recipient his way out again: the same code opens', () => {
    const over = tell(doubtedParcel, look, ...cycles(door), parcel, { type: 'endSession', session })
    const picked = tell(over, { type: 'wait', ms: 9_000 }, ...typed(1))
    expect(saidBy(picked)).toContain('doorUnlockIntended')
  })
})

describe('a look is refused', () => {
  const filling = tell(doubtful, beginning(1))
  const many = tell(tell(forced(atWork), seen(second, 'open'), seen(second, 'shut')), signIn)
  it.each([
    ['to a session that is over', atWork, look, 'session-unknown'],
    ['behind another carrier’s door', stranger, look, 'nothing-to-look-into'],
    ['where nobody doubts', signedIn, look, 'nothing-to-look-into'],
    ['while a parcel is in hand', filling, look, 'deposit-in-hand'],
    ['while another door is looked into', tell(many, look), { ...look, compartment: second }, 'deposit-in-hand'],
    ['to be told of without one', doubtful, empty, 'nothing-to-look-into'],
    ['to be reopened without one', doubtful, { type: 'reopenLook', session }, 'nothing-to-look-into'],
    ['to be ended without one', doubtful, end, 'nothing-to-look-into'],
  ] as const)('%s', (_, told, command, refusal) => {
    expect(saidBy(tell(told, command))).toBe(refusal)
  })

  it('to a certificate whose doors are used up, and each look is one', () => {
    const certified = tell(forced(atWork), { ...signIn, via: 'certificate', doors: 1 } as typeof signIn)
    const looked = tell(certified, look, ...cycles(door), parcel)
    expect(saidBy(tell(looked, look))).toBe('certificate-spent')
  })
})

describe('the word of who looks (Custody)', () => {
  it.each([
    ['counts before nobody has seen the door move', tell(doubtful, look), empty, 'door-busy'],
    ['does not count at an open door', tell(doubtful, look, ...swings(door)), empty, 'door-open'],
    ['does not count where it did not open', tell(doubtful, look, ...jams(door)), empty, 'door-not-cycled'],
    [
      'waits for a door that has only come loose',
      tell(doubtful, look, pulsed(door), seen(door, 'unlatched')),
      empty,
      'door-busy',
    ],
  ] as const)('%s', (_, told, word, refusal) => {
    expect(saidBy(tell(told, word))).toBe(refusal)
  })

  it('counts with a picture against a sensor that sees the door open, and names the picture (law 16)', () => {
    const lying = tell(doubtful, look, ...swings(door), { ...empty, picture })
    expect(lying.answer).toMatchObject([{ type: 'compartmentInspected', picture, by: nth('person', 1) }, {}])
  })

  it('needs no pulse at a door that stands open already', () => {
    const ajar = tell(atWork, seen(door, 'open'), signIn, look)
    expect(saidBy(ajar)).toBe('lookBegun')
    expect(saidBy(tell(ajar, seen(door, 'shut'), empty))).toBe('compartmentInspected lookEnded')
  })

  it('is asked for after each reopening', () => {
    const again = tell(doubtful, look, ...jams(door), { type: 'reopenLook', session }, ...cycles(door), empty)
    expect(saidBy(again)).toBe('compartmentInspected lookEnded')
  })
})

describe('what a look leaves behind', () => {
  it('is nothing while the session lives: no next parcel, and no leaving with the door open', () => {
    const open = tell(doubtful, look, ...swings(door))
    expect(saidBy(tell(open, beginning(1)))).toBe('deposit-in-hand')
    expect(saidBy(tell(open, { type: 'endSession', session }))).toBe('door-open')
    expect(saidBy(tell(open, end, { type: 'endSession', session }))).toBe('sessionEnded')
  })

  it.each([
    ['the session runs out', { type: 'wait', ms: 600_000 }],
    ['the power fails', { type: 'started', boot: 2 }],
  ] as const)('is the old doubt where %s', (_, ends) => {
    const broken = tell(doubtful, look, ...swings(door), ends, seen(door, 'shut'))
    expect([broken.cabinet.session, use(broken)]).toEqual([null, 'suspect'])
  })

  it('keeps the session alive as long as its door moves', () => {
    const moving = tell(doubtful, look, { type: 'wait', ms: 1_000 }, ...swings(door))
    expect(moving.cabinet.session?.until).toBe(moving.now + 120_000)
  })
})

describe('what may be looked into', () => {
  it('are doors in doubt, in the order of the cabinet, and never one that somebody is busy with', () => {
    const both = tell(forced(oneStored), seen(second, 'open'), seen(second, 'shut'))
    const names = (told: Told, n: number) => doubted(told.cabinet, { carrier: nth('carrier', n) })
    expect(names(both, 1)).toEqual([door, second])
    expect(names(both, 2)).toEqual([second])
    expect(both.cabinet.deposits.get(one)?.stage).toBe('stored')
  })
})
