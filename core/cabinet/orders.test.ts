import { describe, expect, it } from 'vitest'
import { act } from './act.ts'
import type { OrderCommand } from './commands.ts'
import { digestInput } from './digest.ts'
import { answerOf, nextGeneration } from './orders.ts'
import {
  atWork,
  beginning,
  cycles,
  deposit,
  doorIds,
  nth,
  oneStored,
  seen,
  signedIn,
  signIn,
  swings,
  tell,
  typed,
  codeSession,
  session1,
  codesFor,
  type Told,
} from './laws/scene.testing.ts'

const compartment = nth('compartment', 1)
const base = { order: nth('order', 1), staff: nth('staff', 1), freshness: 'asked' } as const
const open = (change: Partial<Extract<OrderCommand, { type: 'orderOpen' }>> = {}): OrderCommand => ({
  ...base,
  type: 'orderOpen',
  compartment,
  epoch: 0,
  service: false,
  ...change,
})
const inspect = (seenInside: 'empty' | 'parcel-inside', epoch = 1): OrderCommand => ({
  ...base,
  type: 'orderInspect',
  compartment,
  epoch,
  seen: seenInside,
})
const renew = (n: number): OrderCommand => ({
  ...base,
  type: 'orderRenew',
  deposit: deposit(1),
  code: { generation: 0, tag: `renewed-${n}`, tailTag: null },
})

function said(told: Told): string {
  if (typeof told.answer === 'string') return told.answer
  const answer = answerOf(told.answer)
  if (answer === undefined) return 'no answer'
  return answer.accepted
    ? told.answer
        .map(({ type }) => type)
        .slice(1)
        .join(' ')
    : answer.reason
}

describe('an order', () => {
  const opened = tell(oneStored, open({ epoch: 1 }), ...cycles(compartment))
  it.each([
    ['opens', atWork, open(), 'doorUnlockIntended'],
    ['is stale without a nonce', atWork, open({ freshness: 'stale' }), 'order-stale-nonce'],
    ['is refused with another number', atWork, open({ freshness: 'wrong-number' }), 'order-stale-nonce'],
    ['is stale with an old epoch', oneStored, open(), 'order-stale-epoch'],
    ['knows its compartments', atWork, open({ compartment: nth('compartment', 77) }), 'order-unknown-compartment'],
    ['does not pulse an open door', tell(atWork, seen(compartment, 'open')), open(), 'order-door-open'],
    ['does not pulse twice', tell(atWork, open()), open(), 'order-door-busy'],
    ['serves only with the switch closed', atWork, open({ service: true }), 'order-out-of-budget'],
    [
      'serves with the switch closed',
      tell(atWork, { type: 'serviceSwitchSeen', closed: true }),
      open({ service: true }),
      'doorUnlockIntended',
    ],
    ['retires what is free', atWork, { ...base, type: 'orderRetire', compartment, epoch: 0 }, 'compartmentRetired'],
    [
      'does not retire what is loaded',
      oneStored,
      { ...base, type: 'orderRetire', compartment, epoch: 1 },
      'order-compartment-in-use',
    ],
    [
      'restores only what is retired',
      atWork,
      { ...base, type: 'orderRestore', compartment, epoch: 0 },
      'order-compartment-not-retired',
    ],
    ['inspects only what is suspect', oneStored, inspect('empty'), 'order-compartment-not-suspect'],
    ['ends the deposit that is not there', opened, inspect('empty'), 'depositDisputed compartmentInspected'],
    ['confirms the parcel that is there', opened, inspect('parcel-inside'), 'compartmentInspected'],
    [
      'frees nothing behind an open door (law 16)',
      tell(oneStored, open({ epoch: 1 }), ...swings(compartment)),
      inspect('empty'),
      'order-door-open',
    ],
    ['renews a waiting code', oneStored, renew(1), 'codeRenewed'],
    ['renews nothing that is gone', atWork, renew(1), 'order-unknown-deposit'],
    ['renews once a minute', tell(oneStored, renew(1)), renew(2), 'order-renew-limit'],
  ] as const)('%s', (_, told, command, expected) => {
    expect(said(tell(told, command))).toBe(expected)
  })

  it('has a budget of five openings in ten minutes (law 13)', () => {
    const spent = doorIds.slice(0, 5).reduce((told, id) => tell(told, open({ compartment: id })), atWork)
    expect(said(tell(spent, open({ compartment: nth('compartment', 6) })))).toBe('order-out-of-budget')
    expect(said(tell(spent, { type: 'wait', ms: 600_000 }, open({ compartment: nth('compartment', 6) })))).toBe(
      'doorUnlockIntended',
    )
  })

  it('renews five times a day, each generation above all before it', () => {
    const days = [1, 2, 3, 4, 5].reduce((told, n) => tell(told, renew(n), { type: 'wait', ms: 60_000 }), oneStored)
    const kept = days.cabinet.deposits.get(deposit(1))
    expect(kept === undefined ? 0 : nextGeneration(kept)).toBe(7)
    expect([days.cabinet.codesDead, said(tell(days, renew(6)))]).toEqual([6, 'order-renew-limit'])
    expect(said(tell(days, { type: 'wait', ms: 86_400_000 }, renew(6)))).toBe('codeRenewed')
  })
})

