import type { Clock } from '../boards/line/clock.ts'
import type { OpenDuplex } from '../boards/line/duplex.ts'
import { Link } from '../boards/line/link.ts'
import { createFraming } from './framing.ts'

/** Labels and phones held before the cabinet. */
export interface Scanner {
  onText(listener: (text: string) => void): () => void
  /** Whether the device is there and what it sends can be read. */
  up(): boolean
  stop(): void
}

/** A scanner that sends what it reads, whoever opens the way to it: `openSerial(path, baud)` or a bridge's TCP port. */
export function createScanner(open: OpenDuplex, clock: Clock): Scanner {
  const listeners = new Set<(text: string) => void>()
  const framing = createFraming(clock, (text) => {
    for (const listener of listeners) listener(text)
  })
  const link = new Link({
    open,
    clock,
    bytes: (chunk) => {
      framing.bytes(chunk)
    },
    changed: () => {
      framing.reset()
    },
  })
  return {
    onText: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    up: () => link.up() && !framing.garbled(),
    stop: () => {
      framing.reset()
      link.stop()
    },
  }
}
