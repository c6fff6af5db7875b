import { describe, expect, it } from 'vitest'
import type { CabinetCommand } from '../commands.ts'
import {
  atWork,
  beginning,
  codesFor,
  codeSession,
  cycles,
  deposit,
  doorIds,
  fineInspection,
  jams,
  nth,
  oneStored,
  seen,
  session1,
  signedIn,
  signIn,
  stored,
  swings,
  tell,
  typed,
  type Told,
} from '../laws/scene.testing.ts'

const door = nth('compartment', 1)
const other = nth('session', 2)
const session = session1
const one = deposit(1)

const begun = tell(signedIn, beginning(1), { type: 'prepareDeposit', deposit: one, codes: codesFor(1) })
const courierAgain = tell(oneStored, { ...signIn, session } as CabinetCommand)
const collecting = tell(oneStored, ...typed(1))
const recalling = tell(courierAgain, { type: 'beginRecall', session, deposit: one, listed: true })
const undoing = tell(stored(signedIn, 1), { type: 'undoDeposit', session, deposit: one })
const afterRefusal = tell(collecting, ...swings(door), { type: 'refuseParcel', session: codeSession, why: 'damaged' })

/** Every stage of a deposit, with its door shut, pulsed, open or shut again. */
const stages = {
  none: signedIn,
  'filling, pulsed': begun,
  'filling, open': tell(begun, ...swings(door)),
  'filling, shut': tell(begun, ...cycles(door)),
  'filling, jammed': tell(begun, ...jams(door)),
  cancelling: tell(begun, ...swings(door), { type: 'cancelDeposit', session, deposit: one }),
  stored: courierAgain,
  'undoing, open': tell(undoing, ...swings(door)),
  'undoing, shut': tell(undoing, ...cycles(door)),
  'collecting, pulsed': collecting,
  'collecting, open': tell(collecting, ...swings(door)),
  'collecting, shut': tell(collecting, ...cycles(door)),
  'putting back': afterRefusal,
  refused: tell(afterRefusal, seen(door, 'shut'), signIn),
  'recalling, open': tell(recalling, ...swings(door)),
  'recalling, shut': tell(recalling, ...cycles(door)),
} as const satisfies Record<string, Told>
const columns = Object.keys(stages) as (keyof typeof stages)[]

const need = { size: 'L', box: null, lowDoor: false } as const
const commands = {
  beginDeposit: beginning(2),
  prepareDeposit: { type: 'prepareDeposit', deposit: one, codes: codesFor(7) },
  joinParcel: { type: 'joinParcel', session, deposit: one, parcel: 'parcel-9', inspection: fineInspection },
  moveDeposit: { type: 'moveDeposit', session, deposit: one, need },
  reopenDeposit: { type: 'reopenDeposit', session, deposit: one },
  confirmDeposit: { type: 'confirmDeposit', session, deposit: one },
  cancelDeposit: { type: 'cancelDeposit', session, deposit: one },
  undoDeposit: { type: 'undoDeposit', session, deposit: one },
  confirmUndo: { type: 'confirmUndo', session, deposit: one },
  keepDeposit: { type: 'keepDeposit', session, deposit: one },
  beginRecall: { type: 'beginRecall', session, deposit: one, listed: true },
  reopenRecall: { type: 'reopenRecall', session, deposit: one },
  confirmRecall: { type: 'confirmRecall', session, deposit: one },
  turnParcelAway: { type: 'turnParcelAway', session, parcel: 'parcel-9', why: 'damaged' },
  endSession: { type: 'endSession', session },
  attemptCode: { type: 'attemptCode', step: 'code' },
  confirmPickup: { type: 'confirmPickup', session: codeSession },
  reopenPickup: { type: 'reopenPickup', session: codeSession },
  refuseParcel: { type: 'refuseParcel', session: codeSession, why: 'not-wanted' },
  reportEmpty: { type: 'reportEmpty', session: codeSession },
  reportStuck: { type: 'reportStuck', session: codeSession },
  acceptGrant: {
    type: 'acceptGrant',
    session: other,
    person: nth('person', 2),
    deposit: one,
    compartment: door,
    epoch: 1,
    nonce: 'fresh',
    freshness: 'screen',
  },
  signIn: { ...signIn, session: other } as CabinetCommand,
} as const satisfies Record<string, CabinetCommand>

const short = (told: Told): string =>
  typeof told.answer === 'string'
    ? told.answer
    : told.answer.map(({ type }) => type.replace('compartment', 'c.').replace('deposit', 'd.')).join(' ')

describe('what each stage of a deposit answers to each command', () => {
  it.each(Object.keys(commands) as (keyof typeof commands)[])('%s', (name) => {
    const row = Object.fromEntries(columns.map((stage) => [stage, short(tell(stages[stage], commands[name]))]))
    expect(row).toMatchSnapshot()
  })
})

describe('an uninvited guest', () => {
  it('finds nothing to end, extend or open without a session', () => {
    const strangers: readonly CabinetCommand[] = [
      { type: 'endSession', session },
      { type: 'extendSession', session },
      beginning(1),
      { type: 'beginRecall', session, deposit: one, listed: true },
    ]
    expect(strangers.map((command) => tell(atWork, command).answer)).toEqual(strangers.map(() => 'session-unknown'))
    expect(doorIds.length).toBe(6)
  })
})
