import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCanonical } from '../bytes/canonical.ts'
import { createNodeSeals } from '../seals/node.ts'
import { type MessageKind, messageBytesMax, openMessage, signMessage } from './signed.ts'

const seals = createNodeSeals()
const utf8 = new TextEncoder()
const pairs = { ed25519: seals.generate('ed25519'), p256: seals.generate('p256') }
const kinds: readonly MessageKind[] = ['facts', 'answer', 'ask', 'health', 'order', 'ack', 'desired']
const body = toCanonical({ v: 1, kind: 'open', note: 'Tür – 门 – 문' })

describe.each(['ed25519', 'p256'] as const)('a message signed by %s', (scheme) => {
  const pair = pairs[scheme]
  const keys = new Map([[3, pair.publicKey]])
  const signed = signMessage({ seals, keyId: 3, key: pair.privateKey }, 'order', body)

  it('opens to the very bytes that were signed', () => {
    expect(openMessage(seals, keys, 'order', signed)).toEqual({ ok: true, body })
  })

  it('is refused with any one bit flipped', () => {
    const taken: number[] = []
    for (let bit = 0; bit < signed.length * 8; bit += 1) {
      const bent = signed.slice()
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (openMessage(seals, keys, 'order', bent).ok) taken.push(bit)
    }
    expect(taken).toEqual([])
  })

  it('passes for no other kind', () => {
    const passed = kinds.filter((kind) => openMessage(seals, keys, kind, signed).ok)
    expect(passed).toEqual(['order'])
  })

  it('is refused under another key, and under a number that is not pinned', () => {
    const stranger = seals.generate(scheme)
    const other = signMessage({ seals, keyId: 3, key: stranger.privateKey }, 'order', body)
    const unpinned = signMessage({ seals, keyId: 4, key: pair.privateKey }, 'order', body)
    expect(openMessage(seals, keys, 'order', other)).toEqual({ ok: false, refusal: 'message-forged' })
    expect(openMessage(seals, keys, 'order', unpinned)).toEqual({ ok: false, refusal: 'message-key-unknown' })
  })

  it('is refused cut short anywhere, or with a byte more', () => {
    const short = Array.from({ length: signed.length }, (_, length) => signed.subarray(0, length))
    expect(short.filter((part) => openMessage(seals, keys, 'order', part).ok)).toEqual([])
    expect(openMessage(seals, keys, 'order', Uint8Array.of(...signed, 10)).ok).toBe(false)
  })
})

describe('any bytes', () => {
  const keys = new Map([[3, pairs.ed25519.publicKey]])

  it('are refused by code and never thrown', () => {
    const lines = fc.tuple(fc.json(), fc.json()).map((both) => utf8.encode(both.join('\n')))
    const sealLines = fc
      .record({ key: fc.integer(), sig: fc.base64String() })
      .map((line) => utf8.encode(`${JSON.stringify(line)}\n{}`))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), lines, sealLines), (bytes) => {
        const read = openMessage(seals, keys, 'order', bytes)
        expect(read.ok ? 'taken' : read.refusal).toMatch(/^message-(malformed|key-unknown|forged)$/)
      }),
      { numRuns: 500 },
    )
  })

  it('beyond the limit are dropped unread, however well signed', () => {
    const signer = { seals, keyId: 3, key: pairs.ed25519.privateKey }
    const line = signMessage(signer, 'facts', new Uint8Array()).length
    const fits = signMessage(signer, 'facts', new Uint8Array(messageBytesMax - line))
    const large = signMessage(signer, 'facts', new Uint8Array(messageBytesMax - line + 1))
    expect(openMessage(seals, keys, 'facts', fits).ok).toBe(true)
    expect(openMessage(seals, keys, 'facts', large)).toEqual({ ok: false, refusal: 'message-malformed' })
  })
})
