import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { describe, expect, it } from 'vitest'
import {
  begun,
  doors,
  goodDay,
  hex,
  journalOf,
  judged,
  lawsBroken,
  nth,
  opens,
  parcel,
  recipient,
  second,
  signedIn,
  visitor,
  waiting,
} from './history.testing.ts'

type Type = CabinetEvent['type']
type Story = readonly CabinetEvent[]
const at = runningMs

const is = (type: Type, n = 1) => {
  let seen = 0
  return (event: CabinetEvent): boolean => event.type === type && (seen += 1) === n
}
const without = (type: Type, n = 1, story: Story = goodDay): Story => {
  const found = is(type, n)
  return story.filter((event) => !found(event))
}
const changed = (type: Type, change: object, n = 1, story: Story = goodDay): Story => {
  const found = is(type, n)
  return story.map((event) => (found(event) ? { ...event, ...change } : event))
}
const after = (type: Type, events: Story, n = 1, story: Story = goodDay): Story => {
  const found = is(type, n)
  return story.flatMap((event) => (found(event) ? [event, ...events] : [event]))
}
const more = (...events: Story): Story => [...goodDay, ...events]
const still = (...events: Story): Story => [...waiting, ...events]
const accepts = (order: number, what: Extract<CabinetEvent, { type: 'orderAccepted' }>['what'], now: number) =>
  ({ type: 'orderAccepted', order: nth('order', order), staff: nth('staff', 1), what, at: at(now) }) as const
const attempt = (n: number, now: number) => ({ type: 'codeAttempted', attempt: n, step: 'code', at: at(now) }) as const
const types = (n: number, now: number, generation: number): Story => [
  attempt(n, now),
  { type: 'codeAccepted', attempt: n, deposit: parcel, generation, at: at(now) },
]
const comes = (session: typeof recipient, now: number, generation: number): CabinetEvent => ({
  type: 'pickupSessionOpened',
  session,
  deposit: parcel,
  person: null,
  via: 'code',
  nonce: null,
  generation,
  at: at(now),
})
const pickup = { kind: 'pickup', session: recipient, deposit: parcel } as const
const remote = (n: number, now: number): Story => {
  const cause = { kind: 'order', order: nth('order', n), staff: nth('staff', 1) } as const
  return [accepts(n, 'open', now), ...opens(doors.other, cause, now)]
}
const wrong = (n: number, now: number): Story => [attempt(n, now), { type: 'codeRejected', attempt: n, at: at(now) }]
const newTag = (tag: string, generation: number, now: number): Story => [
  accepts(20, 'renew', now),
  {
    type: 'codeRenewed',
    deposit: parcel,
    code: { generation, tag: hex(tag), tailTag: null },
    order: nth('order', 20),
    at: at(now),
  },
]

