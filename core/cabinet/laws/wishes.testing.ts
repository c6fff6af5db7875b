import type { DepositId, SessionId } from '../../values/ids.ts'
import { sizes } from '../../values/sizes.ts'
import type { CabinetCommand } from '../commands.ts'
import type { Cabinet } from '../state.ts'
import { beginning, codesFor, doorIds, fineInspection, nth } from './scene.testing.ts'

const physical = ['wait', 'pulse', 'shut', 'force', 'sight', 'time', 'switch', 'crash', 'tag', 'revoke'] as const
const courier = [
  'signIn',
  'begin',
  'prepare',
  'confirm',
  'join',
  'move',
  'reopen',
  'cancel',
  'turnAway',
  'end',
  'recall',
  'confirmRecall',
  'undo',
  'settleUndo',
  'look',
  'sayLook',
] as const
const recipient = ['type', 'grant', 'took', 'again', 'refuse', 'empty', 'stuck', 'help'] as const
const staff = [
  'orderOpen',
  'orderRetire',
  'orderRestore',
  'orderInspect',
  'orderRenew',
  'orderHold',
  'orderGiveBack',
  'orderPickup',
  'orderRelease',
  'orderCalm',
] as const
export const moves = [...physical, ...courier, ...recipient, ...staff] as const

/** One thing that happens or is asked for; `a` says to whom, `b` how. */
export type Move = { readonly what: (typeof moves)[number]; readonly a: number; readonly b: number }

const move = (what: Move['what'], b = 5): Move => ({ what, a: 0, b })

const usually = (...whats: readonly Move['what'][]): readonly Move[] =>
  whats.map((what) => move(what, what === 'wait' ? 4 : 5))

/** What people do from beginning to end, so that random stories get somewhere. */
export const habits: readonly (readonly Move[])[] = [
  [
    move('signIn'),
    move('begin', 1),
    move('prepare'),
    move('pulse'),
    move('move', 1),
    move('shut'),
    move('pulse'),
    move('shut'),
    move('end'),
  ],
  [move('signIn'), move('begin', 1), move('pulse'), move('cancel'), move('shut'), move('end')],
  [move('wait', 4), move('type'), move('tag'), move('pulse'), move('took'), move('shut'), move('took')],
  [move('signIn'), move('begin', 1), move('prepare'), move('pulse'), move('shut'), move('confirm'), move('end')],
  [
    move('signIn'),
    move('begin', 1),
    move('prepare'),
    move('pulse'),
    move('shut'),
    move('confirm'),
    move('begin', 1),
    move('prepare'),
    move('pulse'),
    move('shut'),
    move('end'),
  ],
  [move('wait', 4), move('type'), move('tag'), move('pulse'), move('shut'), move('took')],
  [
    move('wait', 4),
    move('grant', 1),
    move('pulse'),
    move('shut'),
    move('grant', 1),
    move('pulse'),
    move('shut'),
    move('took'),
  ],
  [move('wait', 4), move('type'), move('tag'), move('pulse'), move('refuse'), move('shut')],
  [move('wait', 4), move('grant', 1), move('pulse'), move('empty'), move('shut')],
  [move('wait', 4), move('type'), move('tag'), move('pulse'), move('stuck'), move('shut'), move('orderInspect')],
  [move('signIn'), move('begin', 1), move('prepare'), move('pulse'), move('join'), move('shut'), move('end')],
  [move('grant', 1), move('pulse'), move('shut'), { ...move('grant', 1), a: 1 }, move('pulse'), move('shut')],
  [move('wait', 4), move('signIn'), move('recall'), move('pulse'), move('shut'), move('confirmRecall')],
  [
    move('signIn'),
    move('begin', 1),
    move('prepare'),
    move('pulse'),
    move('shut'),
    move('confirm'),
    move('undo'),
    move('pulse'),
    move('shut'),
    move('settleUndo'),
    move('end'),
  ],
  [
    move('wait', 4),
    move('force', 8),
    move('shut'),
    move('signIn'),
    move('look'),
    move('pulse'),
    move('shut'),
    move('sayLook', 4),
  ],
  [move('orderHold', 1), move('orderHold', 2), move('orderRetire', 4), move('orderGiveBack', 1)],
  [move('orderHold', 1), move('signIn'), move('begin', 1), move('pulse'), move('wait', 4)],
  [move('orderHold', 1), ...Array.from({ length: 10 }, () => move('wait', 4))],
  [...usually('wait', 'type', 'tag'), move('crash', 3), ...usually('type', 'tag', 'pulse', 'shut', 'wait')],
]

