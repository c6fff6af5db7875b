import type { ElectricalLine } from './bench.ts'

export interface FakeElectrical extends ElectricalLine {
  readonly pulses: { readonly board: number; readonly channel: number; readonly ms: number; readonly atMs: number }[]
  readonly unplugged: Set<number>
  shut(board: number, channel: number): void
  /** Changes what travels; the identity to begin with. */
  bend: (bytes: Uint8Array) => Uint8Array
}

/** Doors that open the moment they are pulsed; the real mechanics live in `simulator/cabinet`. */
export function createFakeElectrical(): FakeElectrical {
  const open = new Set<string>()
  const listeners = new Set<(board: number, channel: number) => void>()
  let now = 0
  const tell = (board: number, channel: number): void => {
    for (const listener of listeners) listener(board, channel)
  }
  const electrical: FakeElectrical = {
    pulses: [],
    unplugged: new Set(),
    bend: (bytes) => bytes,
    shut: (board, channel) => {
      open.delete(`${board}/${channel}`)
      tell(board, channel)
    },
    advance: (nowMs) => {
      now = nowMs
    },
    addressOf: (board) => (electrical.unplugged.has(board) ? undefined : board),
    pulse: (board, channel, ms) => {
      electrical.pulses.push({ board, channel, ms, atMs: now })
      open.add(`${board}/${channel}`)
      tell(board, channel)
    },
    closed: (board, channel) => !open.has(`${board}/${channel}`),
    distort: (bytes) => electrical.bend(bytes),
    onContact: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return electrical
}
