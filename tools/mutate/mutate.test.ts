import { expect, it } from 'vitest'
import { fromSource, runNode } from '../check/program.ts'

const mutating = async (...args: readonly string[]) =>
  await runNode({ args: [...fromSource('tools/mutate/main.ts'), '--only', 'tools/mutate/planted', ...args] })

it('kills what a claim would miss, also by going round for ever, names what survives, and fails below the least', async () => {
  const { code, output } = await mutating('--tests', 'tools/mutate/planted', '--least', '95')
  const survivors = output.split('\n').filter((line) => line.startsWith('survives'))
  expect(survivors).toEqual(['survives: tools/mutate/planted/limit.ts:1 comparison: count > 3 -> (count) >= (3)'])
  const last: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  expect(last).toMatchObject({ mutants: 10, killed: 9, score: 90, notAsked: 0 })
  expect(code).toBe(1)
})

it('fails where there is no test to ask', async () => {
  const { code, output } = await mutating('--tests', 'core/values/brand.ts')
  expect([code, output]).toEqual([1, expect.stringContaining('no test file')])
})
