import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { toCanonical } from '../bytes/canonical.ts'
import {
  chainHash,
  chainStart,
  type Entry,
  followChain,
  privateDigest,
  readEntry,
  signHead,
  verifyHead,
} from './chain.ts'
import { createNodeSeals } from './node.ts'

const seals = createNodeSeals()
const incarnation = makeId('incarnation', instant(1), new Uint8Array(10))
const content = { seq: 1, incarnation, boot: 1, running: 0, wall: 0, trusted: false, event: {} }
const part = { blind: new Uint8Array(32).fill(1), blob: new Uint8Array(9).fill(2) }
const start = { ...chainStart, incarnation, erasedUpTo: 0 }

function link(previous: Uint8Array, value: { readonly seq: number }): Entry {
  const bytes = toCanonical(value)
  return { seq: value.seq, bytes, hash: chainHash(seals, previous, bytes) }
}

const first = link(chainStart.hash, content)
const sealed = {
  ...link(first.hash, { ...content, seq: 2, private: privateDigest(seals, part) } as never),
  private: part,
}

describe('chain', () => {
  it('hashes as SHA-256 of the previous hash and the bytes, from 32 zero bytes on', () => {
    const hash = seals.hash(Uint8Array.of(...new Uint8Array(32), ...first.bytes))
    expect(first.hash).toEqual(hash)
  })

  it('follows whole entries to the end', () => {
    expect(followChain(seals, start, [first, sealed])).toEqual({ ok: true, end: { seq: 2, hash: sealed.hash } })
    expect(followChain(seals, { ...start, ...first }, [sealed]).ok).toBe(true)
  })

  const { private: _, ...erased } = sealed
  it.each([
    ['chain-gap', 1, [sealed]],
    ['chain-gap', 2, [first, first]],
    ['chain-hash-differs', 1, [{ ...first, hash: sealed.hash }]],
    ['chain-hash-differs', 1, [{ ...first, bytes: sealed.bytes }]],
    ['chain-entry-malformed', 1, [link(chainStart.hash, { ...content, extra: 1 } as never)]],
    ['chain-entry-malformed', 1, [{ ...link(chainStart.hash, { ...content, seq: 2 }), seq: 1 }]],
    ['chain-entry-malformed', 1, [link(chainStart.hash, { ...content, incarnation: 'inc_other' } as never)]],
    ['chain-private-differs', 1, [{ ...first, private: part }]],
    ['chain-private-differs', 2, [first, { ...sealed, private: { ...part, blob: part.blind } }]],
    ['chain-private-missing', 2, [first, erased]],
  ] as const)('says %s at %i', (refusal, seq, entries) => {
    expect(followChain(seals, start, entries)).toEqual({ ok: false, refusal, seq })
  })

  it('goes on without a private part that may be erased (law 14)', () => {
    expect(followChain(seals, { ...start, erasedUpTo: 2 }, [first, erased]).ok).toBe(true)
  })

  it('signs a head over incarnation, number and hash', () => {
    const { publicKey, privateKey } = seals.generate('p256')
    const head = { ...signHead(seals, privateKey, { incarnation, ...first }), incarnation }
    expect(verifyHead(seals, publicKey, head)).toBe(true)
    expect(verifyHead(seals, publicKey, { ...head, seq: 2 })).toBe(false)
    expect(verifyHead(seals, publicKey, { ...head, hash: sealed.hash })).toBe(false)
    const other = makeId('incarnation', instant(2), new Uint8Array(10))
    expect(verifyHead(seals, publicKey, { ...head, incarnation: other })).toBe(false)
  })

  it.each([
    [null],
    [[]],
    [1],
    [{}],
    [{ ...content, boot: '1' }],
    [{ ...content, private: 1 }],
    [{ ...content, trusted: 1 }],
  ])('reads no entry out of %j', (value) => expect(readEntry(toCanonical(value))).toBeUndefined())
})
