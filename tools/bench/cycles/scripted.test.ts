import { describe, expect, it } from 'vitest'
import type { Statement } from '@holdfast/wire/seals/seals.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { judgeLater } from './scripted.testing.ts'

const ack: Statement = { kind: 'ack', bytes: Uint8Array.of(1, 2, 3) }
const other: Statement = { kind: 'ack', bytes: Uint8Array.of(1, 2, 4) }

describe('a scripted cabinet', () => {
  const seals = createStandInSeals(1)
  const cloud = seals.generate('ed25519')
  const signature = seals.sign(cloud.privateKey, ack)

  it('believes what it hears until it is asked to judge, and then finds what is forged', () => {
    const { judge, ...later } = judgeLater(seals)
    expect(later.verify(cloud.publicKey, ack, signature)).toBe(true)
    expect(judge).not.toThrow()
    expect(later.verify(cloud.publicKey, other, signature)).toBe(true)
    expect(judge).toThrow('the cloud sent a forged message')
  })

  it('judges every word once', () => {
    const { judge, ...later } = judgeLater(seals)
    later.verify(cloud.publicKey, other, signature)
    expect(judge).toThrow('forged')
    expect(judge).not.toThrow()
  })
})
