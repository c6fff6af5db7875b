/** One door as a mechanism. Times are milliseconds of whoever advances it. */
export interface Door {
  readonly hook: 'caught' | 'released'
  readonly leaf: 'shut' | 'ajar' | 'open'
  /** The coil draws current until then. */
  readonly coilUntil: number | undefined
  /** When the hook lets go and when the spring moves the leaf, once a pulse has begun. */
  readonly hookMovesAt: number | undefined
  readonly leafMovesAt: number | undefined
  readonly things: readonly string[]
  readonly defects: Defects
}

export interface Defects {
  /** The bolt does not move, whatever the coil does. */
  readonly jammed: boolean
  /** The hook lets go but the leaf stays: ice, glue, someone leaning on it. */
  readonly leafHeld: boolean
  /** Pushed shut, it springs ajar again. */
  readonly willNotLatch: boolean
  /** A contact that says the same whatever happens; undefined tells the truth. */
  readonly latchSays: 'caught' | 'released' | undefined
  readonly leafSays: 'shut' | 'open' | undefined
}

export interface DoorTiming {
  readonly hookMs: number
  readonly leafMs: number
}

export const defaultTiming: DoorTiming = { hookMs: 50, leafMs: 80 }

export const sound: Defects = {
  jammed: false,
  leafHeld: false,
  willNotLatch: false,
  latchSays: undefined,
  leafSays: undefined,
}

export const shutDoor: Door = {
  hook: 'caught',
  leaf: 'shut',
  coilUntil: undefined,
  hookMovesAt: undefined,
  leafMovesAt: undefined,
  things: [],
  defects: sound,
}

/** A pulse shorter than the hook needs moves nothing; one that meets a running pulse only lengthens it. */
export function pulse(door: Door, now: number, given: { readonly ms: number; readonly timing: DoorTiming }): Door {
  const { ms, timing } = given
  const coilUntil = Math.max(door.coilUntil ?? now, now + ms)
  if (door.coilUntil !== undefined || ms < timing.hookMs || door.defects.jammed) return { ...door, coilUntil }
  return { ...door, coilUntil, hookMovesAt: now + timing.hookMs, leafMovesAt: now + timing.leafMs }
}

/** The next moment at which the door moves by itself. */
export function nextMove({ coilUntil, hookMovesAt, leafMovesAt }: Door): number | undefined {
  const never = Number.POSITIVE_INFINITY
  const next = Math.min(coilUntil ?? never, hookMovesAt ?? never, leafMovesAt ?? never)
  return next === never ? undefined : next
}

/** Everything that moves by itself up to and including `now`. */
export function settle(door: Door, now: number): Door {
  let settled = door
  if (settled.hookMovesAt !== undefined && settled.hookMovesAt <= now) {
    settled = { ...settled, hook: 'released', hookMovesAt: undefined }
  }
  if (settled.leafMovesAt !== undefined && settled.leafMovesAt <= now) {
    settled = { ...settled, leafMovesAt: undefined, leaf: springs(settled) ? 'ajar' : settled.leaf }
  }
  if (settled.coilUntil !== undefined && settled.coilUntil <= now) settled = { ...settled, coilUntil: undefined }
  return settled
}

/** While the coil draws, or where the catch is worn, the hook does not hold and the spring wins. */
export function push(door: Door): Door {
  const holds = door.coilUntil === undefined && !door.defects.willNotLatch
  return holds ? { ...door, leaf: 'shut', hook: 'caught' } : { ...door, leaf: 'ajar' }
}

/** By hand: only what the hook has let go. */
export function swing(door: Door): Door {
  return door.hook === 'released' && !door.defects.leafHeld ? { ...door, leaf: 'open' } : door
}

/** The mechanical key turns the hook whatever the coil's bolt is stuck on. */
export function turnKey(door: Door): Door {
  const released: Door = { ...door, hook: 'released' }
  return springs(released) ? { ...released, leaf: 'ajar' } : released
}

export function setDefects(door: Door, defects: Partial<Defects>): Door {
  const changed: Door = { ...door, defects: { ...door.defects, ...defects } }
  // A leaf that nothing holds any more follows its spring.
  return springs(changed) && door.defects.leafHeld ? { ...changed, leaf: 'ajar' } : changed
}

/** What the contacts report, true or not. */
export function latchClosed({ hook, defects }: Door): boolean {
  return (defects.latchSays ?? hook) === 'caught'
}

export function leafClosed({ leaf, defects }: Door): boolean {
  return (defects.leafSays ?? leaf) === 'shut'
}

function springs({ hook, leaf, defects }: Door): boolean {
  return hook === 'released' && leaf === 'shut' && !defects.leafHeld
}
