import { type SignedHead, chainHash, privateDigest, verifyHead } from '@holdfast/wire/seals/chain.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { FactsMessage, ReadEntry } from './message.ts'
import type { CabinetRecord } from './records.ts'

export type HashedEntry = ReadEntry & { readonly hash: Uint8Array }

export type Verdict =
  | { readonly kind: 'follows'; readonly entries: readonly HashedEntry[]; readonly head: SignedHead | undefined }
  /** Entries before the message are missing. */
  | { readonly kind: 'gap' }
  /** The same number came with another hash (law 8). */
  | { readonly kind: 'forked' }
  /** All of it is older than the journal's end: whether it is the same, the stored hash of `seq` tells. */
  | { readonly kind: 'old'; readonly seq: number; readonly hash: Uint8Array }
  /** Signed by the cabinet, yet its parts do not hold together. */
  | { readonly kind: 'tampered' }

/** Judges one message against where the journal stands; what is known already is passed over. */
export function judgeFacts(seals: Seals, record: CabinetRecord, message: FactsMessage): Verdict {
  const { header } = message
  if (header.from > record.seq + 1) return { kind: 'gap' }
  const entries = hashEntries(seals, message)
  const last = entries?.at(-1)
  if (entries === undefined || last === undefined || !headsHold(seals, record, message, entries)) {
    return { kind: 'tampered' }
  }
  if (last.content.seq < record.seq) return { kind: 'old', seq: last.content.seq, hash: last.hash }
  const known = header.from > record.seq ? message.previous : entries[record.seq - header.from]?.hash
  if (known === undefined || !seals.equal(known, record.hash)) return { kind: 'forked' }
  const head = message.heads.reduce<SignedHead | undefined>(
    (newest, each) => (newest === undefined || each.seq > newest.seq ? each : newest),
    undefined,
  )
  return { kind: 'follows', entries: entries.slice(record.seq + 1 - header.from), head }
}

/** Undefined where an entry is out of turn or a private part is not the one that its entry names. */
function hashEntries(seals: Seals, message: FactsMessage): readonly HashedEntry[] | undefined {
  const { header, privates } = message
  const hashed: HashedEntry[] = []
  let hash = message.previous
  for (const { bytes, content } of message.entries) {
    const part = privates.get(content.seq)
    if (content.seq !== header.from + hashed.length || content.incarnation !== header.incarnation) return undefined
    if (part !== undefined && privateDigest(seals, part) !== content.private) return undefined
    hash = chainHash(seals, hash, bytes)
    hashed.push({ bytes, content, hash })
  }
  const within = (seq: number): boolean => seq >= header.from && seq < header.from + hashed.length
  return [...privates.keys()].every(within) ? hashed : undefined
}

function headsHold(
  seals: Seals,
  { key, incarnation }: CabinetRecord,
  { header, heads }: FactsMessage,
  entries: readonly HashedEntry[],
): boolean {
  return heads.every((head) => {
    const at = entries[head.seq - header.from]
    return at !== undefined && seals.equal(at.hash, head.hash) && verifyHead(seals, key, { ...head, incarnation })
  })
}
