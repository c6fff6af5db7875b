import type { CompartmentId } from '../values/ids.ts'
import type { BoxMm, Size } from '../values/sizes.ts'

/** A rectangle on a front, in millimetres; x from the left edge of the body, y from the floor up. */
export interface FrontMm {
  readonly xMm: number
  readonly yMm: number
  readonly widthMm: number
  readonly heightMm: number
}

/** Which lock opens a door: a line named in the terminal's config, a board address on it, a channel on that. */
export interface LockAddress {
  readonly line: string
  readonly board: number
  readonly channel: number
}

export interface CompartmentPlan {
  readonly id: CompartmentId
  /** What stands on the door: 'A07'. */
  readonly label: string
  /** Index into `bodies`. */
  readonly body: number
  readonly size: Size
  readonly inside: BoxMm
  readonly front: FrontMm
  readonly lock: LockAddress
  /** What the lock can tell: only the hook ('latch') or the leaf as well ('leaf'). Custody: the fact says which. */
  readonly witness: 'latch' | 'leaf'
}

/** Bodies stand side by side, left to right, in this order. */
export interface CabinetBody {
  readonly kind: 'mainCabinet' | 'extensionCabinet'
  readonly widthMm: number
  readonly heightMm: number
  readonly screen?: FrontMm
}

export interface CabinetLayout {
  readonly version: number
  readonly bodies: readonly CabinetBody[]
  readonly compartments: readonly CompartmentPlan[]
}

/** EN 301 549 8.3 and ADA 308: operable parts between 380 and 1220 mm above the floor. */
export const reachableBandMm = { lowest: 380, highest: 1220 } as const

export function isReachable(plan: CompartmentPlan): boolean {
  return plan.front.yMm >= reachableBandMm.lowest && plan.front.yMm + plan.front.heightMm <= reachableBandMm.highest
}

/** Large enough for a child: never left ajar, and looked into when it was shut outside a session (law 17). */
export const isLarge = ({ size }: CompartmentPlan): boolean => size === 'L' || size === 'XL'

/** Every compartment is one of its own, behind its own lock, in a body that is there. */
export function isSound({ bodies, compartments }: CabinetLayout): boolean {
  const each = (name: (plan: CompartmentPlan) => string): boolean =>
    new Set(compartments.map(name)).size === compartments.length
  return (
    each(({ id }) => id) &&
    each(({ label }) => label) &&
    each(({ lock }) => `${lock.line}/${lock.board}/${lock.channel}`) &&
    compartments.every(({ body }) => bodies[body] !== undefined)
  )
}

/** Doors of `before` that `next` lacks or calls otherwise: people may have parcels behind them. */
export function doorsLost(next: CabinetLayout, before: CabinetLayout): readonly CompartmentPlan[] {
  const labels = new Map(next.compartments.map(({ id, label }) => [id, label]))
  return before.compartments.filter(({ id, label }) => labels.get(id) !== label)
}
