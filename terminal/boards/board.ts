/** Why a board gave no usable answer. `refused`: it said no, or the request was never allowed onto the wire. */
export type BoardFailure = 'silent' | 'garbled' | 'refused' | 'absent'

/** What one lock's contacts say. `leaf` is there only where the hardware has a switch on the leaf. */
export interface Reading {
  readonly latch: 'caught' | 'released' | 'unknown'
  readonly leaf?: 'shut' | 'open' | 'unknown'
}

/** By channel as printed on the board, counted from 1. */
export type Readings = ReadonlyMap<number, Reading>

/**
 * An unlock proves nothing about the door (custody): `ok` means that the board took the command.
 * `firstByteAtMs` is on the clock handed in; where it is missing, certainly no byte left, and only then.
 */
export type UnlockResult =
  | { readonly ok: true; readonly firstByteAtMs: number; readonly lastByteAtMs: number }
  | { readonly ok: false; readonly failure: BoardFailure; readonly firstByteAtMs?: number }

export type ReadResult =
  | { readonly ok: true; readonly readings: Readings }
  | { readonly ok: false; readonly failure: BoardFailure }

export interface BoardDescription {
  readonly family: string
  readonly address: number
  readonly channels: number
  readonly senses: { readonly latch: boolean; readonly leaf: boolean }
  readonly pulseMs: number
  readonly minGapMs: number
  readonly coolDownMs: number
}

export interface Board {
  /** One pulse, once: nothing below this call ever sends it again. */
  unlock(channel: number, onFirstByte?: (atMs: number) => void): Promise<UnlockResult>
  read(): Promise<ReadResult>
  /** Rings when the board reports a change by itself; the reading still comes from `read`. */
  onPush(listener: () => void): void
  describe(): BoardDescription
}
