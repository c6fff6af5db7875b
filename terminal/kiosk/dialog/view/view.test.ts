import { describe, expect, it } from 'vitest'
import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { askInsideFor } from '@holdfast/core/cabinet/safety/emergency.ts'
import { createKioskRig } from '../../rig.testing.ts'

describe('a large door that nobody uses and somebody shut', () => {
  it('is asked about beside any screen, until the time is over or it stands open (law 17)', async () => {
    const { desk, loop, clock } = createKioskRig()
    const large = nth('compartment', 6)
    const see = (sight: 'open' | 'shut') =>
      loop.observe({ type: 'door', door: large, fact: { type: 'doorSeen', sight, witness: 'leaf' } })
    see('open')
    expect(desk.show().maybeInside).toBeUndefined()
    see('shut')
    expect(desk.show().maybeInside).toBe(large)
    await clock.advance(askInsideFor + 1_000)
    expect(desk.show().maybeInside).toBeUndefined()
    see('open')
    see('shut')
    desk.touch(0, { kind: 'emergency', what: 'shut-in' })
    await clock.advance(3_000)
    expect(desk.show().maybeInside).toBeUndefined()
    expect(loop.cabinet().doors.get(large)?.position).toBe('open')
  })
})
