import type { Family, FaultPorts } from './faults.ts'

/** Power that goes: at any moment, in the middle of a write, or again and again. */
export function powerFaults({ street, clock }: FaultPorts): Family {
  const turns = [() => street.powerDown(), () => void street.powerUp()] as const
  return {
    'power-cut': (_chance, lasting) => lasting(2_000, 30_000, turns),
    'power-cut-at-write': async (chance, lasting) => {
      street.powerDownAtWrite(chance.between(1, 12), chance.happens(0.5) ? 'before' : 'after')
      for (let waits = 60; waits > 0 && street.loop() !== undefined; waits -= 1) await clock.sleep(500)
      await lasting(2_000, 20_000, turns)
    },
    'brown-out': async (chance, lasting) => {
      for (let times = chance.between(2, 6); times > 0; times -= 1) {
        await lasting(100, 2_000, turns)
        await clock.sleep(chance.between(50, 3_000))
      }
    },
  }
}
