import type { Clock } from '../boards/line/clock.ts'

/** A scanner without a suffix ends its code by silence. */
export const idleGapMs = 100
/** A grant in Base45 has about 210 characters; nothing that we read is longer. */
export const textBytesMax = 600
export const sameCodeMs = 1_000
/** One smudged label, or one spark on the line, is no broken scanner. */
export const garbledAfter = 3

export interface Framing {
  bytes(chunk: Uint8Array): void
  /** The way was lost in the middle of a code. */
  reset(): void
  /** What it sent last, several times over, was no text: a wrong speed, or a cable that is going. */
  garbled(): boolean
}

const carriageReturn = 0x0d
const lineFeed = 0x0a

/** Texts out of a scanner's bytes. What is too long, empty or no UTF-8 is dropped whole. */
export function createFraming(clock: Clock, text: (text: string) => void): Framing {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let held: number[] = []
  let overlong = false
  let cancelGap = (): void => {}
  let unread = 0
  let last = { text: '', at: Number.NEGATIVE_INFINITY }

  const reset = (): void => {
    cancelGap()
    held = []
    overlong = false
  }
  const finish = (): void => {
    const read = overlong ? undefined : decoded(decoder, held)
    reset()
    unread = read === undefined ? unread + 1 : read === '' ? unread : 0
    if (read === undefined || read === '') return
    const repeated = read === last.text && clock.now() - last.at < sameCodeMs
    last = { text: read, at: clock.now() }
    if (!repeated) text(read)
  }
  return {
    bytes: (chunk) => {
      cancelGap()
      for (const byte of chunk) {
        if (byte === carriageReturn || byte === lineFeed) finish()
        else if (held.length < textBytesMax) held.push(byte)
        else overlong = true
      }
      if (held.length > 0) cancelGap = clock.after(idleGapMs, finish)
    },
    reset,
    garbled: () => unread >= garbledAfter,
  }
}

/** The group separator is part of GS1 labels; other control characters are a scanner's own talk. */
function decoded(decoder: TextDecoder, bytes: readonly number[]): string | undefined {
  const kept = bytes.filter((byte) => byte >= 0x20 || byte === 0x1d).filter((byte) => byte !== 0x7f)
  try {
    return decoder.decode(Uint8Array.from(kept)).trim()
  } catch {
    return undefined
  }
}
