import * as fc from 'fast-check'
import { habits, moves, type Move } from './wishes.testing.ts'

const move: fc.Arbitrary<Move> = fc.record({ what: fc.constantFrom(...moves), a: fc.nat(59), b: fc.nat(59) })
const habit = fc
  .tuple(fc.constantFrom(...habits), fc.nat(59))
  .map(([steps, a]) => steps.map((step) => ({ ...step, a })))
const scene = fc.oneof({ weight: 3, arbitrary: habit }, { weight: 4, arbitrary: fc.tuple(move) })
/** What may happen around one cabinet: people who mostly know what they do, faults, and power cuts. */
export const story = fc.array(scene, { minLength: 5, maxLength: 40, size: 'max' }).map((scenes) => scenes.flat())
