import { expect, it } from 'vitest'
import { findDefect } from '../runs/find.ts'
import { openTwinDatabase } from '@holdfast/cloud/twin.ts'
import { canary, plants } from './defects.ts'

/** Asked for by defects of the real cloud alone. */
const database = openTwinDatabase

it('finds the canary in every town: the alarm itself works', { timeout: 30_000 }, async () => {
  for (const first of [1, 2, 3]) {
    expect(await findDefect(canary, { first, towns: 1, minutes: 1, database })).toMatchObject({ seed: first, law: 2 })
  }
})

it.each([
  ['signatures-are-not-looked-at', 6],
  ['an-unlock-sent-again-when-nothing-answers', 2],
  ['private-parts-are-not-kept', 8],
])('finds that %s (law %i)', { timeout: 30_000 }, async (name, law) => {
  expect(await findDefect(name, { first: 1, towns: 6, minutes: 3, database })).toMatchObject({ law })
})

it('plants nothing that it does not know, and says what it did not find', { timeout: 30_000 }, async () => {
  await expect(findDefect('a-name', { first: 1, towns: 1, minutes: 1, database })).rejects.toThrow(RangeError)
  expect(await findDefect(canary, { first: 1, towns: 0, minutes: 1, database })).toMatchObject({
    seed: undefined,
    law: undefined,
  })
  expect(Object.keys(plants).length).toBeGreaterThanOrEqual(30)
})
