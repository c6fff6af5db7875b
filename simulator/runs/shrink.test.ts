import { expect, it } from 'vitest'
import type { ActId } from '../seed/acts.ts'
import { shrink } from './shrink.ts'

const acts = Array.from({ length: 60 }, (_, n): ActId => `0.${n}`)
const needs =
  (...wanted: readonly ActId[]) =>
  async (kept: readonly ActId[]): Promise<boolean> =>
    wanted.every((act) => kept.includes(act))

it('leaves only the acts without which the law holds', async () => {
  expect(await shrink(acts, needs('0.7'))).toEqual(['0.7'])
  expect(await shrink(acts, needs('0.3', '0.31', '0.59'))).toEqual(['0.3', '0.31', '0.59'])
})

it('keeps all where every one is needed, and never asks about none', async () => {
  const two = acts.slice(0, 2)
  expect(await shrink(two, needs('0.0', '0.1'))).toEqual(two)
  expect(await shrink([], needs())).toEqual([])
  expect(await shrink(acts.slice(0, 1), needs())).toEqual(['0.0'])
})

it('gives up after so many tries, with what it has', async () => {
  let tries = 0
  const kept = await shrink(
    acts,
    async (some) => {
      tries += 1
      return await needs('0.3', '0.59')(some)
    },
    5,
  )
  expect(tries).toBe(5)
  expect(kept).toEqual(expect.arrayContaining(['0.3', '0.59']))
})
