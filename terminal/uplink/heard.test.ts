import { describe, expect, it } from 'vitest'
import { type RunningMs, runningMs } from '@holdfast/core/values/instants.ts'
import { createHeard, keptEvery } from './heard.ts'

function rig(kept: ReadonlyMap<string, Uint8Array> = new Map()) {
  const disk = new Map(kept)
  const world = { now: runningMs(1_000), writings: 0 }
  const heard = createHeard({
    kept,
    now: (): RunningMs => world.now,
    keep: (rows) => {
      world.writings += 1
      for (const [name, bytes] of rows) disk.set(name, bytes)
    },
  })
  return { heard, disk, world }
}

describe('when the cloud was last heard', () => {
  it('is unknown until it speaks', () => {
    const { heard } = rig()
    expect(heard.at()).toBeNull()
    heard.hear()
    expect(heard.at()).toBe(1_000)
  })

  it('is written seldom: a disk is not worn by acknowledgements', () => {
    const { heard, world } = rig()
    for (let n = 0; n < 100; n += 1) {
      world.now = runningMs(1_000 + n * 1_000)
      heard.hear()
    }
    expect([heard.at(), world.writings]).toEqual([100_000, 1])
    world.now = runningMs(1_000 + keptEvery)
    heard.hear()
    expect(world.writings).toBe(2)
  })

  it('goes on after a restart from what was written, never from later', () => {
    const { heard, disk, world } = rig()
    heard.hear()
    world.now = runningMs(2_000)
    heard.hear()
    expect(rig(disk).heard.at()).toBe(1_000)
  })

  it.each(['', 'NaN', '-5', '1.5', 'x'])('is unknown where the disk says %j', (text) => {
    const at = rig(new Map([['heard', new TextEncoder().encode(text)]])).heard.at()
    expect(at === null || at === 0).toBe(true)
  })
})
