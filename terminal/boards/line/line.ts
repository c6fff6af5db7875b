import type { BoardFailure } from '../board.ts'
import type { Clock } from './clock.ts'
import type { OpenDuplex } from './duplex.ts'
import { createEcho, type Echo } from './echo.ts'
import { Link } from './link.ts'
import { createScanner, type Scanner, type Take } from './scanner.ts'

/** USB adapters deliver in bursts: a 12 ms split inside one frame was measured, so silence is longer than that. */
export const settledAfterMs = 25
/** A line that never falls silent is not written to; after this long the request is given back. */
export const longestHushMs = 1_000
export const longestQueue = 16
/** A system that does not take the bytes within this is treated like a board that does not answer. */
const stalledMs = 2_000

export interface Exchange<Frame> {
  readonly bytes: Uint8Array
  /** Board and kind. After a timeout the same key rests, so that a late answer never meets the next question. */
  readonly key: string
  /** Whether this frame answers; missing where the board gives no answer to such a request. */
  readonly answers?: (frame: Frame) => boolean
  readonly timeoutMs: number
  readonly onFirstByte?: (atMs: number) => void
}

export type Answer<Frame> =
  | { readonly ok: true; readonly frame?: Frame; readonly firstByteAtMs: number; readonly lastByteAtMs: number }
  | { readonly ok: false; readonly failure: BoardFailure; readonly firstByteAtMs?: number }

export interface LineSettings {
  readonly baud: number
  /** At least this long between frames, whatever the baud rate says. */
  readonly minSilenceMs: number
  /** The adapter repeats our own bytes. */
  readonly echo: boolean
}

export interface LinePorts<Frame> {
  readonly open: OpenDuplex
  readonly clock: Clock
  readonly take: Take<Frame>
}

interface Waiting<Frame> {
  readonly exchange: Exchange<Frame>
  readonly resolve: (answer: Answer<Frame>) => void
}

interface Flight<Frame> extends Waiting<Frame> {
  readonly firstByteAtMs: number
  lastByteAtMs: number
  readonly droppedBefore: number
  cancel: () => void
}

export const characterMs = (baud: number): number => 10_000 / baud

/** 3.5 characters up to 19200 baud, 1.75 ms above, and 1 ms for the system's own jitter. */
export function silenceMs({ baud, minSilenceMs }: LineSettings): number {
  return Math.max(minSilenceMs, (baud <= 19_200 ? 3.5 * characterMs(baud) : 1.75) + 1)
}

/** One bus: one request at a time, commands before questions, silence between frames, no second try of anything. */
export class Line<Frame> {
  readonly #settings: LineSettings
  readonly #clock: Clock
  readonly #scanner: Scanner<Frame>
  readonly #echo: Echo = createEcho()
  readonly #link: Link
  readonly #commands: Waiting<Frame>[] = []
  readonly #questions: Waiting<Frame>[] = []
  readonly #resting = new Map<string, number>()
  #flight: Flight<Frame> | undefined
  #quietSince = Number.NEGATIVE_INFINITY
  #waitingSince: number | undefined
  #afterTimeout = false
  #cancelWake = (): void => {}
  #cancelSettle = (): void => {}
  #unasked: (frame: Frame) => void = () => {}
  #cameUp: () => void = () => {}

