import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { describe, expect, it } from 'vitest'
import { faultKinds } from './faults/faults.ts'
import { lawOf } from './runs/report.ts'
import type { Street } from './street.ts'
import { simulate } from './world.ts'

/** The law that a planted defect breaks; undefined where nobody noticed. */
async function brokenBy(sabotage: (street: Street) => void): Promise<number | undefined> {
  const { failure } = await simulate({ seed: 2, minutes: 4, sabotage })
  return failure === undefined ? undefined : lawOf(failure)
}

describe('some minutes of simulated world', () => {
  it('keep the laws and heal, whatever the seed brings', { timeout: 60_000 }, async () => {
    const met = new Set<string>()
    for (const seed of [1, 2, 5]) {
      const { counts, events, parcels, failure } = await simulate({ seed, minutes: 5 })
      expect(failure).toBeUndefined()
      expect(events).toBeGreaterThan(100)
      expect(parcels).toBeGreaterThan(3)
      for (const kind of Object.keys(counts)) met.add(kind)
    }
    const expected: CabinetEvent['type'][] = ['cabinetStarted', 'depositCollected', 'depositMade', 'doorLost']
    expect([...met]).toEqual(expect.arrayContaining([...expected, 'doors forced', 'parcels taken out']))
  })

  it('are the same for the same seed, and others for another (law 15)', { timeout: 60_000 }, async () => {
    const [one, same, other] = [
      await simulate({ seed: 7, minutes: 1 }),
      await simulate({ seed: 7, minutes: 1 }),
      await simulate({ seed: 8, minutes: 1 }),
    ]
    expect(same).toEqual(one)
    expect(other.trace).not.toBe(one.trace)
  })

  it('know each kind of fault by its name, and count how often it struck', { timeout: 60_000 }, async () => {
    for (const kind of faultKinds) {
      const { faults, failure } = await simulate({ seed: 4, minutes: 0.5, faults: [kind] })
      expect(failure?.message).toBeUndefined()
      expect(Object.keys(faults)).toEqual([kind])
    }
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