export interface Asking {
  readonly cabinet: Cabinet
  readonly drawn: number
  draw(): number
}

export const pick = <Item>(items: readonly Item[], n: number): Item | undefined => items[n % Math.max(items.length, 1)]

/** What somebody asks of the cabinet: mostly sensible, now and then stale, forged or out of turn. */
export function wishOf(wished: Move, asking: Asking): CabinetCommand | undefined {
  const { session } = asking.cabinet
  const anyDeposit = pick([...asking.cabinet.deposits.keys()], wished.a) ?? nth('deposit', 9_999)
  return wishes[wished.what]?.(wished, {
    ...asking,
    session: session?.id ?? nth('session', 9_999),
    deposit: session?.deposit ?? anyDeposit,
    anyDeposit,
  })
}

interface Situation extends Asking {
  readonly session: SessionId
  /** In hand, where there is one. */
  readonly deposit: DepositId
  readonly anyDeposit: DepositId
}

type Wish = (wished: Move, situation: Situation) => CabinetCommand | undefined

const needOf = ({ a, b }: Move) => ({ size: pick(sizes, a) ?? 'S', box: null, lowDoor: b % 5 === 0 }) as const

function grant({ a, b }: Move, { cabinet, draw }: Situation): CabinetCommand | undefined {
  const waiting = pick([...cabinet.deposits.values()], a)
  if (waiting === undefined) return undefined
  const { id: deposit, compartment, epoch } = waiting
  return {
    type: 'acceptGrant',
    session: nth('session', draw()),
    person: nth('person', 2),
    deposit,
    compartment,
    epoch: b % 7 === 0 ? epoch - 1 : epoch,
    nonce: cabinet.session?.nonce ?? `n${draw()}`,
    freshness: b % 5 === 0 ? 'wrong-number' : 'screen',
  }
}

function order({ a, b }: Move, { cabinet, drawn }: Situation) {
  const compartment = pick(doorIds, a) ?? nth('compartment', 1)
  const epoch = (cabinet.compartments.get(compartment)?.epoch ?? 0) - (b % 6 === 0 ? 1 : 0)
  const freshness = b % 7 === 0 ? 'stale' : 'asked'
  return { order: nth('order', drawn), staff: nth('staff', 1), freshness, compartment, epoch } as const
}

