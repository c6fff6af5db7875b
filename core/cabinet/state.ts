import { newBudget, type Budget } from '../access/budget.ts'
import type { EmergencyCause } from '../access/cause.ts'
import type { CertifiedDoor } from '../access/certificate.ts'
import { newKeypad, type Keypad } from '../access/keypad.ts'
import type { Candidate, Need } from '../compartment/allocate.ts'
import { isLeasedToOther, type Lease } from '../compartment/lease.ts'
import type { Compartment } from '../compartment/compartment.ts'
import type { Door } from '../door/door.ts'
import type { CarrierId, CompartmentId, DepositId, PersonId, SessionId } from '../values/ids.ts'
import { minutes, type RunningMs } from '../values/instants.ts'
import type { CodeTags, Complaint, Via } from './events.ts'
import type { CabinetLayout } from './layout.ts'

/** Where a door stands in the opening that this deposit is waiting for. `unknown`: pulsed, and nobody saw what came of it. */
export type Cycle = 'none' | 'unknown' | 'open' | 'shut'

export type DepositStage =
  | 'filling'
  | 'cancelling'
  | 'stored'
  /** Its courier takes it out again in the session that made it: no code opens, and it may still stay. */
  | 'undoing'
  | 'collecting'
  | 'putting-back'
  | 'refused'
  | 'recalling'

export interface Deposit {
  readonly id: DepositId
  readonly compartment: CompartmentId
  readonly epoch: number
  readonly carrier: CarrierId
  /** The courier who made it. */
  readonly person: PersonId
  /** The session that is busy with it now, while it lives. */
  readonly session: SessionId | null
  readonly parcels: readonly string[]
  readonly need: Need
  readonly stage: DepositStage
  /** Where a recall that comes to nothing falls back to. */
  readonly before: 'stored' | 'refused'
  readonly cycle: Cycle
  readonly codes: readonly CodeTags[]
  /** Highest generation that ever opened (law 5). */
  readonly usedGeneration: number | null
  /** Highest generation that the cloud took back; missing where it never did. */
  readonly revokedThrough?: number
  readonly renewals: readonly RunningMs[]
  /** The one opening session of the right that was used (law 4); kept over a restart for its reopenings. */
  readonly pickup: {
    readonly startedAt: RunningMs
    readonly reopened: number
    readonly generation: number | null
  } | null
  readonly complaint: Complaint | null
}

interface SessionBase {
  readonly id: SessionId
  readonly via: Via
  readonly nonce: string | null
  readonly until: RunningMs
}

export interface CourierSession extends SessionBase {
  readonly kind: 'courier'
  readonly person: PersonId
  readonly carrier: CarrierId
  /** Signed in by a certificate: how many doors it opens here in a day. */
  readonly doors?: number
  /** The deposit or recall in hand. */
  readonly deposit: DepositId | null
  /** The compartment in doubt that the courier looks into now; then nothing else is in hand. */
  readonly look?: { readonly compartment: CompartmentId; readonly cycle: Cycle }
  /** Doors left behind empty by "a bigger door": freed when they shut. */
  readonly leaving: readonly CompartmentId[]
}

export interface PickupSession extends SessionBase {
  readonly kind: 'pickup'
  readonly person: PersonId | null
  /** The deposit last opened; once collected it is gone from the cabinet while the session may go on to the next. */
  readonly deposit: DepositId
}

export type Session = CourierSession | PickupSession

export interface Cabinet {
  readonly layout: CabinetLayout
  readonly boot: number
  readonly doors: ReadonlyMap<CompartmentId, Door>
  readonly compartments: ReadonlyMap<CompartmentId, Compartment>
  readonly deposits: ReadonlyMap<DepositId, Deposit>
  /** One touchscreen, one session. */
  readonly session: Session | null
  /** The one deposit that its courier may still undo: the last that his living session made. */
  readonly lastMade: { readonly deposit: DepositId; readonly session: SessionId } | null
  /** Who waits for a door from afar and who has one held, first come first. */
  readonly leases: readonly Lease[]
  readonly keypad: Keypad
  readonly budget: Budget
  /** When the pulse of the last intent may start at the earliest: intents queue at the pulse spacing (law 13). */
  readonly lastIntentAt: RunningMs | null
  /** Doors opened with certificates within the last day of running time. */
  readonly certified: readonly CertifiedDoor[]
  readonly serviceSwitchClosed: boolean
  /** Help was called and nobody has ended it; `calledAt`: the last call. */
  readonly emergency: { readonly since: RunningMs; readonly calledAt: RunningMs } | null
  /** Large doors shut outside a session, the last one last: somebody may be inside until one opens or somebody looked. */
  readonly maybeInside: readonly { readonly door: CompartmentId; readonly at: RunningMs }[]
  /** Doors that an emergency release has still to open, in their order (law 17). */
  readonly release: {
    readonly cause: EmergencyCause
    readonly begunAt: RunningMs
    readonly doors: readonly CompartmentId[]
  } | null
  /** Tags of dead codes, oldest first: a new code must not equal one of the last 10,000 (law 7). */
  readonly usedTags: readonly string[]
  /** How many codes ever died here; the digest compares it, so the cloud need not keep the ring. */
  readonly codesDead: number
}

export const newCabinet: Cabinet = {
  layout: { version: 0, bodies: [], compartments: [] },
  boot: 0,
  doors: new Map(),
  compartments: new Map(),
  deposits: new Map(),
  session: null,
  lastMade: null,
  leases: [],
  keypad: newKeypad,
  budget: newBudget,
  lastIntentAt: null,
  certified: [],
  serviceSwitchClosed: false,
  emergency: null,
  maybeInside: [],
  release: null,
  usedTags: [],
  codesDead: 0,
}

export const usedTagsKept = 10_000

/** How long a session lives after its last sign of life. */
export const sessionLimits = { courier: minutes(2), pickup: minutes(2) } as const

/** The same right may reopen its door in its persisted session (Custody). */
export const reopenLimits = { times: 2, within: minutes(15) } as const

export const parcelsMax = 20

/** Doors to be handed out now: a door held for somebody is there for them alone. */
export function candidates(cabinet: Cabinet, person: PersonId | null = null): readonly Candidate[] {
  return cabinet.layout.compartments.flatMap((plan) => {
    if (isLeasedToOther(cabinet.leases, plan.id, person)) return []
    const compartment = cabinet.compartments.get(plan.id)
    const door = cabinet.doors.get(plan.id)
    return compartment === undefined || door === undefined ? [] : [{ plan, compartment, door }]
  })
}

/** Codes that open something now: of stored deposits, not below a generation already used (law 5). */
export function liveCodes(cabinet: Cabinet): readonly { readonly deposit: Deposit; readonly code: CodeTags }[] {
  return [...cabinet.deposits.values()].flatMap((deposit) =>
    deposit.stage === 'stored' || deposit.stage === 'collecting'
      ? deposit.codes
          .filter(({ generation }) => generation >= (deposit.usedGeneration ?? 0))
          .filter(({ generation }) => generation > (deposit.revokedThrough ?? -1))
          .map((code) => ({ deposit, code }))
      : [],
  )
}

/** The deposit bound to a compartment, while it is. */
export function depositIn(cabinet: Cabinet, compartment: CompartmentId): Deposit | undefined {
  const bound = cabinet.compartments.get(compartment)?.deposit ?? null
  return bound === null ? undefined : cabinet.deposits.get(bound)
}
