import { describe, expect, it } from 'vitest'
import { createNodeSeals } from '../seals/node.ts'
import { createStandInSeals } from '../seals/stand-in.ts'
import { signMessage } from '../cabinet/signed.ts'
import { toCanonical } from '../bytes/canonical.ts'
import { lockReply, unlockReply } from './reply.ts'

const utf8 = new TextEncoder()

describe.each([
  ['the real seals', createNodeSeals()],
  ['their twin', createStandInSeals(7)],
])('an answer that a phone carries, with %s', (_, seals) => {
  const cloud = seals.generate('ed25519')
  const other = seals.generate('ed25519')
  const keys = new Map([[3, cloud.publicKey]])
  const signer = { keyId: 3, key: cloud.privateKey }
  const lock = { key: seals.random(32), ask: 'evt_1' }
  const body = toCanonical({ kind: 'reply', tail: '8000' })
  const locked = () => lockReply(seals, signer, lock, body)

  it('is read by who asked, byte for byte', () => {
    expect(unlockReply(seals, keys, lock, locked())).toEqual({ ok: true, body })
  })

  it('tells whoever carries it nothing', () => {
    const shown = Buffer.from(locked()).toString('latin1')
    expect(shown.includes('8000') || shown.includes('reply')).toBe(false)
  })

  it.each([
    ['for another ask', { ...lock, ask: 'evt_2' }],
    ['for another key', { ...lock, key: seals.random(32) }],
  ])('is stale %s', (_name, asked) => {
    expect(unlockReply(seals, keys, asked, locked())).toEqual({ ok: false, refusal: 'reply-stale' })
  })

  it('is stale with any byte bent, cut or added', () => {
    const whole = locked()
    const bent = [...whole.keys()].map((at) => whole.map((byte, i) => (i === at ? byte ^ 1 : byte)))
    const cut = [whole.subarray(1), whole.subarray(0, -1), new Uint8Array(), utf8.encode('x')]
    for (const bytes of [...bent, ...cut]) expect(unlockReply(seals, keys, lock, bytes).ok).toBe(false)
  })

  it.each([
    ['another key', { keyId: 3, key: other.privateKey }, 'order'],
    ['a key that is not pinned', { keyId: 4, key: cloud.privateKey }, 'order'],
    ['another purpose', signer, 'desired'],
  ] as const)('is forged when signed with %s, even by who knows the lock', (_name, by, kind) => {
    const bound = utf8.encode(`holdfast/carried-reply/1\0${lock.ask}`)
    const bytes = seals.lock(lock.key, bound, signMessage({ seals, ...by }, kind, body))
    expect(unlockReply(seals, keys, lock, bytes)).toEqual({ ok: false, refusal: 'reply-forged' })
  })
})
