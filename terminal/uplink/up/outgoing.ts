import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Ack } from '@holdfast/wire/cabinet/acks.ts'
import { type FactsHeader, factsPerMessage } from '@holdfast/wire/cabinet/facts.ts'
import type { Entry } from '@holdfast/wire/seals/chain.ts'
import type { Guard } from '../../loop/guard.ts'
import type { Journal } from '../../journal/journal.ts'
import type { TerminalClock } from '../../platform/clock.ts'
import { every } from '../../platform/every.ts'
import { createReceipt } from './receipt.ts'

export interface OutgoingPorts {
  readonly cabinet: CabinetId
  readonly journal: Journal
  readonly guard: Guard
  readonly clock: TerminalClock
  readonly send: (body: Uint8Array) => void
}

/** Entries leave here in order and stay until the cloud has committed them; whatever is sent again is the same. */
export interface Outgoing {
  /** The connection is there (again): begin behind what is acknowledged. */
  begin(): void
  pause(): void
  /** Something was appended: it leaves with what follows it closely. */
  appended(): void
  /** Whatever may leave leaves now. */
  pump(): void
  acked(ack: Ack): void
  stop(): void
}

export const messagesInFlight = 4
/**
 * A door's unlatching and opening come 80 ms apart. What is told within this time costs one seal, one acknowledgement
 * and four headers instead of many: a third of a deposit's bytes.
 */
export const gatherMs = 200
export const ackTimeoutMs = 10_000
/** A cloud that stays silent is asked by one message, ever more rarely: 4G is paid by the byte. */
export const longestSilenceMs = 120_000
/** Private parts travel with their entries; a message stays far below `messageBytesMax`. */
const messageBytes = 128 * 1024

export function createOutgoing(ports: OutgoingPorts): Outgoing {
  const { journal, guard, clock } = ports
  const cursor = createCursor(clock)
  const receipt = createReceipt(ports)
  let isOpen = false

  const pump = (): void => {
    while (isOpen && !guard.forked() && cursor.hasRoom() && cursor.sentUpTo() < journal.head().seq) {
      const next = guard.read(() => messageBehind(ports, cursor.sentUpTo()))
      if (next === undefined) return
      ports.send(next.body)
      cursor.sent(next.last)
    }
  }
  const gathering = createGathering(clock, pump)
  const stopWatching = every(clock, ackTimeoutMs / 2, () => {
    if (isOpen && cursor.isOverdue()) cursor.silent(journal.acknowledged())
    // Also what the disk did not take, or did not give, when it was due; a disk that takes nothing is not pressed.
    if (guard.health() !== 'failing') receipt.keep()
    if (!gathering.isOn()) pump()
  })
  return {
    begin: () => {
      isOpen = true
      cursor.begin(journal.acknowledged())
      pump()
    },
    pause: () => {
      isOpen = false
      gathering.end()
    },
    appended: () => {
      if (isOpen) gathering.begin()
    },
    pump,
    acked: (ack) => {
      if (ack.incarnation !== journal.incarnation) return
      if (ack.forked === true || ack.watermark > journal.head().seq) {
        guard.fork()
        return
      }
      receipt.heard(ack.watermark)
      cursor.acked(ack.watermark)
      if (ack.gapFrom !== undefined && ack.gapFrom <= journal.head().seq) cursor.fillGap(ack.gapFrom)
      if (!gathering.isOn()) pump()
    },
    stop: () => {
      gathering.end()
      stopWatching()
    },
  }
}

function createGathering(clock: TerminalClock, gathered: () => void) {
  let cancel: (() => void) | undefined
  const end = (): void => {
    cancel?.()
    cancel = undefined
  }
  return {
    isOn: (): boolean => cancel !== undefined,
    end,
    begin: (): void => {
      cancel ??= clock.after(gatherMs, () => {
        end()
        gathered()
      })
    },
  }
}

