import type { Direction, VirtualBoard } from './families/family.ts'
import type { Contact, ProfileChanges } from './families/profile.ts'
import type { Clock } from './line/clock.ts'
import type { OpenDuplex } from './line/duplex.ts'
import { characterMs, settledAfterMs } from './line/line.ts'
import { createMemoryWire } from './line/memory.ts'
import { openSerial } from './line/serial.ts'
import { listenTcp } from './line/tcp.ts'
import { families, type FamilyName } from './registry.ts'

/** One line of the electrical world, as the boards on it see it; `simulator/cabinet` has the real one. */
export interface ElectricalLine {
  /** Brings the world to this moment; called before anything is asked of it. */
  advance(nowMs: number): void
  /** The address that a board's switches say now; undefined while it is unplugged. */
  addressOf(board: number): number | undefined
  pulse(board: number, channel: number, ms: number): void
  closed(board: number, channel: number, contact: Contact): boolean
  /** What arrives of these bytes: all of them on a good wire. */
  distort(bytes: Uint8Array): Uint8Array
  onContact(listener: (board: number, channel: number) => void): () => void
}

export interface VirtualLineOptions {
  readonly family: FamilyName
  readonly electrical: ElectricalLine
  /** The home addresses of the boards, as the layout has them, with what differs from the family's profile. */
  readonly boards: ReadonlyMap<number, ProfileChanges>
  readonly clock: Clock
  readonly baud?: number
  /** The adapter repeats the host's bytes. */
  readonly echo?: boolean
  /** Sees whole chunks; for requests `atMs` is the arrival of the first byte, before the line's pace is added. */
  readonly tap?: (direction: Direction, bytes: Uint8Array, atMs: number) => void
}

export interface VirtualLine {
  stop(): Promise<void>
}

/** Boards behind a TCP bridge on this machine. Port 0 asks the system. */
export async function serveTcpLine(
  options: VirtualLineOptions,
  port = 0,
): Promise<VirtualLine & { readonly port: number }> {
  const bus = new Bus(options)
  const server = await listenTcp({ host: '127.0.0.1', port }, (open) => {
    void bus.plugIn(open)
  })
  return {
    port: server.port,
    stop: () => {
      bus.stop()
      return server.stop()
    },
  }
}

/** Boards at the other end of a serial port, such as one side of a pty pair. */
export async function serveSerialLine(options: VirtualLineOptions, path: string): Promise<VirtualLine> {
  const bus = new Bus(options)
  const unplug = await bus.plugIn(openSerial(path, options.baud ?? families[options.family].baud))
  return {
    stop: () => {
      bus.stop()
      unplug()
      return Promise.resolve()
    },
  }
}

export interface MemoryLine extends VirtualLine {
  readonly open: OpenDuplex
  cut(): void
  mend(): void
}

/** Boards in the same process, for tests and for worlds in virtual time. */
export function createMemoryLine(options: VirtualLineOptions): MemoryLine {
  const bus = new Bus(options)
  const { open, far, cut, mend } = createMemoryWire()
  bus.say = far.say
  far.hear((chunk) => {
    bus.hear(chunk)
  })
  return {
    open,
    cut,
    mend,
    stop: () => {
      bus.stop()
      return Promise.resolve()
    },
  }
}

/** Parses and rewrites one whole frame; undefined where the family calls it broken. */
export function transcodeFrame(family: FamilyName, direction: Direction, frame: Uint8Array): Uint8Array | undefined {
  return families[family].transcode(direction, frame)
}

/** Both directions of one bus. TCP and ptys have no speed: bytes count when their last bit would have arrived. */
class Bus {
  say: (bytes: Uint8Array) => void = () => {}
  readonly #options: VirtualLineOptions
  readonly #byteMs: number
  readonly #boards: ReadonlyMap<number, VirtualBoard>
  readonly #timers = new Set<() => void>()
  readonly #forgetContacts: () => void
  #inFreeAt = Number.NEGATIVE_INFINITY
  #outFreeAt = Number.NEGATIVE_INFINITY

  constructor(options: VirtualLineOptions) {
    this.#options = options
    this.#byteMs = characterMs(options.baud ?? families[options.family].baud)
    this.#boards = createVirtualBoards(options)
    this.#forgetContacts = options.electrical.onContact((board, channel) => {
      const push = this.#boards.get(board)?.changed(channel)
      if (push !== undefined) this.#reply(push, options.clock.now())
    })
  }

  hear(chunk: Uint8Array): void {
    const { clock, tap } = this.#options
    const now = clock.now()
    tap?.('host->board', chunk, now)
    if (now > this.#inFreeAt + settledAfterMs) for (const board of this.#boards.values()) board.hush()
    this.#inFreeAt = Math.max(this.#inFreeAt, now) + chunk.length * this.#byteMs
    this.#at(this.#inFreeAt, () => {
      this.#heard(chunk)
    })
  }

  /** Resolves with what unplugs it again. */
  async plugIn(open: OpenDuplex): Promise<() => void> {
    const duplex = await open({
      bytes: (chunk) => {
        this.hear(chunk)
      },
      closed: () => {},
    })
    this.say = (bytes) => {
      duplex.write(bytes, () => {})
    }
    return () => {
      duplex.close()
    }
  }

  stop(): void {
    this.#forgetContacts()
    for (const cancel of this.#timers) cancel()
  }

  #heard(chunk: Uint8Array): void {
    const { electrical, clock, echo = false } = this.#options
    if (echo) this.say(chunk)
    electrical.advance(clock.now())
    const replies = [...this.#boards.values()].flatMap((board) => board.hear(electrical.distort(chunk)))
    const [first] = replies
    if (first !== undefined) this.#reply(collide(replies.map(({ bytes }) => bytes)), clock.now() + first.afterMs)
  }

  #reply(bytes: Uint8Array, fromMs: number): void {
    this.#outFreeAt = Math.max(this.#outFreeAt, fromMs) + bytes.length * this.#byteMs
    this.#at(this.#outFreeAt, () => {
      const { electrical, clock, tap } = this.#options
      const arriving = electrical.distort(bytes)
      tap?.('board->host', arriving, clock.now())
      this.say(arriving)
    })
  }

  #at(atMs: number, run: () => void): void {
    const { clock } = this.#options
    const cancel = clock.after(atMs - clock.now(), () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
  }
}

function createVirtualBoards({ family, boards, electrical }: VirtualLineOptions): ReadonlyMap<number, VirtualBoard> {
  const { profile, virtual } = families[family]
  const made = new Map<number, VirtualBoard>()
  for (const [board, changes] of boards) {
    const site = {
      profile: { ...profile, ...changes },
      address: () => electrical.addressOf(board),
      pulse: (channel: number, ms: number) => {
        electrical.pulse(board, channel, ms)
      },
      closed: (channel: number, contact: Contact) => electrical.closed(board, channel, contact),
    }
    made.set(board, virtual(site))
  }
  return made
}

/** Two boards at one address talk at once, and a driven 0 wins over an idle 1. */
function collide(frames: readonly Uint8Array[]): Uint8Array {
  const [only] = frames
  if (only !== undefined && frames.length === 1) return only
  const longest = Math.max(...frames.map((frame) => frame.length))
  return Uint8Array.from({ length: longest }, (_, i) => frames.reduce((all, frame) => all & (frame[i] ?? 0xff), 0xff))
}
