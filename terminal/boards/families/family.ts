import type { Board } from '../board.ts'
import type { Clock } from '../line/clock.ts'
import type { OpenDuplex } from '../line/duplex.ts'
import type { LineSettings } from '../line/line.ts'
import type { Contact, Profile } from './profile.ts'

export type Direction = 'host->board' | 'board->host'

export interface BoardLine {
  readonly boards: ReadonlyMap<number, Board>
  /** Why the line is away; undefined while it is up. */
  away(): string | undefined
  onUp(listener: () => void): void
  stop(): void
}

export interface BoardLinePorts {
  readonly open: OpenDuplex
  readonly clock: Clock
}

export interface Family {
  readonly baud: number
  readonly profile: Profile
  /** Frames carry a check, so a broken one can be told. */
  readonly checked: boolean
  /** A line with its boards, by address. */
  open(settings: LineSettings, ports: BoardLinePorts, boards: ReadonlyMap<number, Profile>): BoardLine
  virtual(site: VirtualSite): VirtualBoard
  /** Parses one whole frame and writes it again; undefined where it is no frame. */
  transcode(direction: Direction, frame: Uint8Array): Uint8Array | undefined
}

/** What a virtual board has its terminals screwed to. */
export interface VirtualSite {
  readonly profile: Profile
  /** As its switches stand now; undefined while it is unplugged. */
  address(): number | undefined
  pulse(channel: number, ms: number): void
  closed(channel: number, contact: Contact): boolean
}

export interface VirtualReply {
  /** From the last byte of the request to the first of the reply. */
  readonly afterMs: number
  readonly bytes: Uint8Array
}

export interface VirtualBoard {
  hear(chunk: Uint8Array): readonly VirtualReply[]
  /** The line fell silent: half a request is none. */
  hush(): void
  /** A contact of this channel changed: the push frame, where this board sends any. */
  changed(channel: number): Uint8Array | undefined
}

/** Boards answer after a short look around; Winnsen-style ones were measured at 15 ms, most are faster. */
export const turnaroundMs = 2

export function answerUnlock({ unlockReply, pulseMs }: Profile, bytes: Uint8Array): readonly VirtualReply[] {
  switch (unlockReply) {
    case 'none':
      return []
    case 'immediate':
      return [{ afterMs: turnaroundMs, bytes }]
    case 'late':
      return [{ afterMs: pulseMs + turnaroundMs, bytes }]
  }
}
