import { describe, expect, it } from 'vitest'
import { keyParts, publicKeyOf, readPrivateKey, readPublicKey } from './keys.ts'

describe('key texts', () => {
  it('carry their scheme and bytes', () => {
    const raw = Uint8Array.from({ length: 32 }, (_, i) => i)
    const key = publicKeyOf('ed25519', raw)
    expect(keyParts(key)).toEqual({ scheme: 'ed25519', bytes: raw })
    expect(readPublicKey(key)).toBe(key)
  })

  it.each([
    '',
    'ed25519',
    'ed25519:',
    'rsa:AAAA',
    'ed25519:AAAA',
    `ed25519:${'A'.repeat(87)}`,
    `p256:${'A'.repeat(43)}`,
    'x25519:!!',
  ])('refuse %j as a public key', (text) => expect(readPublicKey(text)).toBeUndefined())

  it.each(['', 'AAAA', 'p256:AAAA', 'p256:A'])('refuse %j as a private key', (text) =>
    expect(readPrivateKey(text)).toBeUndefined(),
  )
})
