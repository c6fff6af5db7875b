import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import * as mechanics from './door.ts'
import type { Defects, Door, DoorTiming } from './door.ts'
import { createWires, type Wires } from './wires.ts'

export interface DoorView {
  readonly lock: LockAddress
  readonly door: Door
}

export interface GivenPulse {
  readonly lock: LockAddress
  readonly atMs: number
  readonly ms: number
  /** False where a bent frame or a false address brought it about: no program at the other end of the wire can. */
  readonly isMeant: boolean
}

/** Structurally the `ElectricalLine` of `terminal/boards/bench.ts`. */
export interface CabinetLine {
  advance(nowMs: number): void
  addressOf(board: number): number | undefined
  pulse(board: number, channel: number, ms: number): void
  closed(board: number, channel: number, contact: 'latch' | 'leaf'): boolean
  distort(bytes: Uint8Array): Uint8Array
  onContact(listener: (board: number, channel: number) => void): () => void
}

export interface CabinetOptions {
  readonly locks: readonly LockAddress[]
  readonly timing?: DoorTiming
  /** Of the noise; the same seed and the same calls give the same trace (law 15). */
  readonly seed?: number
}

/** What a person can do at a door; false where the door does not allow it. */
export interface Hands {
  push(lock: LockAddress): boolean
  swing(lock: LockAddress): boolean
  put(lock: LockAddress, thing: string): boolean
  take(lock: LockAddress, thing: string): boolean
  turnKey(lock: LockAddress): boolean
}

/** The electrical and mechanical truth of one cabinet. It has no clock: time is handed in and never goes back. */
export interface ElectricalCabinet {
  readonly hands: Hands
  advance(nowMs: number): void
  /** When the next thing moves by itself; undefined while all is still. */
  nextAt(): number | undefined
  door(lock: LockAddress): Door
  snapshot(): readonly DoorView[]
  subscribe(listener: (view: DoorView) => void): () => void
  setDefects(lock: LockAddress, defects: Partial<Defects>): void
  line(name: string): CabinetLine
  wires(name: string): Wires
  /** Every pulse that reached a coil, and the most coils that ever drew at once. */
  audit(): { readonly pulses: readonly GivenPulse[]; readonly mostCoilsAtOnce: number }
}

interface World {
  readonly doors: Map<string, DoorView>
  readonly listeners: Set<(view: DoorView) => void>
  readonly pulses: GivenPulse[]
  readonly timing: DoorTiming
  now: number
  mostCoilsAtOnce: number
  /** What moves next, until a door changes: most of the time nothing does. */
  next: { readonly at: number | undefined } | undefined
}

export function createElectricalCabinet(options: CabinetOptions): ElectricalCabinet {
  const { locks, timing = mechanics.defaultTiming, seed = 1 } = options
  const doors = new Map(locks.map((lock) => [keyOf(lock), { lock, door: mechanics.shutDoor }]))
  const world: World = { doors, listeners: new Set(), pulses: [], timing, now: 0, mostCoilsAtOnce: 0, next: undefined }
  const names = [...new Set(locks.map(({ line }) => line))]
  const wires = new Map(names.map((name, at) => [name, createWires(seed + at)]))
  const wiresOf = (name: string): Wires => wires.get(name) ?? unknown(`no line ${name}`)
  return {
    hands: createHands(world),
    advance: (nowMs) => {
      advance(world, nowMs)
    },
    nextAt: () => nextAt(world),
    door: (lock) => viewOf(world, lock).door,
    snapshot: () => [...doors.values()],
    subscribe: (listener) => {
      world.listeners.add(listener)
      return () => world.listeners.delete(listener)
    },
    setDefects: (lock, defects) => {
      change(world, lock, (door) => mechanics.setDefects(door, defects))
    },
    line: (name) => createCabinetLine(world, name, wiresOf(name)),
    wires: wiresOf,
    audit: () => ({ pulses: world.pulses, mostCoilsAtOnce: world.mostCoilsAtOnce }),
  }
}

