import type { CabinetLayout, CompartmentPlan, LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { CompartmentId, DepositId, Id, IdKind } from '@holdfast/core/values/ids.ts'
import type { Chance } from '../seed/chance.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { CloudSide } from '../cloud/side.ts'
import type { Identity, Loop, Street } from '../street.ts'

/** What everybody in the world shares. */
export interface Town {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly street: Street
  readonly cloud: CloudSide
  readonly identity: Identity
  readonly layout: CabinetLayout
  readonly journal: () => Cabinet
  /** How many sessions of people there have been. */
  readonly sessions: () => number
  /** How many tries of a code stand in the journal. */
  readonly attempts: () => number
  readonly draw: <Kind extends IdKind>(kind: Kind) => Id<Kind>
  /** What honest people know: which deposit was acknowledged, and what lies behind its door. */
  readonly parcels: Map<DepositId, Parcel>
  /** Codes whose deposit has left the journal: none of them may open anything again. */
  readonly deadCodes: () => readonly string[]
  readonly counts: Map<string, number>
}

type People = Omit<Town, 'journal' | 'sessions' | 'attempts' | 'parcels' | 'deadCodes' | 'counts'>

export function createTown(
  people: People,
  { journal, sessions, attempts }: Pick<Town, 'journal' | 'sessions' | 'attempts'>,
): Town {
  const { cloud } = people
  const deadOf = (id: DepositId): readonly string[] =>
    journal().deposits.has(id) ? [] : [...cloud.codesOf(id).values()]
  const deadCodes = (): readonly string[] => cloud.deposits().flatMap(deadOf)
  return { ...people, journal, sessions, attempts, parcels: new Map(), deadCodes, counts: new Map() }
}

export interface Parcel {
  readonly thing: string
  /** "Done" stood on the screen. */
  readonly acknowledged: boolean
}

export function count({ counts }: Town, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

export function planOf({ layout }: Town, door: CompartmentId): CompartmentPlan {
  const plan = layout.compartments.find(({ id }) => id === door)
  if (plan === undefined) throw new RangeError(`no door ${door}`)
  return plan
}

/** Undefined when the power goes first: whoever waited stands before a dark screen. */
export function lit<Value>({ street }: Town, waited: Promise<Value>): Promise<Value | undefined> {
  return Promise.race([waited, street.darkness()])
}

/** Whether the screen that somebody began with is still the one before him. */
export const still = ({ street }: Town, loop: Loop): boolean => street.loop() === loop

const glanceMs = 50

/** Waits with his eyes on the door itself. */
export async function springsOpen(town: Town, lock: LockAddress, withinMs: number): Promise<boolean> {
  const { clock, street } = town
  for (const until = clock.now() + withinMs; clock.now() < until;) {
    street.metal.advance(clock.now())
    if (street.metal.door(lock).leaf !== 'shut') return true
    await clock.sleep(glanceMs)
  }
  return false
}

/**
 * The same, of somebody who came for what is behind it: a leaf that sticks though its hook has let go yields to him.
 * Nobody walks away from it in silence: where a lock senses only its hook, that would be a pickup (Custody).
 */
export async function pullsOpen(town: Town, lock: LockAddress, withinMs: number): Promise<boolean> {
  const { clock, street } = town
  for (const until = clock.now() + withinMs; clock.now() < until;) {
    if (street.metal.door(lock).hook === 'released') street.metal.setDefects(lock, { leafHeld: false })
    if (await springsOpen(town, lock, glanceMs)) return true
  }
  return false
}

/** Somebody pushes the door until it holds, and gives up after a while. */
export async function shut(town: Town, lock: LockAddress): Promise<boolean> {
  const { clock, street } = town
  for (let push = 0; push < 5; push += 1) {
    street.metal.advance(clock.now())
    street.metal.hands.push(lock)
    const { leaf, hook } = street.metal.door(lock)
    if (leaf === 'shut' && hook === 'caught') return true
    await clock.sleep(400)
  }
  return false
}

export const thingsBehind = ({ street }: Town, lock: LockAddress): readonly string[] => street.metal.door(lock).things

/** Time for the boards to see what the hand did. */
export const noticed = (town: Town): Promise<void> => town.clock.sleep(1_300)

const queueMs = 130_000

/** Most people wait until the one before them has gone; some do not. */
export async function turnAtScreen(town: Town): Promise<void> {
  if (!town.chance.happens(0.1)) await turnComes(town)
}

export async function turnComes({ clock, street }: Town): Promise<void> {
  for (const until = clock.now() + queueMs; clock.now() < until; await clock.sleep(1_000)) {
    const loop = street.loop()
    if (loop !== undefined && loop.cabinet().session === null) return
  }
}
