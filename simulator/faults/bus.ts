import { lineName } from '../street.ts'
import type { Family, FaultPorts } from './faults.ts'

/** What befalls the two boards and the pair of wires between them and the terminal. */
export function busFaults({ street }: FaultPorts): Family {
  const wires = street.metal.wires(lineName)
  return {
    'bytes-bent': (_chance, lasting) => lasting(3_000, 20_000, [() => wires.setNoise(0.03), () => wires.setNoise(0)]),
    'frames-doubled': (chance, lasting) => {
      const share = chance.draw() / 2
      return lasting(3_000, 20_000, [() => wires.setDoubled(share), () => wires.setDoubled(0)])
    },
    'board-unplugged': (chance, lasting) => {
      const board = chance.between(1, 2)
      return lasting(3_000, 20_000, [() => wires.setPlugged(board, false), () => wires.setPlugged(board, true)])
    },
    'board-rebooted': (chance, lasting) => {
      const board = chance.between(1, 2)
      return lasting(200, 1_500, [() => wires.setPlugged(board, false), () => wires.setPlugged(board, true)])
    },
    'address-clash': (_chance, lasting) =>
      lasting(2_000, 10_000, [() => wires.setAddress(2, 1), () => wires.setAddress(2, 2)]),
    'line-unplugged': (_chance, lasting) => lasting(2_000, 10_000, [() => street.plug(false), () => street.plug(true)]),
  }
}