function createHands(world: World): Hands {
  const act = (lock: LockAddress, how: (door: Door) => Door): boolean => change(world, lock, how)
  return {
    push: (lock) => act(lock, (door) => (door.leaf === 'shut' && door.hook === 'caught' ? door : mechanics.push(door))),
    swing: (lock) => act(lock, mechanics.swing),
    put: (lock, thing) =>
      act(lock, (door) => (door.leaf === 'shut' ? door : { ...door, leaf: 'open', things: [...door.things, thing] })),
    take: (lock, thing) =>
      act(lock, (door) => {
        if (door.leaf === 'shut' || !door.things.includes(thing)) return door
        return { ...door, leaf: 'open', things: door.things.filter((inside) => inside !== thing) }
      }),
    turnKey: (lock) => act(lock, mechanics.turnKey),
  }
}

function createCabinetLine(world: World, line: string, wires: Wires): CabinetLine {
  const keys = new Map<number, string>()
  for (const { lock } of world.doors.values())
    if (lock.line === line) keys.set(placeOf(lock.board, lock.channel), keyOf(lock))
  const has = (board: number, channel: number): boolean => keys.has(placeOf(board, channel))
  return {
    advance: (nowMs) => {
      advance(world, nowMs)
    },
    addressOf: wires.addressOf,
    distort: wires.distort,
    pulse: (board, channel, ms) => {
      // A spare output has no coil.
      if (has(board, channel)) give(world, { lock: { line, board, channel }, ms, isMeant: wires.isTrueTo(board) })
    },
    closed: (board, channel, contact) => {
      // A spare input hangs open.
      const door = world.doors.get(keys.get(placeOf(board, channel)) ?? '')?.door
      if (door === undefined) return false
      return contact === 'latch' ? mechanics.latchClosed(door) : mechanics.leafClosed(door)
    },
    onContact: (listener) => onContact(world, line, listener),
  }
}

function onContact(world: World, line: string, listener: (board: number, channel: number) => void): () => void {
  const contacts = (door: Door): string => `${mechanics.latchClosed(door)} ${mechanics.leafClosed(door)}`
  const last = new Map([...world.doors].map(([key, { door }]) => [key, contacts(door)]))
  const hear = ({ lock, door }: DoorView): void => {
    const before = last.get(keyOf(lock))
    last.set(keyOf(lock), contacts(door))
    if (lock.line === line && before !== contacts(door)) listener(lock.board, lock.channel)
  }
  world.listeners.add(hear)
  return () => world.listeners.delete(hear)
}

function give(world: World, { lock, ms, isMeant }: Omit<GivenPulse, 'atMs'>): void {
  world.pulses.push({ lock, atMs: world.now, ms, isMeant })
  change(world, lock, (door) => mechanics.pulse(door, world.now, { ms, timing: world.timing }))
  const drawing = [...world.doors.values()].filter(({ door }) => door.coilUntil !== undefined).length
  if (isMeant) world.mostCoilsAtOnce = Math.max(world.mostCoilsAtOnce, drawing)
}

function advance(world: World, nowMs: number): void {
  for (let at = nextAt(world); at !== undefined && at <= nowMs; at = nextAt(world)) {
    world.now = Math.max(world.now, at)
    for (const { lock } of world.doors.values()) change(world, lock, (door) => mechanics.settle(door, world.now))
  }
  world.now = Math.max(world.now, nowMs)
}

function nextAt(world: World): number | undefined {
  world.next ??= { at: soonest(world) }
  return world.next.at
}

function soonest(world: World): number | undefined {
  let next: number | undefined
  for (const { door } of world.doors.values()) {
    const at = mechanics.nextMove(door)
    if (at !== undefined && (next === undefined || at < next)) next = at
  }
  return next
}

function change(world: World, lock: LockAddress, how: (door: Door) => Door): boolean {
  const before = viewOf(world, lock)
  const door = how(before.door)
  if (door === before.door) return false
  const view = { lock: before.lock, door }
  world.next = undefined
  world.doors.set(keyOf(lock), view)
  for (const listener of world.listeners) listener(view)
  return true
}

function viewOf(world: World, lock: LockAddress): DoorView {
  return world.doors.get(keyOf(lock)) ?? unknown(`no lock ${keyOf(lock)}`)
}

function unknown(what: string): never {
  throw Object.assign(new Error(what), { code: 'unknown-lock' })
}

/** One number for a board's channel; no board has so many. */
const placeOf = (board: number, channel: number): number => board * 1_000 + channel

const keyOf = ({ line, board, channel }: LockAddress): string => `${line}/${board}/${channel}`
