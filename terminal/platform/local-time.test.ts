import { expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { minuteOfDay } from './local-time.ts'

const hour = 3_600_000
/** 2026-03-29 00:30 UTC: Europe sets its clocks forward half an hour later. */
const springNight = instant(Date.UTC(2026, 2, 29, 0, 30))

it.each([
  ['Asia/Shanghai', instant(Date.UTC(2026, 0, 5, 14, 5)), 22 * 60 + 5],
  ['Asia/Seoul', instant(Date.UTC(2026, 0, 5, 15, 0)), 0],
  ['UTC', instant(Date.UTC(2026, 0, 5, 23, 59)), 23 * 60 + 59],
  ['Asia/Kolkata', instant(Date.UTC(2026, 0, 5, 0, 0)), 5 * 60 + 30],
  ['Europe/Berlin', springNight, 90],
  ['Europe/Berlin', instant(springNight + hour), 3 * 60 + 30],
  ['Nowhere/Land', springNight, undefined],
  ['', springNight, undefined],
] as const)('in %s', (zone, wall, minute) => {
  expect(minuteOfDay(wall, zone)).toBe(minute)
})
