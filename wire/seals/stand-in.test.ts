import { describe, expect, it } from 'vitest'
import { sealsContract } from './seals.contract.ts'
import { createStandInSeals } from './stand-in.ts'

sealsContract('stand-in', () => createStandInSeals(1))

describe('stand-in seals', () => {
  it('draws and makes the same for the same seed (law 15)', async () => {
    const run = async (seed: number): Promise<string> => {
      const seals = createStandInSeals(seed)
      const pair = seals.generate('p256')
      return JSON.stringify([
        pair,
        seals.random(8),
        seals.sign(pair.privateKey, { kind: 'order', bytes: seals.random(3) }),
      ])
    }
    expect(await run(7)).toBe(await run(7))
    expect(await run(7)).not.toBe(await run(8))
  })
})
