import type { Clock } from './clock.ts'
import { reasonOf, type Duplex, type OpenDuplex } from './duplex.ts'

export const firstRetryMs = 250
export const lastRetryMs = 10_000

export interface LinkPorts {
  readonly open: OpenDuplex
  readonly clock: Clock
  readonly bytes: (chunk: Uint8Array) => void
  /** The way came up or went away. */
  readonly changed: (up: boolean) => void
}

/**
 * Keeps one duplex open. A missing adapter is no reason not to start, and none is given up for good:
 * the pause doubles up to ten seconds and stays there.
 */
export class Link {
  readonly #ports: LinkPorts
  #duplex: Duplex | undefined
  #reason: string | undefined
  #pauseMs = firstRetryMs
  #stopped = false
  #cancel = (): void => {}

  constructor(ports: LinkPorts) {
    this.#ports = ports
    this.#connect()
  }

  up(): boolean {
    return this.#duplex !== undefined
  }

  /** Why the way is closed; undefined while it is open or was never tried. */
  reason(): string | undefined {
    return this.#reason
  }

  write(bytes: Uint8Array, sent: () => void): void {
    this.#duplex?.write(bytes, sent)
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
    this.#duplex?.close()
    this.#duplex = undefined
  }

  #connect(): void {
    let closedFor: string | undefined
    const listener = {
      bytes: (chunk: Uint8Array) => {
        if (!this.#stopped && closedFor === undefined) this.#ports.bytes(chunk)
      },
      closed: (reason: string) => {
        if (closedFor !== undefined) return
        closedFor = reason
        if (this.#duplex !== undefined) this.#away(reason)
      },
    }
    this.#ports.open(listener).then(
      (duplex) => {
        if (this.#stopped) duplex.close()
        else if (closedFor !== undefined) this.#away(closedFor)
        else this.#arrived(duplex)
      },
      (error: unknown) => {
        this.#away(reasonOf(error))
      },
    )
  }

  #arrived(duplex: Duplex): void {
    this.#duplex = duplex
    this.#reason = undefined
    this.#pauseMs = firstRetryMs
    this.#ports.changed(true)
  }

  #away(reason: string): void {
    const wasUp = this.#duplex !== undefined
    this.#duplex = undefined
    this.#reason = reason
    if (this.#stopped) return
    this.#cancel = this.#ports.clock.after(this.#pauseMs, () => {
      this.#connect()
    })
    this.#pauseMs = Math.min(this.#pauseMs * 2, lastRetryMs)
    if (wasUp) this.#ports.changed(false)
  }
}
