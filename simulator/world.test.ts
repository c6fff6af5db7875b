import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { describe, expect, it } from 'vitest'
import { LawBroken } from './checks/law.ts'
import type { Street } from './street.ts'
import { simulate } from './world.ts'

const seeds = [1, 2, 3]

/** The law that a planted defect breaks; undefined where nobody noticed. */
async function brokenBy(sabotage: (street: Street) => void): Promise<number | undefined> {
  try {
    await simulate({ seed: 2, minutes: 4, sabotage })
    return undefined
  } catch (error) {
    if (!(error instanceof LawBroken)) throw error
    return error.law
  }
}

describe('some minutes of simulated world', () => {
  it('keep the laws and heal, whatever the seed brings', { timeout: 60_000 }, async () => {
    const met = new Set<string>()
    for (const seed of seeds) {
      const { counts, entries, pulses } = await simulate({ seed, minutes: 6 })
      expect(entries).toBeGreaterThan(100)
      expect(pulses).toBeGreaterThan(5)
      for (const kind of Object.keys(counts)) met.add(kind)
    }
    const expected: CabinetEvent['type'][] = [
      'cabinetStarted',
      'depositCollected',
      'depositMade',
      'doorLost',
      'compartmentInspected',
    ]
    expect([...met]).toEqual(expect.arrayContaining([...expected, 'doors forced', 'parcels taken out']))
  })

  it('are the same for the same seed, and others for another (law 15)', { timeout: 60_000 }, async () => {
    const [one, same, other] = [
      await simulate({ seed: 7, minutes: 2 }),
      await simulate({ seed: 7, minutes: 2 }),
      await simulate({ seed: 8, minutes: 2 }),
    ]
    expect(same).toEqual(one)
    expect(other.trace).not.toBe(one.trace)
  })
})

describe('the checks catch', () => {
  it('a coil that draws current without an intent (law 2)', async () => {
    const law = await brokenBy(({ metal }) => {
      metal.line('main').pulse(1, 3, 300)
    })
    expect(law).toBe(2)
  })

  it('a disk that changes what was written (law 8)', async () => {
    const law = await brokenBy(({ disk }) => {
      const { entries } = disk.memory.rows
      const first = entries.get(1)
      if (first !== undefined) entries.set(1, { ...first, bytes: first.bytes.map((byte) => byte ^ 1) })
    })
    expect(law).toBe(8)
  })

  it('a parcel that lies behind a door that is called free (law 1)', async () => {
    const law = await brokenBy(({ metal }) => {
      for (const { lock } of metal.snapshot()) {
        metal.hands.turnKey(lock)
        metal.hands.put(lock, 'a forgotten parcel')
        metal.hands.push(lock)
      }
    })
    expect(law).toBe(1)
  })
})