describe('a right that the cloud takes back', () => {
  const revoked = (through: number, told: Told = oneStored): Told =>
    tell(told, { type: 'revocationsTold', revocations: [{ deposit: deposit(1), through }] })
  const kept = ({ cabinet }: Told) => cabinet.deposits.get(deposit(1))

  it.each([
    ['every generation that was drawn', 1, [], 2],
    ['the first and not the spare', 0, [1], 1],
  ])('kills %s, and the parcel stays where it is (laws 3, 4)', (_, through, alive, dead) => {
    const told = revoked(through)
    expect(kept(told)?.codes.map(({ generation }) => generation)).toEqual(alive)
    expect([told.cabinet.codesDead, kept(told)?.stage]).toEqual([dead, 'stored'])
  })

  it('leave a deposit that is not made yet without codes for good: it is cancelled, never made with dead ones (law 3)', () => {
    const begun = tell(signedIn, beginning(1), { type: 'prepareDeposit', deposit: deposit(1), codes: codesFor(1) })
    const revoked = tell(begun, { type: 'revocationsTold', revocations: [{ deposit: deposit(1), through: 1 }] })
    const again = tell(revoked, { type: 'prepareDeposit', deposit: deposit(1), codes: codesFor(2) })
    expect(again.answer).toBe('deposit-not-ready')
  })

  it('is told again and again without saying anything new', () => {
    const once = revoked(1)
    expect(revoked(1, once).answer).toEqual([])
    expect(revoked(0, once).answer).toEqual([])
    expect(
      tell(oneStored, { type: 'revocationsTold', revocations: [{ deposit: deposit(9), through: 1 }] }).answer,
    ).toEqual([])
  })

  it('leaves no code that opens, and the next one drawn stands above all of them (law 5)', () => {
    const tried = tell(revoked(1), ...typed(1))
    expect(JSON.stringify(tried.answer)).toContain('codeRejected')
    const renewed = tell(revoked(1), renew(1))
    expect(kept(renewed)?.codes).toMatchObject([{ generation: 2, tag: 'renewed-1' }])
    expect(revoked(1, renewed).answer).toEqual([])
  })
})

describe('what a cabinet does', () => {
  it('keeps pulses two seconds apart, except in service', () => {
    const first = tell(atWork, open())
    const second = tell(first, open({ compartment: nth('compartment', 2) }))
    const service = tell(
      second,
      { type: 'serviceSwitchSeen', closed: true },
      open({ compartment: nth('compartment', 3), service: true }),
    )
    const starts = [first, second, service].map(({ journal, cabinet, now }) => {
      const last = journal.at(-1)
      const [pulse] = last === undefined ? [] : act(last, cabinet)
      return pulse?.kind === 'pulse' ? pulse.notBefore - now : undefined
    })
    expect(starts).toEqual([0, 2_000, 0])
  })

  it('rings for an opening that nobody may have made', () => {
    const forced = tell(atWork, seen(compartment, 'open'))
    expect(forced.journal.slice(-2).flatMap((event) => act(event, forced.cabinet))).toEqual([
      { kind: 'alarm', what: 'opened-without-cause', door: compartment },
    ])
    expect(forced.cabinet.compartments.get(compartment)?.suspicion).toBe('opened-without-cause')
  })

  it('agrees on a digest of doors, deposits and dead codes', () => {
    expect(digestInput(oneStored.cabinet)).toMatchObject({ codesDead: 0, compartments: { length: 6 } })
    expect(digestInput(oneStored.cabinet).compartments[0]).toEqual([compartment, 1, 'loaded', deposit(1)])
  })
})

