import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { after, durationMs, minutes } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import type { PeoplePorts } from '../people.ts'
import { type Ground, emptyPeople, peopleOn } from '../people.testing.ts'
import { type Throttle, createThrottle } from './throttle.ts'

const per = minutes(15)
const limit = { what: 'door', who: '203.0.113.7', most: 3, per }

describe.each(await testEngines())('a throttle on $name', (engine) => {
  let db: Db
  let ground: Ground
  let throttle: Throttle
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    // Only the ports of the platform are asked.
    throttle = createThrottle(ground.ports as unknown as PeoplePorts)
  })
  afterAll(async () => await db.close())

  const hit = async (times: number, of = limit): Promise<readonly boolean[]> => {
    const allowed: boolean[] = []
    for (let i = 0; i < times; i += 1) allowed.push(await throttle.allow(of))
    return allowed
  }

  it('lets so many pass and not one more', async () => {
    expect(await hit(5)).toEqual([true, true, true, false, false])
  })

  it('lets exactly so many of a crowd pass that comes at once', async () => {
    const allowed = await Promise.all(Array.from({ length: 10 }, () => throttle.allow(limit)))
    expect(allowed.filter(Boolean)).toHaveLength(3)
  })

  it('counts everybody, and everything, by itself', async () => {
    await hit(4)
    expect(await hit(1, { ...limit, who: '203.0.113.8' })).toEqual([true])
    expect(await hit(1, { ...limit, what: 'window' })).toEqual([true])
    expect(await hit(1)).toEqual([false])
  })

  it.each([
    [durationMs(per - 1), false],
    [per, true],
  ])('opens anew when its window ends: after %i ms %s', async (pause, open) => {
    await hit(4)
    ground.clock.advance(pause)
    expect(await hit(1)).toEqual([open])
  })

  it('does not let its window be pushed on by those who keep knocking', async () => {
    await hit(4)
    for (let i = 0; i < 14; i += 1) {
      ground.clock.advance(minutes(1))
      expect(await hit(1)).toEqual([false])
    }
    ground.clock.advance(minutes(1))
    expect(await hit(4)).toEqual([true, true, true, false])
  })

  it('is wiped by a right answer, for that one alone', async () => {
    const other = { ...limit, who: '203.0.113.8' }
    await hit(4)
    await hit(4, other)
    await throttle.clear(limit.what, limit.who)
    expect([await hit(1), await hit(1, other)]).toEqual([[true], [false]])
  })

  it('keeps nobody’s address, only a keyed hash, and forgets that too', async () => {
    await hit(1)
    expect(JSON.stringify(await db.query('select * from throttle'))).not.toContain('203.0.113')
    await throttle.forget(after(ground.clock.now(), per))
    expect(await db.query('select from throttle')).toHaveLength(1)
    await throttle.forget(after(ground.clock.now(), durationMs(per + 1)))
    expect(await db.query('select from throttle')).toHaveLength(0)
  })
})
