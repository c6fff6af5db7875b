import { createDraw } from '../seed/chance.ts'

/** What befalls the bytes and boards of one line. */
export interface Wires {
  addressOf(board: number): number | undefined
  distort(bytes: Uint8Array): Uint8Array
  setPlugged(board: number, plugged: boolean): void
  /** Sets a board's switches; two boards at one address both hear and both answer. */
  setAddress(board: number, address: number): void
  /** Chance for each byte that it is bent, lost or joined by a stranger, one of a frame; 0 is a good wire. */
  setNoise(chance: number): void
  /** Chance for each frame to arrive twice, one behind the other. */
  setDoubled(chance: number): void
  /** Whether a board heard what was said to it and to nobody else: no bent frame, no false address. */
  isTrueTo(board: number): boolean
}

export function createWires(seed: number): Wires {
  const unplugged = new Set<number>()
  const switches = new Map<number, number>()
  const draw = createDraw(seed)
  let noise = 0
  let doubled = 0
  let wasWhole = true
  return {
    isTrueTo: (board) => wasWhole && (switches.get(board) ?? board) === board,
    addressOf: (board) => (unplugged.has(board) ? undefined : (switches.get(board) ?? board)),
    distort: (bytes) => {
      const arriving = doubled > 0 && draw() < doubled ? Uint8Array.of(...bytes, ...bytes) : bytes
      wasWhole = arriving === bytes
      if (noise === 0 || draw() >= 1 - (1 - noise) ** arriving.length) return arriving
      // One byte of a frame: what two bent bytes can do to a frame with an XOR, no program prevents (decision 0050).
      const at = Math.floor(draw() * arriving.length)
      wasWhole = false
      return Uint8Array.from([...arriving].flatMap((byte, i) => (i === at ? bend(byte, draw) : [byte])))
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
    setDoubled: (chance) => {
      doubled = chance
    },
  }
}

function bend(byte: number, draw: () => number): readonly number[] {
  const kind = draw()
  if (kind < 0.6) return [byte ^ (1 << Math.floor(draw() * 8))]
  return kind < 0.8 ? [] : [Math.floor(draw() * 256), byte]
}
