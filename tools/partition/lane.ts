import type { Socket } from 'node:net'

/** What happens to the bytes of one direction. `held`: they wait and come later, as with a network that drops packets. */
export type Manner = 'free' | 'held' | 'lost' | 'slow' | 'narrow'

export interface Clock {
  now(): number
  after(ms: number, run: () => void): () => void
}

export const limits = { delayMs: 2_000, bytesPerSecond: 10_000, sliceMs: 100, heldBytesMost: 65_536 } as const

interface Waiting {
  readonly bytes: Buffer
  readonly cameAt: number
}

/** One direction of one connection, in order; what it holds back slows its sender down, as a full window does. */
export class Lane {
  private readonly waiting: Waiting[] = []
  private manner: Manner = 'free'
  private ended = false
  private held = 0
  private cancel: (() => void) | undefined
  private readonly from: Socket
  private readonly to: Socket
  private readonly clock: Clock

  constructor(from: Socket, to: Socket, clock: Clock) {
    this.from = from
    this.to = to
    this.clock = clock
    from.on('data', (bytes: Buffer) => this.take(bytes))
    from.on('end', () => {
      this.ended = this.manner !== 'lost'
      this.pump()
    })
  }

  change(manner: Manner): void {
    this.manner = manner
    this.stop()
    this.pump()
  }

  stop(): void {
    this.cancel?.()
    this.cancel = undefined
  }

  private take(bytes: Buffer): void {
    if (this.manner === 'lost') return
    this.held += bytes.length
    if (this.held >= limits.heldBytesMost) this.from.pause()
    this.waiting.push({ bytes, cameAt: this.clock.now() })
    this.pump()
  }

  private pump(): void {
    if (this.cancel !== undefined || this.manner === 'held') return
    if (this.manner === 'narrow') this.sendSlice()
    else if (this.manner === 'slow') this.sendDue()
    else for (const { bytes } of this.waiting.splice(0)) this.send(bytes)
    if (this.ended && this.waiting.length === 0 && !this.to.destroyed) this.to.end()
  }

  private send(bytes: Buffer): void {
    this.held -= bytes.length
    if (!this.to.destroyed) this.to.write(bytes)
    if (this.held < limits.heldBytesMost) this.from.resume()
  }

  private sendSlice(): void {
    const most = (limits.bytesPerSecond * limits.sliceMs) / 1_000
    const first = this.waiting.shift()
    if (first === undefined) return
    const rest = first.bytes.subarray(most)
    if (rest.length > 0) this.waiting.unshift({ ...first, bytes: rest })
    this.send(first.bytes.subarray(0, most))
    this.wake(limits.sliceMs)
  }

  private sendDue(): void {
    for (let first = this.waiting[0]; first !== undefined; first = this.waiting[0]) {
      const early = first.cameAt + limits.delayMs - this.clock.now()
      if (early > 0) return this.wake(early)
      this.waiting.shift()
      this.send(first.bytes)
    }
  }

  private wake(ms: number): void {
    this.cancel ??= this.clock.after(ms, () => {
      this.cancel = undefined
      this.pump()
    })
  }
}
