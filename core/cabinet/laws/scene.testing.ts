import type { Given } from '../../decider/decider.ts'
import { makeId, type CompartmentId, type DepositId, type Id, type IdKind } from '../../values/ids.ts'
import { instant, runningMs, type RunningMs } from '../../values/instants.ts'
import type { Size } from '../../values/sizes.ts'
import { cabinetDecider } from '../cabinet.ts'
import type { CabinetCommand, CabinetFact, CourierCommand } from '../commands.ts'
import type { CabinetEvent, CodeTags } from '../events.ts'
import type { CabinetLayout } from '../layout.ts'
import { newCabinet, type Cabinet } from '../state.ts'

/** A small cabinet and the words to tell its story in tests: the nth id of each kind, no randomness, no clock. */
export const nth = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> =>
  makeId(kind, instant(n), new Uint8Array(10))

export const givenAt = (now: RunningMs): Given => ({
  now,
  wall: instant(0),
  clockTrusted: false,
  random: new Uint8Array(64),
})

const plan: readonly (readonly [Size, number])[] = [
  ['S', 100],
  ['S', 400],
  ['M', 600],
  ['M', 1300],
  ['L', 400],
  ['XL', 100],
]

export const doorIds: readonly CompartmentId[] = plan.map((_, i) => nth('compartment', i + 1))

export const sixDoors: CabinetLayout = {
  version: 1,
  bodies: [{ kind: 'mainCabinet', widthMm: 900, heightMm: 1900 }],
  compartments: plan.map(([size, yMm], i) => ({
    id: nth('compartment', i + 1),
    label: `A0${i + 1}`,
    body: 0,
    size,
    inside: { widthMm: 400, heightMm: 100 * (i + 1), depthMm: 500 },
    front: { xMm: 0, yMm, widthMm: 400, heightMm: 200 },
    lock: { line: 'a', board: 1, channel: i },
    witness: 'leaf',
  })),
}

export const codesFor = (n: number): readonly CodeTags[] =>
  [0, 1].map((generation) => ({ generation, tag: `tag-${n}-${generation}`, tailTag: `tail-${n}-${generation}` }))

export const fineInspection = { offered: true, damaged: false, weightOff: false } as const

export function beginning(
  n: number,
  change: Partial<Extract<CourierCommand, { type: 'beginDeposit' }>> = {},
): CabinetCommand {
  return {
    type: 'beginDeposit',
    session: nth('session', 1),
    deposit: nth('deposit', n),
    parcels: [`parcel-${n}`],
    need: { size: 'S', box: null, lowDoor: false },
    consent: { kind: 'parcel', ref: 'con', cardVersion: 1 },
    inspection: fineInspection,
    declared: { freshFood: false, valuables: false, agreement: false },
    ...change,
  }
}

export const signIn: CabinetCommand = {
  type: 'openCourierSession',
  session: nth('session', 1),
  person: nth('person', 1),
  carrier: nth('carrier', 1),
  via: 'grant',
  nonce: 'nonce-courier',
  freshness: 'screen',
}

export type Telling = CabinetCommand | CabinetFact | { readonly type: 'wait'; readonly ms: number }

export interface Told {
  readonly cabinet: Cabinet
  readonly now: RunningMs
  readonly journal: readonly CabinetEvent[]
  /** What the last telling was answered: its events, or the refusal. */
  readonly answer: readonly CabinetEvent[] | string
}

export const untold: Told = { cabinet: newCabinet, now: runningMs(1_000), journal: [], answer: [] }

const factTypes: readonly string[] = [
  'started',
  'door',
  'codeTagged',
  'revocationsTold',
  'serviceSwitchSeen',
  'timePassed',
] satisfies CabinetFact['type'][]
const isFact = (telling: CabinetCommand | CabinetFact): telling is CabinetFact => factTypes.includes(telling.type)

export function tell(told: Told, ...tellings: readonly Telling[]): Told {
  return tellings.reduce(tellOne, told)
}

function tellOne(told: Told, telling: Telling): Told {
  if (telling.type === 'wait')
    return tellOne({ ...told, now: runningMs(told.now + telling.ms) }, { type: 'timePassed' })
  const given = givenAt(told.now)
  if (isFact(telling)) return after(told, cabinetDecider.absorb(told.cabinet, telling, given))
  const decision = cabinetDecider.decide(told.cabinet, telling, given)
  return decision.accepted ? after(told, decision.events) : { ...told, answer: decision.refusal }
}

function after(told: Told, events: readonly CabinetEvent[]): Told {
  return {
    ...told,
    cabinet: events.reduce(cabinetDecider.evolve, told.cabinet),
    journal: [...told.journal, ...events],
    answer: events,
  }
}

export const seen = (door: CompartmentId, sight: 'shut' | 'unlatched' | 'open' | 'unknown'): CabinetFact => ({
  type: 'door',
  door,
  fact: { type: 'doorSeen', sight, witness: 'leaf' },
})
export const pulsed = (door: CompartmentId): CabinetFact => ({ type: 'door', door, fact: { type: 'doorPulseSent' } })

/** Pulse, leaf out. */
export const swings = (door: CompartmentId): readonly Telling[] => [pulsed(door), seen(door, 'open')]
export const cycles = (door: CompartmentId): readonly Telling[] => [...swings(door), seen(door, 'shut')]
export const jams = (door: CompartmentId): readonly Telling[] => [pulsed(door), { type: 'wait', ms: 3_000 }]

/** Started, with every door seen shut. */
export const atWork: Told = tell(
  untold,
  { type: 'takeLayout', layout: sixDoors },
  { type: 'started', boot: 1 },
  ...doorIds.map((door) => seen(door, 'shut')),
)

/** What comes of a decision, in words: its events, or why not. */
export const saidBy = (told: Told): string =>
  typeof told.answer === 'string' ? told.answer : told.answer.map(({ type }) => type).join(' ')

export const session1 = nth('session', 1)

export const deposit = (n: number): DepositId => nth('deposit', n)

/** The nth deposit goes through the first door that fits, and is confirmed. */
export function stored(told: Told, n: number): Told {
  const begun = tell(told, beginning(n))
  const door = begun.cabinet.deposits.get(deposit(n))?.compartment
  if (door === undefined) return begun
  return tell(begun, { type: 'prepareDeposit', deposit: deposit(n), codes: codesFor(n) }, ...cycles(door), {
    type: 'confirmDeposit',
    session: session1,
    deposit: deposit(n),
  })
}

export const signedIn: Told = tell(atWork, signIn)
export const oneStored: Told = tell(stored(signedIn, 1), { type: 'endSession', session: session1 })

/** Whoever types the code of deposit n. */
export const typed = (n: number, generation = 0, attempt = 1): readonly Telling[] => [
  { type: 'attemptCode', step: 'code' },
  { type: 'codeTagged', attempt, tag: `tag-${n}-${generation}`, tailTag: null, session: nth('session', 100 + attempt) },
]
export const codeSession = nth('session', 101)
