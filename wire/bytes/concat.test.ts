import { expect, it } from 'vitest'
import { concatBytes } from './concat.ts'

it('joins byte arrays in order into fresh memory', () => {
  const part = Uint8Array.of(1, 2)
  const whole = concatBytes(part, new Uint8Array(), Uint8Array.of(3))
  part[0] = 9
  expect(whole).toEqual(Uint8Array.of(1, 2, 3))
  expect(concatBytes()).toEqual(new Uint8Array())
})
