import {
  type CabinetId,
  type DepositId,
  type IncarnationId,
  idFromBytes,
  idToBytes,
} from '@holdfast/core/values/ids.ts'
import { concatBytes } from '../bytes/concat.ts'
import { type EntryContent, privateDigest, type PrivatePart, readEntry } from '../seals/chain.ts'
import type { PrivateKey, PublicKey } from '../seals/keys.ts'
import type { Seals } from '../seals/seals.ts'

/**
 * What one deposit is known by, taken out of the journal for a phone to carry: the very bytes of its entries with
 * their sealed private parts. The cabinet signs the whole; the chain joins them when the journal itself arrives.
 */
export interface CarriedFacts {
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
  readonly deposit: DepositId
  readonly entries: readonly CarriedEntry[]
}

export interface CarriedEntry {
  readonly bytes: Uint8Array
  readonly private?: PrivatePart
}

export interface ReadCarried extends CarriedFacts {
  /** Rising, each with its private part judged against the digest that the entry names. */
  readonly entries: readonly (CarriedEntry & { readonly content: EntryContent })[]
}

/*
 * Big endian, fixed: version 1 | cabinet 16 | incarnation 16 | deposit 16 | count 1 | entries | P-256 signature 64.
 * An entry: length 2 | private length 2, or zero | bytes | where there is one: blind 32, blob.
 */
const version = 1
const headLength = 50
const signatureLength = 64
const blindLength = 32
const entriesMax = 32
const lengthMax = 0xffff
/** A phone shows no more than 64 parts of 420 bytes. */
export const carriedBytesMax = 24 * 1024

export function signCarried(seals: Seals, key: PrivateKey, facts: CarriedFacts): Uint8Array {
  const body = packFacts(facts)
  return concatBytes(body, seals.sign(key, { kind: 'carried-facts', bytes: body }))
}

/** Whose it claims to be, so that the key can be found; nothing of it is believed yet. */
export function carriedFrom(bytes: Uint8Array): CabinetId | undefined {
  if (bytes.length < headLength + signatureLength || bytes.length > carriedBytesMax || bytes[0] !== version) {
    return undefined
  }
  return idFromBytes('cabinet', bytes.subarray(1, 17))
}

export type CarriedRead =
  | { readonly ok: true; readonly facts: ReadCarried }
  | { readonly ok: false; readonly refusal: 'carried-malformed' | 'carried-forged' }

export function openCarried(seals: Seals, key: PublicKey, bytes: Uint8Array): CarriedRead {
  const facts = carriedFrom(bytes) === undefined ? undefined : unpackFacts(bytes)
  if (facts === undefined) return { ok: false, refusal: 'carried-malformed' }
  const body = bytes.subarray(0, bytes.length - signatureLength)
  const genuine = seals.verify(key, { kind: 'carried-facts', bytes: body }, bytes.subarray(body.length))
  if (!genuine) return { ok: false, refusal: 'carried-forged' }
  const read = readEntries(seals, facts)
  return read === undefined ? { ok: false, refusal: 'carried-malformed' } : { ok: true, facts: read }
}

function packFacts({ cabinet, incarnation, deposit, entries }: CarriedFacts): Uint8Array {
  if (entries.length === 0 || entries.length > entriesMax) throw new RangeError('carried entries: 1 to 32')
  const head = concatBytes(
    Uint8Array.of(version),
    idToBytes(cabinet),
    idToBytes(incarnation),
    idToBytes(deposit),
    Uint8Array.of(entries.length),
  )
  return concatBytes(head, ...entries.flatMap(packEntry))
}

function packEntry({ bytes, private: part }: CarriedEntry): readonly Uint8Array[] {
  const own = part === undefined ? 0 : blindLength + part.blob.length
  if (bytes.length > lengthMax || own > lengthMax) throw new RangeError('a carried entry is too long')
  const lengths = new Uint8Array(4)
  new DataView(lengths.buffer).setUint16(0, bytes.length)
  new DataView(lengths.buffer).setUint16(2, own)
  return part === undefined ? [lengths, bytes] : [lengths, bytes, part.blind, part.blob]
}

function unpackFacts(bytes: Uint8Array): CarriedFacts | undefined {
  const end = bytes.length - signatureLength
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const count = bytes[49] ?? 0
  const entries: CarriedEntry[] = []
  let at = headLength
  while (entries.length < count) {
    if (at + 4 > end) return undefined
    const [length, own] = [view.getUint16(at), view.getUint16(at + 2)]
    const [from, to] = [at + 4, at + 4 + length]
    if (to + own > end || (own > 0 && own <= blindLength)) return undefined
    const blob = bytes.slice(to + blindLength, to + own)
    const part = own === 0 ? {} : { private: { blind: bytes.slice(to, to + blindLength), blob } }
    entries.push({ bytes: bytes.slice(from, to), ...part })
    at = to + own
  }
  if (at !== end || count === 0 || count > entriesMax) return undefined
  return {
    cabinet: idFromBytes('cabinet', bytes.subarray(1, 17)),
    incarnation: idFromBytes('incarnation', bytes.subarray(17, 33)),
    deposit: idFromBytes('deposit', bytes.subarray(33, 49)),
    entries,
  }
}

function readEntries(seals: Seals, facts: CarriedFacts): ReadCarried | undefined {
  const entries: (CarriedEntry & { readonly content: EntryContent })[] = []
  let last = 0
  for (const entry of facts.entries) {
    const content = readEntry(entry.bytes)
    if (content === undefined || content.incarnation !== facts.incarnation || content.seq <= last) return undefined
    if (entry.private !== undefined && privateDigest(seals, entry.private) !== content.private) return undefined
    last = content.seq
    entries.push({ ...entry, content })
  }
  return { ...facts, entries }
}
