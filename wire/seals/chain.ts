import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import type { Instant, RunningMs } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '../bytes/base64.ts'
import { parseCanonical, toCanonical } from '../bytes/canonical.ts'
import { concatBytes } from '../bytes/concat.ts'
import type { PrivateKey, PublicKey } from './keys.ts'
import type { Seals } from './seals.ts'

/** What one journal entry says. Ids and digests only: a person's data is in the private blob beside it (law 14). */
export interface EntryContent {
  /** From 1, without gaps, per incarnation (law 8). */
  readonly seq: number
  readonly incarnation: IncarnationId
  /** How many times the terminal has started. */
  readonly boot: number
  readonly running: RunningMs
  /** Label only; no right depends on it. */
  readonly wall: Instant
  readonly trusted: boolean
  /** Canonical JSON; the reader's schema judges it. */
  readonly event: unknown
  /** base64url of SHA-256(32 random bytes ‖ sealed blob), where a private part exists. */
  readonly private?: string
}

/**
 * An entry as stored and sent: bytes as made, never serialised again.
 * `hash` is SHA-256(previous hash ‖ bytes); 32 zero bytes stand before the first.
 */
export interface Entry extends ChainPoint {
  readonly bytes: Uint8Array
  /** Gone once erased; the chain verifies without it. */
  readonly private?: PrivatePart
}

export interface PrivatePart {
  /** 32 random bytes: without them the digest tells nothing about the blob. */
  readonly blind: Uint8Array
  /** Sealed to the cloud by HPKE. */
  readonly blob: Uint8Array
}

/** The cabinet's signature under everything up to `seq`. */
export interface SignedHead extends ChainPoint {
  readonly signature: Uint8Array
}

/** A place in the chain: everything up to `seq` is under `hash`. */
export interface ChainPoint {
  readonly seq: number
  readonly hash: Uint8Array
}

/** The cabinet signs every 64th entry, and others on demand. */
export const headEvery = 64

/** Before the first entry. */
export const chainStart: ChainPoint = { seq: 0, hash: new Uint8Array(32) }

export const chainHash = (seals: Seals, previous: Uint8Array, bytes: Uint8Array): Uint8Array =>
  seals.hash(concatBytes(previous, bytes))

export const privateDigest = (seals: Seals, part: PrivatePart): string =>
  base64FromBytes(seals.hash(concatBytes(part.blind, part.blob)))

export function signHead(seals: Seals, key: PrivateKey, head: HeadStatement): SignedHead {
  const { seq, hash } = head
  return { seq, hash, signature: seals.sign(key, { kind: 'journal-head', bytes: headBytes(head) }) }
}

export function verifyHead(seals: Seals, key: PublicKey, head: HeadStatement & SignedHead): boolean {
  return seals.verify(key, { kind: 'journal-head', bytes: headBytes(head) }, head.signature)
}

export interface HeadStatement extends ChainPoint {
  readonly incarnation: IncarnationId
}

const headBytes = (head: HeadStatement): Uint8Array =>
  toCanonical({ incarnation: head.incarnation, seq: head.seq, hash: base64FromBytes(head.hash) })

export type ChainRefusal =
  | 'chain-gap'
  | 'chain-entry-malformed'
  | 'chain-hash-differs'
  | 'chain-private-differs'
  | 'chain-private-missing'

/** Where a run of entries starts, and up to which number their private parts may be erased already. */
export interface ChainStart extends ChainPoint {
  readonly incarnation: IncarnationId
  readonly erasedUpTo: number
}

export type ChainVerdict =
  | { readonly ok: true; readonly end: ChainPoint }
  | { readonly ok: false; readonly refusal: ChainRefusal; readonly seq: number }

/** Law 8 for a run of entries that must follow `start`. Heads are checked apart, against the points this passes. */
export function followChain(seals: Seals, start: ChainStart, entries: Iterable<Entry>): ChainVerdict {
  let end: ChainPoint = { seq: start.seq, hash: start.hash }
  for (const entry of entries) {
    const hash = chainHash(seals, end.hash, entry.bytes)
    const refusal = linkRefusal(seals, entry, { ...start, seq: end.seq + 1, hash })
    if (refusal !== undefined) return { ok: false, refusal, seq: end.seq + 1 }
    end = { seq: entry.seq, hash }
  }
  return { ok: true, end }
}

function linkRefusal(seals: Seals, entry: Entry, expected: ChainStart): ChainRefusal | undefined {
  if (entry.seq !== expected.seq) return 'chain-gap'
  if (!seals.equal(entry.hash, expected.hash)) return 'chain-hash-differs'
  const content = readEntry(entry.bytes)
  if (content?.seq !== expected.seq || content.incarnation !== expected.incarnation) return 'chain-entry-malformed'
  if (entry.private === undefined) {
    return content.private === undefined || entry.seq <= expected.erasedUpTo ? undefined : 'chain-private-missing'
  }
  return privateDigest(seals, entry.private) === content.private ? undefined : 'chain-private-differs'
}

/** Undefined unless the bytes are canonical and carry exactly an entry's fields. */
export function readEntry(bytes: Uint8Array): EntryContent | undefined {
  const read = parseCanonical(bytes)
  return read.ok && isEntry(read.value) ? read.value : undefined
}

function isEntry(value: unknown): value is EntryContent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const fields = new Map<string, unknown>(Object.entries(value))
  const wholes = ['seq', 'boot', 'running', 'wall'].every((name) => Number.isSafeInteger(fields.get(name)))
  const sealed = fields.get('private')
  return (
    wholes &&
    typeof fields.get('incarnation') === 'string' &&
    typeof fields.get('trusted') === 'boolean' &&
    fields.has('event') &&
    (sealed === undefined || typeof sealed === 'string') &&
    fields.size === (sealed === undefined ? 7 : 8)
  )
}
