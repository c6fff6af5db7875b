import { describe, expect, it } from 'vitest'
import { durationMs, instant, seconds } from '@holdfast/core/values/instants.ts'
import { createManualClock, pause, systemClock } from './clock.ts'

describe('a manual clock', () => {
  it('rings timers in the order of their instants, those set meanwhile included, and no cancelled one', () => {
    const clock = createManualClock(instant(0))
    const rung: string[] = []
    clock.timer(seconds(2), () => rung.push(`b@${clock.now()}`))
    clock.timer(seconds(1), () => {
      rung.push(`a@${clock.now()}`)
      clock.timer(durationMs(500), () => rung.push(`c@${clock.now()}`))
    })
    clock.timer(seconds(1), () => rung.push('never'))()
    clock.advance(seconds(3))
    expect(rung).toEqual(['a@1000', 'c@1500', 'b@2000'])
    expect(clock.now()).toBe(3000)
  })
})

describe('a pause', () => {
  it('ends with its time or its signal, whichever is first', async () => {
    const clock = createManualClock(instant(0))
    const timed = pause(clock, seconds(1))
    clock.advance(seconds(1))
    await timed
    const abort = new AbortController()
    const cut = pause(systemClock, seconds(600), abort.signal)
    abort.abort()
    await cut
    await pause(systemClock, seconds(600), abort.signal)
  })
})
