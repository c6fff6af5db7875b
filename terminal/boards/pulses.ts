import type { UnlockResult } from './board.ts'
import type { Clock } from './line/clock.ts'

/** Pulses of one cabinet start at least this far apart, whoever asks (law 13); service mode lifts only this. */
export const pulseSpacingMs = 2_000
export const longestPulseQueue = 64
/** A pulse that could not start within this is not given at all: by then the person may have gone. */
export const longestPulseWaitMs = 30_000

export interface Pulse {
  /** Which lock, for its cool-down. */
  readonly lock: string
  readonly pulseMs: number
  readonly minGapMs: number
  readonly coolDownMs: number
  readonly fire: () => Promise<UnlockResult>
}

interface Waiting {
  readonly pulse: Pulse
  readonly until: number
  readonly resolve: (result: UnlockResult) => void
}

const refused: UnlockResult = { ok: false, failure: 'refused' }

/** One coil at a time in the whole cabinet, with spacing, gaps and cool-downs; first come, first served. */
export class PulseGate {
  readonly #clock: Clock
  readonly #waiting: Waiting[] = []
  readonly #cooledAt = new Map<string, number>()
  #service = false
  #firing = false
  #lastStartAt = Number.NEGATIVE_INFINITY
  #lastEndAt = Number.NEGATIVE_INFINITY
  #cancel = (): void => {}

  constructor(clock: Clock) {
    this.#clock = clock
  }

  setService(on: boolean): void {
    this.#service = on
    this.#next()
  }

  give(pulse: Pulse): Promise<UnlockResult> {
    if (this.#waiting.length >= longestPulseQueue) return Promise.resolve(refused)
    return new Promise((resolve) => {
      this.#waiting.push({ pulse, resolve, until: this.#clock.now() + longestPulseWaitMs })
      this.#next()
    })
  }

  stop(): void {
    this.#cancel()
    for (const { resolve } of this.#waiting.splice(0)) resolve(refused)
  }

  #next(): void {
    if (this.#firing) return
    this.#cancel()
    const now = this.#clock.now()
    for (const waiting of this.#waiting.filter(({ until }) => until < now)) this.#leave(waiting)?.resolve(refused)
    let soonest = Number.POSITIVE_INFINITY
    for (const waiting of this.#waiting) {
      const readyAt = this.#readyAt(waiting.pulse)
      if (readyAt <= now) {
        this.#leave(waiting)
        this.#fire(waiting)
        return
      }
      // A lock that cools down does not keep the others waiting.
      soonest = Math.min(soonest, readyAt)
    }
    if (this.#waiting.length === 0) return
    this.#cancel = this.#clock.after(soonest - now, () => {
      this.#next()
    })
  }

  #readyAt({ lock, minGapMs }: Pulse): number {
    const spacedAt = this.#service ? Number.NEGATIVE_INFINITY : this.#lastStartAt + pulseSpacingMs
    return Math.max(this.#lastEndAt + minGapMs, spacedAt, this.#cooledAt.get(lock) ?? Number.NEGATIVE_INFINITY)
  }

  #leave(waiting: Waiting): Waiting | undefined {
    return this.#waiting.splice(this.#waiting.indexOf(waiting), 1)[0]
  }

  #fire({ pulse, resolve }: Waiting): void {
    this.#firing = true
    void pulse.fire().then((result) => {
      this.#firing = false
      if (result.firstByteAtMs !== undefined) {
        // Without a clean answer the coil is taken to have begun as late as it can have.
        const startedAt = result.ok ? result.lastByteAtMs : this.#clock.now()
        this.#lastStartAt = result.firstByteAtMs
        this.#lastEndAt = startedAt + pulse.pulseMs
        this.#cooledAt.set(pulse.lock, this.#lastEndAt + pulse.coolDownMs)
      }
      resolve(result)
      this.#next()
    })
  }
}