describe('silence', () => {
  const filled = tell(signedIn, beginning(1), { type: 'prepareDeposit', deposit: deposit(1), codes: codesFor(1) })
  const pickup = tell(oneStored, ...typed(1))
  const use = (told: Told): string =>
    `${told.cabinet.compartments.get(compartment)?.use}, ${told.cabinet.deposits.get(deposit(1))?.stage ?? 'gone'}`
  const late = { type: 'wait', ms: 120_000 } as const
  const restarted = { type: 'started', boot: 2 } as const
  it.each([
    ['makes a deposit that was shut', tell(filled, ...cycles(compartment), late), 'loaded, stored'],
    [
      'doubts a deposit left open',
      tell(filled, ...swings(compartment), late, seen(compartment, 'shut')),
      'suspect, gone',
    ],
    [
      'doubts one that was shut before its codes were drawn',
      tell(signedIn, beginning(1), ...cycles(compartment), late),
      'suspect, gone',
    ],
    ['collects what was taken', tell(pickup, ...cycles(compartment), late), 'free, gone'],
    [
      'doubts a door shut by nobody',
      tell(pickup, ...swings(compartment), late, seen(compartment, 'shut')),
      'suspect, gone',
    ],
    [
      'keeps what a jammed door held',
      tell(pickup, { type: 'door', door: compartment, fact: { type: 'doorPulseFailed', why: 'refused' } }, late),
      'loaded, stored',
    ],
    [
      'takes back what was put back',
      tell(
        pickup,
        ...swings(compartment),
        { type: 'refuseParcel', session: codeSession, why: 'damaged' },
        late,
        seen(compartment, 'shut'),
      ),
      'loaded, refused',
    ],
    ['waits for the doors after a restart', tell(pickup, ...cycles(compartment), restarted), 'loaded, collecting'],
    [
      'settles when they are seen',
      tell(pickup, ...cycles(compartment), restarted, seen(compartment, 'shut')),
      'free, gone',
    ],
    ['does not guess what a power cut hid', tell(pickup, restarted, seen(compartment, 'shut')), 'suspect, collecting'],
  ] as const)('%s', (_, told, expected) => {
    expect(use(told)).toBe(expected)
  })

  it('lets the same code come back twice after a power cut, then no more (law 4)', () => {
    const cut = (told: Told, attempt: number): Told =>
      tell(told, restarted, seen(compartment, 'shut'), { type: 'wait', ms: 3_000 }, ...typed(1, 0, attempt))
    const outcomes = [2, 3, 4].map(
      (attempt) =>
        [2, 3, 4]
          .slice(0, attempt - 1)
          .reduce(cut, pickup)
          .journal.at(-1)?.type,
    )
    expect(outcomes).toEqual(['doorUnlockIntended', 'doorUnlockIntended', 'codeRejected'])
  })

  it('never opens for a lower generation after a higher one (law 5)', () => {
    const higher = tell(
      oneStored,
      ...typed(1, 1),
      { type: 'door', door: compartment, fact: { type: 'doorPulseFailed', why: 'refused' } },
      late,
    )
    expect(tell(higher, ...typed(1, 0, 2)).answer).toMatchObject([{ type: 'codeRejected' }])
    expect(tell(higher, ...typed(1, 1, 2)).answer).toMatchObject([{ type: 'codeAccepted' }, {}, {}])
  })

  it('ends the courier session and lets the next one in', () => {
    expect(tell(signedIn, signIn).answer).toBe('session-open')
    expect(tell(signedIn, late, signIn).cabinet.session?.id).toBe(session1)
  })
})
