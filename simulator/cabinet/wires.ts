import { createDraw } from '../chance.ts'

/** What befalls the bytes and boards of one line. */
export interface Wires {
  addressOf(board: number): number | undefined
  distort(bytes: Uint8Array): Uint8Array
  setPlugged(board: number, plugged: boolean): void
  /** Sets a board's switches; two boards at one address both hear and both answer. */
  setAddress(board: number, address: number): void
  /** Chance for each byte to be bent, lost or joined by a stranger; 0 is a good wire. */
  setNoise(chance: number): void
}

export function createWires(seed: number): Wires {
  const unplugged = new Set<number>()
  const switches = new Map<number, number>()
  const draw = createDraw(seed)
  let noise = 0
  return {
    addressOf: (board) => (unplugged.has(board) ? undefined : (switches.get(board) ?? board)),
    distort: (bytes) => {
      if (noise === 0) return bytes
      return Uint8Array.from([...bytes].flatMap((byte) => (draw() < noise ? bend(byte, draw) : [byte])))
    },
    setPlugged: (board, plugged) => {
      if (plugged) unplugged.delete(board)
      else unplugged.add(board)
    },
    setAddress: (board, address) => {
      switches.set(board, address)
    },
    setNoise: (chance) => {
      noise = chance
    },
  }
}

function bend(byte: number, draw: () => number): readonly number[] {
  const kind = draw()
  if (kind < 0.6) return [byte ^ (1 << Math.floor(draw() * 8))]
  return kind < 0.8 ? [] : [Math.floor(draw() * 256), byte]
}
