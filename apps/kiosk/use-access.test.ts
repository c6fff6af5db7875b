import { expect, it } from 'vitest'
import { plainAccess } from '../kit/controls/ask/access-buttons.tsx'
import { example } from './guide/examples.testing.ts'
import { dimmed, loudness } from './use-access.ts'

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

const night = { volumePercent: 30, brightnessPercent: 60 }

it.each([
  ['nobody is there', 'idle', { night }, false, 60],
  ['it was touched', 'idle', { night }, true, undefined],
  ['somebody is at work on it', 'code', { night }, false, undefined],
  ['a door stands open and should not', 'idle-open-door', { night }, false, undefined],
  ['somebody may be shut in', 'idle-maybe-inside', { night }, false, undefined],
  ['help was called', 'idle', { night, emergency: true }, false, undefined],
  ['it is day', 'idle', {}, false, undefined],
  ['the night says nothing of it', 'idle', { night: { volumePercent: 30 } }, false, undefined],
] as const)('where %s, the screen %s with %j (touched: %s) is dimmed to %s', (_, name, change, isTouched, percent) => {
  expect(dimmed({ ...example(name), ...change }, isTouched)).toBe(percent)
})