const wishes: Readonly<Partial<Record<Move['what'], Wish>>> = {
  signIn: ({ b }, { draw }) => ({
    type: 'openCourierSession',
    session: nth('session', draw()),
    person: nth('person', 1),
    carrier: nth('carrier', 1),
    via: 'grant',
    nonce: 'nonce-courier',
    freshness: b % 6 === 0 ? 'stale' : 'screen',
  }),
  begin: (wished, { session, draw }) => beginning(draw(), { session, need: needOf(wished) }),
  // One hand in ten draws codes that were drawn before.
  prepare: ({ b }, { deposit, drawn, draw }) => ({
    type: 'prepareDeposit',
    deposit,
    codes: codesFor(b % 10 === 0 ? drawn : draw()),
  }),
  confirm: (_, { session, deposit }) => ({ type: 'confirmDeposit', session, deposit }),
  join: ({ b }, { session, deposit }) => ({
    type: 'joinParcel',
    session,
    deposit,
    parcel: `parcel-${b}`,
    inspection: fineInspection,
  }),
  move: (wished, { session, deposit }) => ({
    type: 'moveDeposit',
    session,
    deposit,
    need: needOf(wished),
    faulty: wished.a % 2 === 0,
  }),
  reopen: ({ b }, { session, deposit }) => ({ type: b % 2 === 0 ? 'reopenDeposit' : 'reopenRecall', session, deposit }),
  cancel: (_, { session, deposit }) => ({ type: 'cancelDeposit', session, deposit }),
  turnAway: ({ b }, { session }) => ({ type: 'turnParcelAway', session, parcel: `parcel-${b}`, why: 'damaged' }),
  end: ({ b }, { session }) => ({ type: b % 4 === 0 ? 'extendSession' : 'endSession', session }),
  recall: ({ b }, { session, anyDeposit: deposit }) => ({ type: 'beginRecall', session, deposit, listed: b % 4 > 0 }),
  confirmRecall: (_, { session, deposit }) => ({ type: 'confirmRecall', session, deposit }),
  undo: (_, { session, cabinet, anyDeposit }) => ({
    type: 'undoDeposit',
    session,
    deposit: cabinet.lastMade?.deposit ?? anyDeposit,
  }),
  settleUndo: ({ b }, { session, deposit }) => ({
    type: b % 3 === 0 ? 'keepDeposit' : 'confirmUndo',
    session,
    deposit,
  }),
  look: ({ a, b }, { session, cabinet }) => {
    const doubtful = doorIds.filter((id) => cabinet.compartments.get(id)?.use === 'suspect')
    const compartment = pick(b % 5 === 0 ? doorIds : doubtful, a) ?? nth('compartment', 1)
    return b % 4 === 0 ? { type: 'reopenLook', session } : { type: 'beginLook', session, compartment }
  },
  sayLook: ({ a, b }, { session }) =>
    b % 5 === 0
      ? { type: 'endLook', session }
      : {
          type: 'sayLook',
          session,
          seen: a % 3 === 0 ? 'parcel-inside' : 'empty',
          ...(b % 7 === 0 ? { picture: 'e'.repeat(64) } : {}),
        },
  type: ({ b }) => ({ type: 'attemptCode', step: b % 9 === 0 ? 'code-and-tail' : 'code' }),
  grant,
  took: (_, { session }) => ({ type: 'confirmPickup', session }),
  again: (_, { session }) => ({ type: 'reopenPickup', session }),
  refuse: (_, { session }) => ({ type: 'refuseParcel', session, why: 'damaged' }),
  empty: (_, { session }) => ({ type: 'reportEmpty', session }),
  stuck: (_, { session }) => ({ type: 'reportStuck', session }),
  orderOpen: (wished, at) => ({ ...order(wished, at), type: 'orderOpen', service: wished.b % 2 === 0 }),
  orderRetire: (wished, at) => (wished.b % 4 === 0 ? { ...order(wished, at), type: 'orderRetire' } : undefined),
  orderRestore: (wished, at) => ({ ...order(wished, at), type: 'orderRestore' }),
  orderInspect: (wished, at) => ({
    ...order(wished, at),
    type: 'orderInspect',
    seen: wished.b % 3 === 0 ? 'parcel-inside' : 'empty',
    ...(wished.b % 5 === 0 ? { picture: 'f'.repeat(64) } : {}),
  }),
  orderHold: (wished, at) => {
    const { order: id, staff: by, freshness } = order(wished, at)
    const person = nth('person', 1 + (wished.b % 3))
    at.draw()
    return {
      type: 'orderHold',
      order: id,
      staff: by,
      freshness,
      person,
      carrier: nth('carrier', 1),
      size: needOf(wished).size,
    }
  },
  orderGiveBack: (wished, at) => {
    const { order: id, staff: by, freshness } = order(wished, at)
    const hold = pick(at.cabinet.leases, wished.a)?.order ?? nth('order', 9_999)
    return { type: 'orderGiveBack', order: id, staff: by, freshness, hold }
  },
  orderPickup: (wished, at) => {
    const { order: id, staff: by, freshness } = order(wished, at)
    const { compartment, epoch } = at.cabinet.deposits.get(at.anyDeposit) ?? order(wished, at)
    const session = nth('session', at.draw())
    const wanted = { session, deposit: at.anyDeposit, compartment, epoch, screenDead: wished.b % 4 !== 0 }
    return { type: 'orderPickup', order: id, staff: by, freshness, ...wanted }
  },
  help: ({ b }) => ({ type: 'raiseEmergency', what: b % 3 === 0 ? 'shut-in' : 'help' }),
  orderRelease: (wished, at) => {
    const { order: id, staff: by, freshness, compartment } = order(wished, at)
    const doors = wished.b % 3 === 0 ? 'all' : wished.b % 3 === 1 ? 'large' : [compartment]
    return wished.b % 4 === 0 ? { type: 'orderRelease', order: id, staff: by, freshness, doors } : undefined
  },
  orderCalm: (wished, at) => {
    const { order: id, staff: by, freshness } = order(wished, at)
    return { type: 'orderCalm', order: id, staff: by, freshness }
  },
  orderRenew: (wished, at) => {
    const code = { generation: 0, tag: `renewed-${at.draw()}`, tailTag: null }
    const { order: id, staff: by, freshness } = order(wished, at)
    return { type: 'orderRenew', order: id, staff: by, freshness, deposit: at.anyDeposit, code }
  },
}
