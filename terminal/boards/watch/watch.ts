import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { Board, BoardFailure, ReadResult, Reading } from '../board.ts'
import type { Clock } from '../line/clock.ts'
import type { Watched } from './rounds.ts'

export const idlePollMs = 1_000
/** Slower would miss a quick hand; faster would keep a command waiting more often than 1 in 20 times. */
export const movingPollMs = 200
/** Right after a pulse: the door is seen within one reading of moving. */
export const pulsePollMs = 30
export const pulseWatchMs = 600
/** A door that stands open longer than this is watched at leisure. */
export const longestOpenWatchMs = 600_000
export const missesUntilUnknown = 3

export interface LockReading {
  readonly lock: LockAddress
  readonly reading: Reading
  /** On the clock handed in. */
  readonly atMs: number
}

interface Door {
  readonly lock: LockAddress
  reading: Reading | undefined
  changedAtMs: number
  movesUntilMs: number
  pulsedUntilMs: number
}

export interface WatchPorts {
  readonly clock: Clock
  readonly tell: (change: LockReading) => void
}

/** What is known of one board's doors, and how often it pays to look. */
export class Watch implements Watched {
  readonly board: Board
  readonly line: string
  readonly #ports: WatchPorts
  readonly #doors = new Map<number, Door>()
  #misses = 0
  #failure: BoardFailure | undefined
  #lastHeardAtMs: number | undefined

  constructor(board: Board, locks: readonly LockAddress[], ports: WatchPorts) {
    this.board = board
    this.line = locks[0]?.line ?? ''
    this.#ports = ports
    for (const lock of locks) {
      const never = Number.NEGATIVE_INFINITY
      const door = { lock, reading: undefined, changedAtMs: never, movesUntilMs: never, pulsedUntilMs: never }
      this.#doors.set(lock.channel, door)
    }
  }

  intervalMs(): number {
    const now = this.#ports.clock.now()
    let slowest = idlePollMs
    for (const door of this.#doors.values()) {
      if (door.pulsedUntilMs > now) return pulsePollMs
      const standsOpen = isOpen(door.reading) && door.changedAtMs + longestOpenWatchMs > now
      if (standsOpen || door.movesUntilMs > now) slowest = movingPollMs
    }
    return slowest
  }

  heard(result: ReadResult): void {
    if (result.ok) {
      this.#misses = 0
      this.#failure = undefined
      this.#lastHeardAtMs = this.#ports.clock.now()
    } else {
      this.#misses += 1
      this.#failure = result.failure
      if (this.#misses < missesUntilUnknown) return
    }
    for (const door of this.#doors.values()) {
      this.#see(door, (result.ok ? result.readings.get(door.lock.channel) : undefined) ?? this.#unknown())
    }
  }

  expectMovement(channel: number, forMs: number): void {
    const door = this.#doors.get(channel)
    if (door !== undefined) door.movesUntilMs = Math.max(door.movesUntilMs, this.#ports.clock.now() + forMs)
  }

  pulsed(channel: number): void {
    const door = this.#doors.get(channel)
    if (door !== undefined) door.pulsedUntilMs = this.#ports.clock.now() + pulseWatchMs
  }

  reading(channel: number): Reading | undefined {
    return this.#doors.get(channel)?.reading
  }

  health(): BoardHealth {
    return {
      line: this.line,
      board: this.board.describe().address,
      seen: this.#lastHeardAtMs !== undefined && this.#misses < missesUntilUnknown,
      misses: this.#misses,
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
      ...(this.#lastHeardAtMs === undefined ? {} : { lastHeardAtMs: this.#lastHeardAtMs }),
    }
  }

  #unknown(): Reading {
    return this.board.describe().senses.leaf ? { latch: 'unknown', leaf: 'unknown' } : { latch: 'unknown' }
  }

  #see(door: Door, reading: Reading): void {
    const before = door.reading
    if (before !== undefined && before.latch === reading.latch && before.leaf === reading.leaf) return
    const atMs = this.#ports.clock.now()
    door.reading = reading
    door.changedAtMs = atMs
    // The leaf moves last, so a latch that let go is not the end where a leaf can be seen.
    if (reading.leaf === 'open' || (reading.leaf === undefined && reading.latch === 'released')) {
      door.pulsedUntilMs = atMs
    }
    if (isOpen(before) && !isOpen(reading)) door.movesUntilMs = atMs
    this.#ports.tell({ lock: door.lock, reading, atMs })
  }
}

export interface BoardHealth {
  readonly line: string
  readonly board: number
  readonly seen: boolean
  /** Readings missed in a row; at three the doors are unknown. */
  readonly misses: number
  readonly failure?: BoardFailure
  readonly lastHeardAtMs?: number
  /** Why the line itself is away: ENOENT, ECONNREFUSED, EACCES ... */
  readonly away?: string
}

function isOpen(reading: Reading | undefined): boolean {
  return reading?.latch === 'released' || reading?.leaf === 'open'
}
