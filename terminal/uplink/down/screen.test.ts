import { expect, it } from 'vitest'
import { isScreenDead } from './screen.ts'

const fine = { kiosk: 'ok', touch: 'ok', scanner: 'ok' } as const

it.each([
  ['a screen that works', fine, undefined, false],
  ['no page, or one that hangs', { ...fine, kiosk: 'absent' }, undefined, true],
  ['nothing to touch it with', { ...fine, touch: 'absent' }, undefined, true],
  ['a scanner alone: codes are typed', { ...fine, scanner: 'absent' }, undefined, false],
  ['no scanner at all', { ...fine, scanner: 'none' }, {}, false],
  ['the word of somebody who stood there', fine, { screenOut: true }, true],
  ['that word taken back', fine, { screenOut: false }, false],
] as const)('knows a dead screen: %s', (_, front, settings, dead) => {
  expect(isScreenDead(front, settings)).toBe(dead)
})
