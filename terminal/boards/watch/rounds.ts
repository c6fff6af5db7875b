import type { Board, ReadResult } from '../board.ts'
import type { Clock } from '../line/clock.ts'

export interface Watched {
  readonly board: Board
  /** From the start of one reading to the next, as things stand now. */
  intervalMs(): number
  heard(result: ReadResult): void
}

interface Turn {
  readonly watched: Watched
  dueAt: number
}

/** A silent board is not asked again at once: others on the line would pay for it. */
export const restAfterFailureMs = 300

/** Reads the boards of one line in turn, never two at once, so that a command waits for one reading at most. */
export class Rounds {
  readonly #clock: Clock
  readonly #turns: readonly Turn[]
  #reading = false
  #stopped = false
  #cancel = (): void => {}

  constructor(clock: Clock, boards: readonly Watched[]) {
    this.#clock = clock
    this.#turns = boards.map((watched) => ({ watched, dueAt: clock.now() }))
    this.#next()
  }

  /** Something may have changed: look as soon as the line is free, or after `ms`. */
  lookSoon(board: Board, ms = 0): void {
    const turn = this.#turns.find(({ watched }) => watched.board === board)
    if (turn !== undefined) turn.dueAt = Math.min(turn.dueAt, this.#clock.now() + ms)
    this.#next()
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  #next(): void {
    if (this.#reading || this.#stopped) return
    this.#cancel()
    let first: Turn | undefined
    for (const turn of this.#turns) if (first === undefined || turn.dueAt < first.dueAt) first = turn
    if (first === undefined) return
    const turn = first
    this.#cancel = this.#clock.after(Math.max(turn.dueAt - this.#clock.now(), 0), () => {
      this.#read(turn)
    })
  }

  #read(turn: Turn): void {
    const { watched } = turn
    const startedAt = this.#clock.now()
    this.#reading = true
    turn.dueAt = Number.POSITIVE_INFINITY
    void watched.board.read().then((result) => {
      this.#reading = false
      if (this.#stopped) return
      watched.heard(result)
      const dueAt = result.ok
        ? startedAt + watched.intervalMs()
        : this.#clock.now() + Math.max(watched.intervalMs(), restAfterFailureMs)
      turn.dueAt = Math.min(turn.dueAt, dueAt)
      this.#next()
    })
  }
}