  constructor(settings: LineSettings, { open, clock, take }: LinePorts<Frame>) {
    this.#settings = settings
    this.#clock = clock
    this.#scanner = createScanner(take)
    this.#link = new Link({
      open,
      clock,
      bytes: (chunk) => {
        this.#receive(chunk)
      },
      changed: (up) => {
        this.#scanner.reset()
        if (up) this.#cameUp()
        else this.#giveBack()
      },
    })
  }

  /** Goes before every question that has not begun; sent once, never again. */
  command(exchange: Exchange<Frame>): Promise<Answer<Frame>> {
    return this.#enter(this.#commands, exchange)
  }

  ask(exchange: Exchange<Frame>): Promise<Answer<Frame>> {
    return this.#enter(this.#questions, exchange)
  }

  /** Frames that answer nothing: pushes, late answers, other people's traffic. */
  onUnasked(listener: (frame: Frame) => void): void {
    this.#unasked = listener
  }

  onUp(listener: () => void): void {
    this.#cameUp = listener
  }

  /** Why the line is away; undefined while it is up. */
  away(): string | undefined {
    return this.#link.up() ? undefined : (this.#link.reason() ?? 'opening')
  }

  stop(): void {
    this.#cancelWake()
    this.#cancelSettle()
    this.#link.stop()
    this.#giveBack()
  }

  #enter(queue: Waiting<Frame>[], exchange: Exchange<Frame>): Promise<Answer<Frame>> {
    return new Promise((resolve) => {
      if (!this.#link.up()) resolve({ ok: false, failure: 'absent' })
      else if (queue.length >= longestQueue) resolve({ ok: false, failure: 'refused' })
      else {
        queue.push({ exchange, resolve })
        this.#pump()
      }
    })
  }

  #pump(): void {
    if (this.#flight !== undefined || this.#commands.length + this.#questions.length === 0) return
    const now = this.#clock.now()
    const gap = silenceMs(this.#settings)
    const quietAt = this.#quietSince + (this.#afterTimeout ? Math.max(gap, settledAfterMs) : gap)
    if (now < quietAt) {
      this.#waitingSince ??= now
      if (now - this.#waitingSince >= longestHushMs) this.#pick()?.resolve({ ok: false, failure: 'garbled' })
      this.#wakeAt(quietAt)
      return
    }
    this.#waitingSince = undefined
    const next = this.#pick()
    if (next === undefined) this.#wakeAt(Math.min(...[...this.#resting.values()].filter((until) => until > now)))
    else this.#start(next)
  }

  #wakeAt(at: number): void {
    this.#cancelWake()
    this.#cancelWake = this.#clock.after(at - this.#clock.now(), () => {
      this.#pump()
    })
  }

  #pick(): Waiting<Frame> | undefined {
    const now = this.#clock.now()
    for (const queue of [this.#commands, this.#questions]) {
      const at = queue.findIndex(({ exchange }) => (this.#resting.get(exchange.key) ?? 0) <= now)
      if (at >= 0) return queue.splice(at, 1)[0]
    }
    return undefined
  }

  #start(waiting: Waiting<Frame>): void {
    const { bytes, onFirstByte } = waiting.exchange
    const firstByteAtMs = this.#clock.now()
    const lastByteAtMs = firstByteAtMs + bytes.length * characterMs(this.#settings.baud)
    this.#scanner.reset()
    this.#cancelSettle()
    if (this.#settings.echo) this.#echo.expect(bytes)
    // The matcher stands before the bytes leave; its timer starts after they have.
    const flight: Flight<Frame> = {
      ...waiting,
      firstByteAtMs,
      lastByteAtMs,
      droppedBefore: this.#scanner.dropped(),
      cancel: this.#clock.after(stalledMs, () => {
        this.#timeOut()
      }),
    }
    this.#flight = flight
    this.#afterTimeout = false
    this.#quietSince = lastByteAtMs
    onFirstByte?.(firstByteAtMs)
    this.#link.write(bytes, () => {
      this.#sent(flight)
    })
  }

  #sent(flight: Flight<Frame>): void {
    if (this.#flight !== flight) return
    const now = this.#clock.now()
    flight.cancel()
    flight.lastByteAtMs = Math.max(flight.lastByteAtMs, now)
    this.#quietSince = Math.max(this.#quietSince, flight.lastByteAtMs)
    const { exchange, firstByteAtMs, lastByteAtMs } = flight
    const leftMs = lastByteAtMs - now
    flight.cancel =
      exchange.answers === undefined
        ? this.#clock.after(leftMs, () => {
            this.#finish({ ok: true, firstByteAtMs, lastByteAtMs })
          })
        : this.#clock.after(leftMs + exchange.timeoutMs, () => {
            this.#timeOut()
          })
  }

  #receive(chunk: Uint8Array): void {
    this.#quietSince = Math.max(this.#quietSince, this.#clock.now())
    this.#cancelSettle()
    this.#hear(this.#scanner.feed(this.#echo.swallow(chunk)))
    if (this.#scanner.pending() === 0) return
    this.#cancelSettle = this.#clock.after(settledAfterMs, () => {
      this.#hear(this.#scanner.settle())
    })
  }

  #hear(frames: readonly Frame[]): void {
    for (const frame of frames) {
      if (this.#flight?.exchange.answers?.(frame) === true) {
        const { firstByteAtMs, lastByteAtMs } = this.#flight
        this.#finish({ ok: true, frame, firstByteAtMs, lastByteAtMs })
      } else this.#unasked(frame)
    }
  }

  #timeOut(): void {
    this.#hear(this.#scanner.settle())
    if (this.#flight === undefined) return
    const { exchange, firstByteAtMs, droppedBefore } = this.#flight
    this.#resting.set(exchange.key, this.#clock.now() + exchange.timeoutMs)
    this.#afterTimeout = true
    this.#quietSince = Math.max(this.#quietSince, this.#clock.now())
    const failure = this.#scanner.dropped() > droppedBefore ? 'garbled' : 'silent'
    this.#finish({ ok: false, failure, firstByteAtMs })
  }

  #finish(answer: Answer<Frame>): void {
    const flight = this.#flight
    this.#flight = undefined
    this.#echo.forget()
    flight?.cancel()
    flight?.resolve(answer)
    this.#pump()
  }

  /** Nobody's command waits for a line to come back: by then nobody may stand at the door. */
  #giveBack(): void {
    const waiting = [...this.#commands.splice(0), ...this.#questions.splice(0)]
    for (const { resolve } of waiting) resolve({ ok: false, failure: 'absent' })
    if (this.#flight !== undefined) {
      this.#finish({ ok: false, failure: 'absent', firstByteAtMs: this.#flight.firstByteAtMs })
    }
  }
}
