import { openTwinDatabase } from '@holdfast/cloud/twin.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dieAt } from '../points/points.ts'
import { type Run, simulate } from '../world.ts'

type Database = NonNullable<Run['database']>

describe('a town with the real cloud', () => {
  let database: Database
  beforeAll(async () => {
    database = await openTwinDatabase()
  }, 180_000)
  afterAll(async () => await database.close())

  const live = async (run: Omit<Run, 'database'>) => {
    const heard: string[] = []
    return { heard, lived: await simulate({ ...run, database, tell: (_, text) => heard.push(text) }) }
  }

  it('keeps the laws through crashes, lost commits and partners who do not answer', { timeout: 120_000 }, async () => {
    const faults = ['cloud-crash-at-commit', 'cloud-crash-at-publish', 'commits-unheard', 'webhooks-unheard']
    const { heard, lived } = await live({ seed: 12, minutes: 1, stopAtMs: 35_000, faults })
    expect(lived.failure?.message).toBeUndefined()
    expect(lived.parcels).toBeGreaterThan(0)
    expect(Object.keys(lived.faults).length).toBeGreaterThan(1)
    for (const part of ['letter to +86139', 'letter to +86138', 'webhook parcel.announced', 'webhook parcel.deposited'])
      expect(heard.filter((text) => text.includes(part)).length).toBeGreaterThan(0)
    expect(heard).toContain('house: the cloud died')
  })

  it('comes out the same for the same seed (law 15)', { timeout: 120_000 }, async () => {
    const run = { seed: 13, minutes: 0.2, stopAtMs: 8_000 }
    const [one, same] = [await live(run), await live(run)]
    expect(same).toEqual(one)
    expect(one.lived.events).toBeGreaterThan(20)
  })

  it(
    'comes back from a death behind the commit of a settings change, and nothing is lost',
    { timeout: 120_000 },
    async () => {
      const { failure, parcels } = await dieAt('settings change', { at: 'commit', n: 1, how: 'after' }, database)
      expect(failure?.message).toBeUndefined()
      expect(parcels).toBeGreaterThan(0)
    },
  )
})
