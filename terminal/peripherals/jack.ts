import { createReadStream } from 'node:fs'
import type { Clock } from '../boards/line/clock.ts'
import type { OpenDuplex } from '../boards/line/duplex.ts'
import { Link } from '../boards/line/link.ts'

/** The earphone socket: while something is in it, nobody else hears the voice. */
export interface Jack {
  /** False until the socket has said otherwise, and whenever it cannot be read: digits are then not spoken. */
  isIn(): boolean
  onChange(listener: () => void): () => void
  stop(): void
}

/** Linux's `struct input_event` on 64 bits: two times of 8 bytes, then type, code and value, little endian. */
const eventBytes = 24
const typeAt = 16
const switchType = 5
const headphoneInsert = 2

/** Switch events out of whatever pieces the file gives; `change` hears each word about earphones. */
export function createJackEvents(change: (isIn: boolean) => void): {
  bytes(chunk: Uint8Array): void
  reset(): void
} {
  let held = new Uint8Array()
  return {
    bytes: (chunk) => {
      const all = new Uint8Array(held.length + chunk.length)
      all.set(held)
      all.set(chunk, held.length)
      const whole = all.length - (all.length % eventBytes)
      const view = new DataView(all.buffer)
      for (let at = 0; at < whole; at += eventBytes) {
        const [type, code] = [view.getUint16(at + typeAt, true), view.getUint16(at + typeAt + 2, true)]
        if (type === switchType && code === headphoneInsert) change(view.getInt32(at + typeAt + 4, true) === 1)
      }
      held = all.slice(whole)
    },
    reset: () => {
      held = new Uint8Array()
    },
  }
}

/** A socket behind any way for bytes; a way that is missing is tried again for ever. */
export function createJack(open: OpenDuplex, clock: Clock): Jack {
  const listeners = new Set<() => void>()
  let isIn = false
  const become = (next: boolean): void => {
    if (next === isIn) return
    isIn = next
    for (const listener of listeners) listener()
  }
  const events = createJackEvents(become)
  const link = new Link({
    open,
    clock,
    bytes: (chunk) => {
      events.bytes(chunk)
    },
    changed: () => {
      events.reset()
      become(false)
    },
  })
  return {
    isIn: () => isIn,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      link.stop()
    },
  }
}

/** `/dev/input/…` of the sound card's jack. */
export const openInput =
  (path: string): OpenDuplex =>
  (listener) =>
    new Promise((resolve, reject) => {
      const stream = createReadStream(path)
      // An error after it was opened is followed by the close.
      stream.once('error', reject)
      stream.once('open', () => {
        stream.once('close', () => {
          listener.closed('closed')
        })
        resolve({ write: () => {}, close: () => stream.destroy() })
      })
      stream.on('data', (chunk) => {
        if (typeof chunk !== 'string') listener.bytes(chunk)
      })
    })
