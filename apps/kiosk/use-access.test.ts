import { expect, it } from 'vitest'
import { plainAccess } from '../kit/controls/ask/access-buttons.tsx'
import { loudness } from './use-access.ts'

it.each([
  ['loud', false, undefined, 1],
  ['low', false, undefined, 0.5],
  ['off', false, undefined, 0],
  ['loud', false, 30, 0.3],
  ['low', false, 30, 0.15],
  ['off', false, 100, 0],
  ['loud', false, 0, 0],
  // Whoever listens instead of looking is never left in silence by somebody else's night.
  ['loud', true, 0, 0.5],
  ['loud', true, 30, 0.5],
  ['loud', true, 80, 0.8],
  ['low', true, 30, 0.5],
  ['off', true, 30, 0],
] as const)('sounds %s (guided: %s) with %s percent at night: %d', (volume, guided, percent, heard) => {
  const night = percent === undefined ? undefined : { volumePercent: percent }
  expect(loudness({ ...plainAccess, volume, guided }, night)).toBeCloseTo(heard)
})
