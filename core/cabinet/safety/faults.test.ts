import { describe, expect, it } from 'vitest'
import { isFree } from '../../compartment/allocate.ts'
import type { OrderCommand } from '../commands.ts'
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
  session1,
  signedIn,
  swings,
  tell,
  typed,
} from '../laws/scene.testing.ts'
import { candidates } from '../state.ts'

const [first = nth('compartment', 1), second = nth('compartment', 2)] = doorIds
const one = deposit(1)
const filling = tell(signedIn, beginning(1), { type: 'prepareDeposit', deposit: one, codes: codesFor(1) })
const open = tell(filling, ...swings(first))
const moving = {
  type: 'moveDeposit',
  session: session1,
  deposit: one,
  need: { size: 'S', box: null, lowDoor: false },
  faulty: true,
} as const

describe('a door that will not shut', () => {
  const moved = tell(open, moving)
  it('is taken out of service with the name of who said so, and the deposit goes behind another', () => {
    expect(saidBy(moved)).toBe('depositMoved compartmentFaulted compartmentHeld doorUnlockIntended')
    expect(moved.answer).toMatchObject([{}, { compartment: first, by: nth('person', 1) }, { compartment: second }, {}])
    expect(moved.cabinet.compartments.get(first)).toMatchObject({ use: 'retired', deposit: null, session: null })
  })

  it('keeps consent, parcels and codes: one code opens the new door and no other', () => {
    const before = open.cabinet.deposits.get(one)
    const confirmed = tell(
      moved,
      ...cycles(second),
      { type: 'confirmDeposit', session: session1, deposit: one },
      { type: 'endSession', session: session1 },
    )
    const kept = confirmed.cabinet.deposits.get(one)
    expect([kept?.parcels, kept?.codes, kept?.stage]).toEqual([before?.parcels, before?.codes, 'stored'])
    const picked = tell(confirmed, { type: 'wait', ms: 9_000 }, ...typed(1))
    expect(picked.answer).toMatchObject([{}, {}, { type: 'doorUnlockIntended', door: second }])
  })

  it('asks nobody to shut it, and stays out of service when somebody does', () => {
    const { session } = moved.cabinet
    expect(session?.kind === 'courier' ? session.leaving : null).toEqual([])
    expect(tell(moved, seen(first, 'shut')).cabinet.compartments.get(first)?.use).toBe('retired')
    const over = tell(moved, { type: 'wait', ms: 600_000 })
    expect(over.cabinet.compartments.get(first)?.use).toBe('retired')
  })

  it.each([
    ['was only changed for a bigger one', tell(open, { ...moving, faulty: false })],
    ['is shut', tell(filling, ...cycles(first), moving)],
  ])('is not taken out of service where it %s', (_, told) => {
    expect(saidBy(told)).not.toContain('compartmentFaulted')
  })

  it('is said where no other is free, and the deposit stays in hand', () => {
    const full = doorIds.slice(1).reduce((told, id) => tell(told, seen(id, 'open')), open)
    const refused = tell(full, moving)
    expect(refused.answer).toBe('cabinet-full')
    expect(refused.cabinet.compartments.get(first)?.use).toBe('held')
  })
})

describe('a free door that stays shut when the staff open it', () => {
  const opening = {
    order: nth('order', 3),
    staff: nth('staff', 1),
    freshness: 'asked',
    type: 'orderOpen',
    compartment: first,
    epoch: 0,
    service: false,
  } as const
  const stuck = tell(atWork, opening, ...jams(first))

  it('is handed out to nobody until somebody has looked', () => {
    expect(saidBy(stuck)).toBe('doorNotOpened compartmentSuspected')
    expect(stuck.cabinet.compartments.get(first)).toMatchObject({ use: 'suspect', suspicion: 'did-not-open' })
    expect(candidates(stuck.cabinet).filter(isFree)).toHaveLength(doorIds.length - 1)
    const mended = tell(stuck, { ...opening, order: nth('order', 4) }, ...cycles(first))
    expect(mended.cabinet.compartments.get(first)?.use).toBe('suspect')
    const looked = tell(mended, { ...opening, order: nth('order', 5), type: 'orderInspect', seen: 'empty' })
    expect(looked.cabinet.compartments.get(first)?.use).toBe('free')
  })

  it('is as free as before where it was never told to', () => {
    const failed = { type: 'door', door: first, fact: { type: 'doorPulseFailed', why: 'withheld' } } as const
    expect(saidBy(tell(atWork, opening, failed))).toBe('doorNotOpened')
  })
})

describe('a sensor that lies (law 16)', () => {
  const picture = 'ab'.repeat(32)
  const inspect = (change: Partial<Extract<OrderCommand, { type: 'orderInspect' }>> = {}): OrderCommand => ({
    order: nth('order', 1),
    staff: nth('staff', 1),
    freshness: 'asked',
    type: 'orderInspect',
    compartment: first,
    epoch: 0,
    seen: 'empty',
    ...change,
  })
  const lying = tell(atWork, seen(first, 'open'))
  const busy = tell(atWork, seen(first, 'open'), seen(first, 'shut'), {
    type: 'orderOpen',
    order: nth('order', 2),
    staff: nth('staff', 1),
    freshness: 'asked',
    compartment: first,
    epoch: 0,
    service: false,
  })
  it.each([
    ['is believed against a word alone', lying, inspect(), 'orderRefused'],
    ['is overruled by a person with a picture', lying, inspect({ picture }), 'orderAccepted compartmentInspected'],
    [
      'needs no picture where it agrees',
      tell(lying, seen(first, 'shut')),
      inspect(),
      'orderAccepted compartmentInspected',
    ],
    ['is waited for while the door moves', busy, inspect({ picture }), 'orderRefused'],
    ['is not asked of a stale epoch', lying, inspect({ picture, epoch: 3 }), 'orderRefused'],
  ] as const)('%s', (_, told, command, expected) => {
    expect(saidBy(tell(told, command))).toBe(expected)
  })

  it('leaves the fact with person and picture, and the door is handed out only once it is seen shut', () => {
    const freed = tell(lying, inspect({ picture }))
    expect(freed.answer).toMatchObject([{}, { by: nth('staff', 1), picture }])
    const candidate = (told: typeof freed) => candidates(told.cabinet).find(({ plan }) => plan.id === first)
    expect(candidate(freed)?.compartment.use).toBe('free')
    expect(candidates(freed.cabinet).filter(isFree)).toHaveLength(doorIds.length - 1)
    expect(candidates(tell(freed, seen(first, 'shut')).cabinet).filter(isFree)).toHaveLength(doorIds.length)
  })

  it('ends no parcel unseen: one that is there is told apart from one that is gone', () => {
    const forced = tell(oneStored, seen(first, 'open'))
    const there = tell(forced, inspect({ picture, epoch: 1, seen: 'parcel-inside' }))
    expect(there.cabinet.compartments.get(first)?.use).toBe('loaded')
    const gone = tell(forced, inspect({ picture, epoch: 1 }))
    expect(saidBy(gone)).toBe('orderAccepted depositDisputed compartmentInspected')
  })
})
