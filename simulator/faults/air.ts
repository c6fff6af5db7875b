import { goodWeather, type Weather } from '../network.ts'
import type { Family, Fault, FaultPorts } from './faults.ts'

/** What befalls messages between cabinet and cloud. */
export function airFaults({ network, clock }: FaultPorts): Family {
  const weather =
    (leastMs: number, mostMs: number, of: (draw: () => number) => Partial<Weather>): Fault =>
    (chance, lasting) => {
      const bad = { ...goodWeather, ...of(chance.draw) }
      return lasting(leastMs, mostMs, [() => network.setWeather(bad), () => network.setWeather(goodWeather)])
    }
  return {
    weather: weather(10_000, 60_000, (draw) => ({
      loss: draw() * 0.3,
      doubled: draw() * 0.5,
      delayMs: draw() * 4_000,
    })),
    'hours-late': weather(5_000, 30_000, (draw) => ({ delayMs: draw() * 7_200_000 })),
    'one-way-up': weather(5_000, 60_000, () => ({ blocked: 'up' })),
    'one-way-down': weather(5_000, 60_000, () => ({ blocked: 'down' })),
    cut: (_chance, lasting) => lasting(5_000, 90_000, [() => network.cut(true), () => network.cut(false)]),
    flapping: async (chance) => {
      for (let times = chance.between(3, 12); times > 0; times -= 1) {
        network.drop()
        await clock.sleep(chance.between(100, 3_000))
      }
    },
    'session-taken-over': async (chance, lasting) => {
      // Somebody with the same name hears what goes down, and the broker throws the other out.
      for (let times = chance.between(1, 4); times > 0; times -= 1) {
        network.drop()
        const deaf = { ...goodWeather, blocked: 'down' as const }
        await lasting(200, 2_000, [() => network.setWeather(deaf), () => network.setWeather(goodWeather)])
      }
      network.drop()
    },
    'broker-amnesia': async () => {
      network.drop()
      await clock.sleep(1)
    },
  }
}
