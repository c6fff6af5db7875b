import { expect, it } from 'vitest'
import { sightOf } from './sight.ts'

it.each([
  [{ latch: 'caught', leaf: 'shut' }, 'leaf', 'shut'],
  [{ latch: 'released', leaf: 'shut' }, 'leaf', 'unlatched'],
  [{ latch: 'caught', leaf: 'open' }, 'leaf', 'open'],
  [{ latch: 'caught', leaf: 'unknown' }, 'leaf', 'unknown'],
  [{ latch: 'released' }, 'latch', 'open'],
  [{ latch: 'caught' }, 'latch', 'shut'],
  [{ latch: 'unknown' }, 'latch', 'unknown'],
] as const)('reads %o by the %s as %s', (reading, witness, sight) => {
  expect(sightOf(reading, witness)).toEqual({ sight, witness })
})

it('names the hook as witness where the lock has no switch on the leaf', () => {
  expect(sightOf({ latch: 'released' }, 'leaf')).toEqual({ sight: 'open', witness: 'latch' })
})
