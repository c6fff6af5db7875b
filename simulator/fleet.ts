import type { Cause } from '@holdfast/core/access/cause.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetId, CarrierId, CompartmentId, DepositId, PersonId, SessionId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'

/*
 * The third tier: a town's day as load on real servers over real sockets. Here stand what its people do and how it is
 * counted; sockets, servers and clocks are the caller's (tools/bench/fleet).
 */

/** One parcel's stay behind one door. */
export interface Stay {
  readonly carrier: CarrierId
  readonly courier: PersonId
  readonly door: CompartmentId
  readonly epoch: number
  readonly deposit: DepositId
  /** The courier's, then the recipient's. */
  readonly sessions: readonly [SessionId, SessionId]
  readonly digest: string
  /** HMAC tags of its two codes. */
  readonly tags: readonly [string, string]
}

/** What the journal takes at one go, and how long after the step before. */
export interface Step {
  readonly afterMs: number
  readonly events: readonly CabinetEvent[]
  /** The deposit's private part goes with the first of them. */
  readonly isSealed?: true
}

const at = runningMs(1)
const doorMovesMs = 2_500
const staysMs = 8_000

/** As a real terminal journals them, in its order: in, shut, away; opened by the code, out, shut. */
export function stepsOf(stay: Stay): readonly Step[] {
  const { deposit, door } = stay
  const [session, pickup] = stay.sessions
  const putIn: Cause = { kind: 'deposit', session, deposit }
  const takeOut: Cause = { kind: 'pickup', session: pickup, deposit }
  return [
    { afterMs: 0, events: begun(stay) },
    { afterMs: 0, events: [prepared(stay), ...opened(door, putIn)], isSealed: true },
    {
      afterMs: doorMovesMs,
      events: [
        { type: 'doorShut', door, witness: 'leaf', at },
        { type: 'compartmentLoaded', compartment: door, deposit },
        { type: 'depositMade', deposit, by: 'person', at },
      ],
    },
    { afterMs: doorMovesMs, events: [{ type: 'sessionEnded', session, why: 'done', at }] },
    {
      afterMs: staysMs,
      events: [
        { type: 'codeAttempted', attempt: 1, step: 'code', at },
        { type: 'codeAccepted', attempt: 1, deposit, generation: 0, at },
        {
          type: 'pickupSessionOpened',
          session: pickup,
          deposit,
          person: null,
          via: 'code',
          nonce: null,
          generation: 0,
          at,
        },
        ...opened(door, takeOut),
      ],
    },
    {
      afterMs: doorMovesMs,
      events: [
        { type: 'doorShut', door, witness: 'leaf', at },
        { type: 'depositCollected', deposit, by: 'person', at },
        { type: 'compartmentReleased', compartment: door },
        { type: 'sessionEnded', session: pickup, why: 'done', at },
      ],
    },
  ]
}

function begun({ deposit, sessions, carrier, courier, door, epoch, digest }: Stay): readonly CabinetEvent[] {
  const [session] = sessions
  const need = { size: 'M', box: null, lowDoor: false } as const
  const consent = { kind: 'parcel', ref: 'card', cardVersion: 1 } as const
  const inspection = { offered: true, damaged: false, weightOff: false }
  const parcel = { carrier, person: courier, compartment: door, epoch, parcels: [digest], need, consent, inspection }
  return [
    { type: 'courierSessionOpened', session, person: courier, carrier, via: 'grant', nonce: null, at },
    { type: 'compartmentHeld', compartment: door, epoch, deposit, session },
    { type: 'depositBegun', deposit, session, ...parcel, at },
  ]
}

function prepared({ deposit, tags }: Stay): CabinetEvent {
  const codes = tags.map((tag, generation) => ({ generation, tag, tailTag: null }))
  return { type: 'depositPrepared', deposit, codes, at }
}

const opened = (door: CompartmentId, cause: Cause): readonly CabinetEvent[] => [
  { type: 'doorUnlockIntended', door, cause, at },
  { type: 'doorPulsed', door, at },
  { type: 'doorOpened', door, cause, recovered: false, witness: 'leaf', at },
]

export const factsPerStay = 21

/** How long each fact waited between the journal and the cloud's signed word that it is committed. */
export interface Waits {
  written(cabinet: CabinetId, seq: number, atMs: number): void
  acknowledged(cabinet: CabinetId, watermark: number, atMs: number): void
  /** Of those acknowledged so far. */
  lagsMs(): readonly number[]
  /** Written and not acknowledged. */
  open(): number
}

export function createWaits(): Waits {
  const waiting = new Map<CabinetId, { readonly seq: number; readonly atMs: number }[]>()
  const lags: number[] = []
  return {
    written: (cabinet, seq, atMs) => {
      const mine = waiting.get(cabinet) ?? []
      waiting.set(cabinet, mine)
      mine.push({ seq, atMs })
    },
    acknowledged: (cabinet, watermark, atMs) => {
      const mine = waiting.get(cabinet)
      for (let first = mine?.[0]; first !== undefined && first.seq <= watermark; first = mine?.[0]) {
        lags.push(atMs - first.atMs)
        mine?.shift()
      }
    },
    lagsMs: () => lags,
    open: () => [...waiting.values()].reduce((sum, { length }) => sum + length, 0),
  }
}

/** Where a journal ends: in the cabinet, or as the cloud has it. */
export interface JournalEnd {
  readonly cabinet: CabinetId
  readonly seq: number
  /** Base64, of the entry there. */
  readonly hash: string
}

/** As the cloud has it: also how many facts really lie there. */
export interface StoredJournal extends JournalEnd {
  readonly facts: number
}

/** Law 8 from outside: facts that a cabinet wrote and the cloud does not have, or has as another. */
export function lostFacts(written: readonly JournalEnd[], stored: readonly StoredJournal[]): number {
  const known = new Map(stored.map((journal) => [journal.cabinet, journal]))
  return written.reduce((lost, { cabinet, seq, hash }) => {
    const there = known.get(cabinet)
    if (there === undefined) return lost + seq
    const missing = Math.max(0, seq - Math.min(there.facts, there.seq))
    return lost + (missing === 0 && there.hash !== hash ? 1 : missing)
  }, 0)
}
