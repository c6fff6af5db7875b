import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { chainHash, chainStart, signHead } from '@holdfast/wire/seals/chain.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { createHistory, type Verdict } from './history.ts'
import type { HistoryRecord, JournalRecord } from './records.ts'

export const seals = createStandInSeals(1)
const keys = seals.generate('p256')

/** The nth id of each kind. */
export const nth = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> =>
  makeId(kind, instant(n), new Uint8Array(10))

export const hex = (text: string): string =>
  [...seals.hash(new TextEncoder().encode(text))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export interface Told {
  readonly from?: JournalRecord['from']
  readonly cabinet?: number
  readonly incarnation?: number
}

/** Chained, ended and signed as a terminal does it. */
export function journalOf(events: readonly CabinetEvent[], told: Told = {}): JournalRecord[] {
  const { from = 'cabinet', cabinet = 1, incarnation = 1 } = told
  const copy = { from, cabinet: nth('cabinet', cabinet), incarnation: nth('incarnation', incarnation) }
  const records: JournalRecord[] = []
  let hash = chainStart.hash
  let running = 0
  let boot = 1
  for (const [i, event] of events.entries()) {
    if ('at' in event) running = event.at
    if (event.type === 'cabinetStarted') boot = event.boot
    const { incarnation: own } = copy
    const bytes = toCanonical({
      seq: i + 1,
      incarnation: own,
      boot,
      running,
      wall: 0,
      trusted: false,
      event: { ...event },
    })
    hash = chainHash(seals, hash, bytes)
    const entry = new TextDecoder().decode(bytes)
    records.push({ kind: 'entry', ...copy, seq: i + 1, hash: base64FromBytes(hash), entry })
  }
  const end = { ...copy, seq: events.length, hash: base64FromBytes(hash) }
  const head = signHead(seals, keys.privateKey, { incarnation: copy.incarnation, seq: events.length, hash })
  return [
    ...records,
    { kind: 'end', ...end },
    { kind: 'head', ...end, signature: base64FromBytes(head.signature), key: keys.publicKey },
  ]
}

export function judged(records: readonly HistoryRecord[]): Verdict {
  const history = createHistory(seals)
  for (const record of records) history.take(record)
  return history.verdict()
}

export const lawsBroken = (records: readonly HistoryRecord[]): readonly number[] => [
  ...new Set(judged(records).violations.map(({ law }) => law)),
]

const [small, other, large] = [nth('compartment', 1), nth('compartment', 2), nth('compartment', 3)]
export const doors = { small, other, large }
export const [courier, recipient, visitor] = [nth('session', 1), nth('session', 2), nth('session', 3)]
export const [parcel, second] = [nth('deposit', 1), nth('deposit', 2)]
const staff = nth('staff', 1)
const at = runningMs

const layout: CabinetLayout = {
  version: 1,
  bodies: [{ kind: 'mainCabinet', widthMm: 900, heightMm: 1900 }],
  compartments: [small, other, large].map((id, channel) => ({
    id,
    label: `A0${channel + 1}`,
    body: 0,
    size: id === large ? 'L' : 'S',
    inside: { widthMm: 400, heightMm: 200, depthMm: 500 },
    front: { xMm: 0, yMm: 200 * channel, widthMm: 400, heightMm: 200 },
    lock: { line: 'main', board: 1, channel },
    witness: 'leaf',
  })),
}

type Cause = Extract<CabinetEvent, { type: 'doorUnlockIntended' }>['cause']

/** The leaf swings out and back: what a journal says of one opening. */
export const opens = (door: typeof small, cause: Cause, now: number): CabinetEvent[] => [
  { type: 'doorUnlockIntended', door, cause, at: at(now) },
  { type: 'doorPulsed', door, at: at(now) },
  { type: 'doorOpened', door, cause, recovered: false, witness: 'leaf', at: at(now + 100) },
  { type: 'doorShut', door, witness: 'leaf', at: at(now + 5_000) },
]

export const signedIn = (session: typeof courier, now: number, nonce: string): CabinetEvent => ({
  type: 'courierSessionOpened',
  session,
  person: nth('person', 1),
  carrier: nth('carrier', 1),
  via: 'grant',
  nonce: hex(nonce).slice(0, 32),
  at: at(now),
})

export const begun = (
  deposit: typeof parcel,
  compartment: typeof small,
  epoch: number,
  now: number,
): CabinetEvent[] => [
  {
    type: 'depositBegun',
    deposit,
    session: courier,
    carrier: nth('carrier', 1),
    person: nth('person', 1),
    compartment,
    epoch,
    parcels: [hex(deposit)],
    need: { size: 'S', box: null, lowDoor: false },
    consent: { kind: 'parcel', ref: nth('consent', 1), cardVersion: 1 },
    inspection: { offered: true, damaged: false, weightOff: false },
    at: at(now),
  },
  { type: 'compartmentHeld', compartment, epoch, deposit, session: courier },
]

const prepared: CabinetEvent = {
  type: 'depositPrepared',
  deposit: parcel,
  codes: [0, 1].map((generation) => ({ generation, tag: hex(`code ${generation}`), tailTag: null })),
  at: at(10_500),
}
const pickup = { kind: 'pickup', session: recipient, deposit: parcel } as const

const arrives: readonly CabinetEvent[] = [
  { type: 'layoutTaken', layout, at: at(0) },
  { type: 'cabinetStarted', boot: 1, at: at(0) },
  ...[small, other, large].map((door) => ({ type: 'doorFound', door, sight: 'shut', at: at(100) }) as const),
]
const delivered: readonly CabinetEvent[] = [
  signedIn(courier, 9_000, 'first'),
  ...begun(parcel, small, 1, 10_000),
  ...opens(small, { kind: 'deposit', session: courier, deposit: parcel }, 10_000).slice(0, 3),
  prepared,
  ...opens(small, { kind: 'deposit', session: courier, deposit: parcel }, 10_000).slice(3),
  { type: 'depositMade', deposit: parcel, by: 'person', at: at(16_000) },
  { type: 'compartmentLoaded', compartment: small, deposit: parcel },
  { type: 'sessionEnded', session: courier, why: 'done', at: at(17_000) },
]
const collected: readonly CabinetEvent[] = [
  { type: 'codeAttempted', attempt: 1, step: 'code', at: at(60_000) },
  { type: 'codeRejected', attempt: 1, at: at(60_200) },
  { type: 'codeAttempted', attempt: 2, step: 'code', at: at(63_000) },
  { type: 'codeAccepted', attempt: 2, deposit: parcel, generation: 0, at: at(63_200) },
  {
    type: 'pickupSessionOpened',
    session: recipient,
    deposit: parcel,
    person: null,
    via: 'code',
    nonce: null,
    generation: 0,
    at: at(63_200),
  },
  ...opens(small, pickup, 63_200),
  { type: 'depositCollected', deposit: parcel, by: 'person', at: at(70_000) },
  { type: 'compartmentReleased', compartment: small },
  { type: 'sessionEnded', session: recipient, why: 'done', at: at(70_000) },
]
const lookedAfter: readonly CabinetEvent[] = [
  { type: 'orderAccepted', order: nth('order', 1), staff, what: 'open', at: at(200_000) },
  ...opens(other, { kind: 'order', order: nth('order', 1), staff }, 200_000).slice(0, 3),
  { type: 'compartmentSuspected', compartment: other, why: 'opened-remotely' },
  ...opens(other, { kind: 'order', order: nth('order', 1), staff }, 200_000).slice(3),
  { type: 'orderAccepted', order: nth('order', 2), staff, what: 'inspect', at: at(210_000) },
  { type: 'compartmentInspected', compartment: other, seen: 'empty', by: staff },
]
const released: readonly CabinetEvent[] = [
  { type: 'emergencyRaised', what: 'shut-in', at: at(300_000) },
  { type: 'releaseBegun', cause: { kind: 'emergency', order: null, staff: null }, doors: [large], at: at(300_000) },
  ...opens(large, { kind: 'emergency', order: null, staff: null }, 300_000).slice(0, 3),
  { type: 'compartmentSuspected', compartment: large, why: 'opened-remotely' },
  { type: 'doorLeftOpen', door: large, at: at(361_000) },
  { type: 'doorShut', door: large, witness: 'leaf', at: at(370_000) },
  { type: 'largeDoorShut', door: large, at: at(370_000) },
  { type: 'orderAccepted', order: nth('order', 3), staff, what: 'calm', at: at(380_000) },
  { type: 'emergencyEnded', order: nth('order', 3), at: at(380_000) },
]

/** A day that keeps every law: one parcel in and out, a slip at the keypad, a look from afar, somebody shut in. */
export const goodDay: readonly CabinetEvent[] = [...arrives, ...delivered, ...collected, ...lookedAfter, ...released]
/** The same day until the parcel waits behind its door. */
export const waiting: readonly CabinetEvent[] = [...arrives, ...delivered]
