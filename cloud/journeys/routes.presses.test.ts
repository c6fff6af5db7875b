import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { methodOf, rows } from './routes.testing.ts'
import { openWorld, type World } from './world.testing.ts'

/** What waits to be sent again is looked for first: a parcel's end, later in the table, takes it away. */
const buttons = Object.entries(rows)
  .filter(([name, { kind }]) => kind === 'staff' && methodOf(name) === 'POST' && !name.endsWith('/sign-out'))
  .toSorted(([left], [right]) => Number(right.includes('undelivered')) - Number(left.includes('undelivered')))

describe('a button of the dashboard', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => await world.town.close())

  it.each(buttons)(
    '%s: pressed twice, or again after a lost answer, is done once and answered the same',
    async (name, row) => {
      const { url, body } = await row.make(world)
      const headers = { ...world.callers.staff[0], 'idempotency-key': name.replaceAll(' ', '-') }
      const press = async () => await world.town.call(url, { method: 'POST', body, headers })
      const [first, again] = [await press(), await press()]
      expect([again.status, again.body]).toEqual([first.status, first.body])
      const replayed = [first, again].map(({ headers: told }) => told['idempotency-replayed'])
      expect(replayed).toEqual([undefined, 'true'])
    },
  )
})