/** Every row is a history that no honest run can have, and the law that it breaks. */
const broken: readonly (readonly [law: number, how: string, story: Story])[] = [
  [
    1,
    'a second deposit in a compartment that holds one',
    still(signedIn(visitor, 90_000, 'b'), ...begun(second, doors.small, 2, 90_000)),
  ],
  [1, 'a compartment held in an epoch that was', changed('compartmentHeld', { epoch: 0 })],
  [1, 'a compartment held while it is suspect', more(...begun(second, doors.large, 1, 400_000))],
  [1, 'a deposit that begins twice', after('depositBegun', begun(parcel, doors.other, 1, 10_000).slice(0, 1))],
  [1, 'a compartment loaded with what is elsewhere', changed('compartmentLoaded', { deposit: second })],
  [1, 'a compartment held for a deposit elsewhere', changed('compartmentHeld', { compartment: doors.other })],
  [2, 'a pulse without an intent', without('doorUnlockIntended')],
  [2, 'a pulse twice for one intent', after('doorPulsed', [{ type: 'doorPulsed', door: doors.small, at: at(12_500) }])],
  [2, 'an intent for nobody’s session', changed('doorUnlockIntended', { cause: { ...pickup, session: visitor } }, 2)],
  [2, 'an intent on the word of an order that nobody gave', without('orderAccepted')],
  [2, 'an intent twice before one outcome', after('doorUnlockIntended', goodDay.filter(is('doorUnlockIntended')))],
  [2, 'a door that opens for another cause than was intended', changed('doorOpened', { cause: pickup })],
  [
    2,
    'an opening without a cause that nobody suspects',
    more(
      { type: 'doorOpened', door: doors.small, cause: null, recovered: false, witness: 'leaf', at: at(400_000) },
      ...wrong(3, 401_000),
      ...wrong(4, 404_000),
    ),
  ],
  [
    2,
    'a pulse after a restart for an intent before it',
    after('doorUnlockIntended', [{ type: 'cabinetStarted', boot: 2, at: at(10_000) }]),
  ],
  [
    2,
    'a hook that came free by itself and is called explained',
    more({ type: 'doorUnlatched', door: doors.small, explained: true, at: at(400_000) }),
  ],
  [3, 'a deposit acknowledged without a code', without('depositPrepared')],
  [3, 'a deposit acknowledged whose door nobody saw shut', without('doorShut')],
  [3, 'a deposit acknowledged and never behind its door', without('compartmentLoaded')],
  [3, 'a compartment freed with a parcel inside', still({ type: 'compartmentReleased', compartment: doors.small })],
  [3, 'a parcel collected whose door never opened', without('doorOpened', 2)],
  [
    3,
    'a parcel recalled whose door never opened',
    still({ type: 'depositRecalled', deposit: parcel, by: 'silence', at: at(90_000) }),
  ],
  [
    3,
    'a parcel cancelled after it was acknowledged',
    still({ type: 'depositCancelled', deposit: parcel, why: 'broken-off', at: at(90_000) }),
  ],
  [
    3,
    'a compartment retired with a parcel inside',
    still(accepts(9, 'retire', 90_000), {
      type: 'compartmentRetired',
      compartment: doors.small,
      order: nth('order', 9),
    }),
  ],
  [
    3,
    'a compartment called empty with a parcel inside',
    still({ type: 'compartmentInspected', compartment: doors.small, seen: 'empty', by: nth('staff', 1) }),
  ],
  [4, 'a code of a parcel that is gone', more(...types(3, 400_000, 0))],
  [4, 'a code that was never drawn', changed('codeAccepted', { generation: 7 })],
  [
    4,
    'a code that was revoked',
    after('sessionEnded', [{ type: 'codesRevoked', deposit: parcel, through: 0, at: at(20_000) }]),
  ],
  [4, 'a session that opens by a code that nobody typed', without('codeAccepted')],
  [
    4,
    'a right that comes back a third time',
    after(
      'pickupSessionOpened',
      [1, 2, 3].map((n) => ({ type: 'pickupReopened', session: recipient, deposit: parcel, at: at(63_200 + n) })),
    ),
  ],
  [
    4,
    'a right that comes back after a quarter of an hour',
    after('pickupSessionOpened', [
      { type: 'pickupReopened', session: recipient, deposit: parcel, at: at(63_200 + 900_000) },
    ]),
  ],
  [
    5,
    'a lower generation after a higher',
    still(
      ...types(1, 60_000, 1),
      comes(recipient, 60_000, 1),
      { type: 'depositKept', deposit: parcel, at: at(60_001) },
      ...types(2, 90_000, 0),
    ),
  ],
  [5, 'a code renewed in a generation that was', still(...newTag('new', 1, 90_000))],
  [6, 'an order that acts twice', after('orderAccepted', [accepts(1, 'open', 200_000)])],
  [
    6,
    'an order that acts after it was refused',
    more(
      { type: 'orderRefused', order: nth('order', 7), reason: 'order-stale-nonce', at: at(400_000) },
      accepts(7, 'open', 400_001),
    ),
  ],
  [6, 'a nonce that signs two people in', still(signedIn(visitor, 90_000, 'first'))],
  [
    6,
    'a compartment retired without an order',
    more({ type: 'compartmentRetired', compartment: doors.small, order: nth('order', 8) }),
  ],
  [
    6,
    'a pickup without nonce, order or code',
    still({ ...comes(recipient, 90_000, 0), via: 'grant', generation: null } as CabinetEvent),
  ],
  [7, 'an attempt number that fell', changed('codeAttempted', { attempt: 1 }, 2)],
  [7, 'a code judged that nobody journaled', without('codeAttempted', 2)],
  [7, 'two tries within two seconds', changed('codeAttempted', { at: at(61_000) }, 2)],
  [
    7,
    'a sixth try in the pause after five wrong ones',
    still(...[1, 2, 3, 4, 5, 6].flatMap((n) => wrong(n, 60_000 + n * 3_000))),
  ],
  [
    7,
    'wrong tries forgotten by a restart',
    still(
      ...[1, 2, 3, 4].flatMap((n) => wrong(n, 60_000 + n * 3_000)),
      { type: 'cabinetStarted', boot: 2, at: at(80_000) },
      ...wrong(5, 80_500),
      ...wrong(6, 84_000),
    ),
  ],
  [7, 'a code equal to one that lives', still(...newTag('code 0', 2, 90_000))],
  [7, 'running time that fell', changed('sessionEnded', { at: at(1_000) })],
  [7, 'a start counted back', more({ type: 'cabinetStarted', boot: 1, at: at(400_000) })],
  [11, 'a deposit for another carrier', changed('depositBegun', { carrier: nth('carrier', 2) })],
  [
    13,
    'six remote openings in ten minutes',
    more(...[11, 12, 13, 14, 15, 16].flatMap((n) => remote(n, 400_000 + n * 10_000))),
  ],
  [
    13,
    'two pulses at once',
    more(
      ...remote(11, 400_000).slice(0, 3),
      accepts(12, 'open', 400_000),
      ...opens(doors.small, { kind: 'order', order: nth('order', 12), staff: nth('staff', 1) }, 400_200).slice(0, 2),
    ),
  ],
  [
    14,
    'a phone in a reason',
    more({
      type: 'orderRefused',
      order: nth('order', 7),
      reason: '+8613800000011',
      at: at(400_000),
    } as unknown as CabinetEvent),
  ],
  [
    14,
    'a code in a consent',
    changed('depositBegun', { consent: { kind: 'parcel', ref: '012345678', cardVersion: 1 } }),
  ],
  [14, 'a name on a line', changed('depositBegun', { consent: { kind: 'parcel', ref: '김철수', cardVersion: 1 } })],
  [16, 'a compartment freed while its door stands open', without('doorShut', 2)],
  [16, 'a compartment called empty while its door stands open', without('doorShut', 3)],
  [16, 'a compartment handed out that nobody has seen', without('doorFound')],
  [17, 'somebody shut in and no release', without('releaseBegun')],
  [17, 'a release that nobody asked for', without('emergencyRaised')],
  [17, 'a large door shut outside a session and nobody called', [...without('largeDoorShut'), ...wrong(3, 400_000)]],
  [
    17,
    'a door to be released that never was',
    [
      ...without('doorUnlockIntended', 4, goodDay).filter(
        (event) =>
          !('door' in event && event.door === doors.large && event.type !== 'doorFound') &&
          event.type !== 'emergencyEnded',
      ),
      attempt(3, 2_000_000),
    ],
  ],
]

describe('a history that keeps the laws', () => {
  it('is found whole, with every law named and those that say nothing marked so', () => {
    const { violations, entries, laws } = judged(journalOf(goodDay))
    expect(violations).toEqual([])
    expect(entries).toBe(goodDay.length)
    expect(laws.map(({ law }) => law)).toEqual(Array.from({ length: 17 }, (_, i) => i + 1))
    const silent = laws.filter(({ checked }) => checked === 0).map(({ law }) => law)
    expect(silent).toEqual([5, 9, 10, 12, 15].filter((law) => silent.includes(law)))
    expect(laws.every(({ checked, limit }) => checked > 0 || limit !== undefined)).toBe(true)
  })

  it('may stop anywhere: a journal that goes no further owes nothing', () => {
    for (let length = 1; length <= goodDay.length; length += 1)
      expect(judged(journalOf(goodDay.slice(0, length))).violations).toEqual([])
  })
})

describe('a broken history is caught:', () => {
  it('in forty ways and more', () => {
    expect(broken.length).toBeGreaterThanOrEqual(40)
  })

  it.each(broken)('law %i: %s', (law, _, story) => {
    expect(lawsBroken(journalOf(story))).toContain(law)
  })
})
