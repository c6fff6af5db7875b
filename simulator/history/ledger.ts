import type { Cause } from '@holdfast/core/access/cause.ts'
import type { CabinetEvent, OrderKind } from '@holdfast/core/cabinet/events.ts'

/** What one journal has said so far: kept apart from the rules that made it, so that both can be wrong only apart. */
export interface Ledger {
  readonly doors: Map<string, DoorMark>
  readonly places: Map<string, PlaceMark>
  readonly deposits: Map<string, DepositMark>
  readonly orders: Map<string, { readonly what: OrderKind; readonly staff: string } | 'refused'>
  /** What the last accepted order asked for. */
  lastOrder: OrderKind | undefined
  /** Doors that a release has begun to open and that have not been asked or seen open since. */
  readonly releasing: Map<string, number>
  session: SessionMark | undefined
  serviceSwitchClosed: boolean
  boot: number
  now: number
  lastEvent: CabinetEvent | undefined
}

export interface DoorMark {
  position: 'unseen' | 'shut' | 'open' | 'unlatched'
  intent: { readonly cause: Cause; pulsed: boolean; doubtful: boolean } | undefined
  readonly large: boolean
  lastSeen: 'shut' | 'open'
}

export interface PlaceMark {
  epoch: number
  use: 'free' | 'held' | 'loaded' | 'suspect' | 'retired'
}

export interface DepositMark {
  readonly id: string
  readonly carrier: string
  place: string
  epoch: number
  stage: 'filling' | 'stored' | 'collecting' | 'leaving' | 'refused' | 'over'
  /** What came of the opening that it waits for. */
  cycle: 'none' | 'unknown' | 'open' | 'shut'
  /** For what its door was seen open. */
  readonly openedFor: Set<Cause['kind']>
  /** Living codes: tag by generation. */
  readonly codes: Map<number, string>
  highest: number
  used: number
  /** A recall that comes to nothing leaves it refused. */
  wasRefused?: boolean
  pickup: { readonly startedAt: number; reopened: number; readonly generation: number | null } | undefined
}

export interface SessionMark {
  readonly id: string
  readonly kind: 'courier' | 'pickup'
  readonly carrier: string | undefined
  readonly generation: number | null
  /** Doors that a courier left behind empty for a bigger one. */
  readonly leaving: Set<string>
  /** The door in doubt that a courier looks into now. */
  look?: string | undefined
}

export const newLedger = (): Ledger => ({
  doors: new Map(),
  places: new Map(),
  deposits: new Map(),
  orders: new Map(),
  releasing: new Map(),
  session: undefined,
  serviceSwitchClosed: false,
  boot: 0,
  now: 0,
  lastEvent: undefined,
  lastOrder: undefined,
})

/** The deposit that lives behind a door. */
export function behind({ deposits }: Ledger, place: string): DepositMark | undefined {
  for (const deposit of deposits.values()) if (deposit.place === place && deposit.stage !== 'over') return deposit
  return undefined
}
