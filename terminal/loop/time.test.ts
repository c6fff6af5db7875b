import { runningMs } from '@holdfast/core/values/instants.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTime } from './time.ts'

const year = 365 * 86_400_000

function rig(persisted = 0) {
  const at = { mono: 0, wall: 1_800_000_000_000 }
  const clock = { now: () => at.mono, wall: () => at.wall, after: () => () => {} }
  return { at, time: createTime(clock, runningMs(persisted)) }
}

it('goes on from what was persisted, by the monotonic clock alone', () => {
  const { at, time } = rig(5_000)
  at.mono = 1_500.9
  at.wall -= year
  expect(time.running()).toBe(6_500)
})

it('never goes back, whatever both clocks do', () => {
  const jumps = fc.array(fc.tuple(fc.integer({ min: -year, max: year }), fc.integer({ min: -5_000, max: 5_000 })))
  fc.assert(
    fc.property(jumps, (moves) => {
      const { at, time } = rig()
      let last = time.running()
      for (const [wall, mono] of moves) {
        at.wall += wall
        at.mono += mono
        const { running, wall: label } = time.moment()
        expect(running).toBeGreaterThanOrEqual(last)
        expect(label).toBeGreaterThanOrEqual(0)
        last = running
      }
    }),
  )
})

it('trusts the wall clock after a fresh word of the cloud that agrees, until it jumps', () => {
  const { at, time } = rig()
  expect(time.moment().trusted).toBe(false)
  time.heard(at.wall + 30_000)
  at.mono += 3_600_000
  at.wall += 3_600_000
  expect(time.moment().trusted).toBe(true)
  at.wall += year
  expect(time.moment().trusted).toBe(false)
  at.wall -= year
  expect(time.moment().trusted).toBe(false)
})

it('does not trust a clock that is a year off', () => {
  const { at, time } = rig()
  time.heard(at.wall - year)
  expect(time.moment().trusted).toBe(false)
})