interface Cursor {
  sentUpTo(): number
  hasRoom(): boolean
  isOverdue(): boolean
  sent(last: number): void
  acked(watermark: number): void
  /** A connection that knows of nothing under way. */
  begin(from: number): void
  /** Nobody answered: the same again, and more patience. */
  silent(from: number): void
  fillGap(from: number): void
}

function createCursor(clock: TerminalClock): Cursor {
  /** Last entry of each message that is under way, oldest first. */
  let inFlight: readonly number[] = []
  let sentUpTo = 0
  let progressAt = 0
  let silences = 0
  let gapFilled = { from: 0, at: Number.NEGATIVE_INFINITY }
  const patienceMs = (): number => Math.min(ackTimeoutMs * 2 ** silences, longestSilenceMs)
  const rewind = (to: number): void => {
    inFlight = []
    sentUpTo = to
    progressAt = clock.now()
  }
  return {
    sentUpTo: () => sentUpTo,
    hasRoom: () => inFlight.length < (silences === 0 ? messagesInFlight : 1),
    isOverdue: () => inFlight.length > 0 && clock.now() - progressAt >= patienceMs(),
    sent: (last) => {
      if (inFlight.length === 0) progressAt = clock.now()
      inFlight = [...inFlight, last]
      sentUpTo = last
    },
    acked: (watermark) => {
      const left = inFlight.filter((last) => last > watermark)
      if (left.length < inFlight.length) {
        progressAt = clock.now()
        silences = 0
      }
      inFlight = left
      sentUpTo = Math.max(sentUpTo, watermark)
    },
    begin: (from) => {
      silences = 0
      rewind(from)
    },
    silent: (from) => {
      silences += 1
      rewind(from)
    },
    fillGap: (from) => {
      // Each message behind a gap is answered with the same gap: to fill it once is enough.
      if (gapFilled.from === from && clock.now() - gapFilled.at < ackTimeoutMs) return
      gapFilled = { from, at: clock.now() }
      rewind(from - 1)
    },
  }
}

/** Undefined where nothing stands behind `seq`. */
function messageBehind(
  ports: OutgoingPorts,
  seq: number,
): { readonly body: Uint8Array; readonly last: number } | undefined {
  const entries = fitting(ports.journal.read(seq + 1, factsPerMessage))
  const last = entries.at(-1)
  return last === undefined ? undefined : { body: factsBody(ports, entries), last: last.seq }
}

/** As many as fit into one message; the first always goes. */
function fitting(entries: readonly Entry[]): readonly Entry[] {
  let bytes = 0
  const end = entries.findIndex(({ bytes: own, private: part }, index) => {
    bytes += own.length + (part === undefined ? 0 : part.blob.length * 2)
    return index > 0 && bytes > messageBytes
  })
  return end < 0 ? entries : entries.slice(0, end)
}

function factsBody({ cabinet, journal }: OutgoingPorts, entries: readonly Entry[]): Uint8Array {
  const first = entries[0]?.seq ?? 1
  const last = entries.at(-1)?.seq ?? first
  const header: FactsHeader = {
    v: 1,
    cabinet,
    incarnation: journal.incarnation,
    from: first,
    previous: base64FromBytes(previousHash(journal, first)),
    privates: entries.flatMap(({ seq, private: part }) =>
      part === undefined ? [] : [{ seq, blind: base64FromBytes(part.blind), blob: base64FromBytes(part.blob) }],
    ),
    heads: journal
      .heads(first)
      .filter(({ seq }) => seq <= last)
      .map(({ seq, hash, signature }) => ({ seq, hash: base64FromBytes(hash), signature: base64FromBytes(signature) })),
  }
  return concatBytes(toCanonical(header), ...entries.flatMap(({ bytes }) => [newline, bytes]))
}

function previousHash(journal: Journal, first: number): Uint8Array {
  if (first === 1) return new Uint8Array(32)
  const before = first - 1
  // Where the entry itself was trimmed away, its signed head still stands.
  const head = journal.heads(before).find(({ seq }) => seq === before)
  return journal.read(before, 1)[0]?.hash ?? head?.hash ?? new Uint8Array(32)
}

const newline = Uint8Array.of(10)
