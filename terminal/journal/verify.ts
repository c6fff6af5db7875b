import {
  type ChainPoint,
  type ChainRefusal,
  chainStart,
  followChain,
  headEvery,
  readEntry,
  type SignedHead,
  verifyHead,
} from '@holdfast/wire/seals/chain.ts'
import type { PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { journalFailure } from './failure.ts'
import type { Marks, Store, StoredEntry } from './store.ts'

export interface Verifier {
  readonly store: Store
  readonly seals: Seals
  readonly keys: { readonly publicKey: PublicKey }
}

/**
 * `head-differs`: a signed head that signs something else. `head-missing`: none where one must be.
 * `chain-cut`: a head, an acknowledgement or a snapshot speaks of entries that are not there.
 */
export type JournalRefusal = ChainRefusal | 'head-differs' | 'head-missing' | 'chain-cut'

export type JournalVerdict =
  | { readonly ok: true; readonly end: ChainPoint }
  | { readonly ok: false; readonly refusal: JournalRefusal; readonly seq: number }

const pageSize = 256

/** Law 8 for all that is on disk: every entry, private part and signed head, and the marks beside them. */
export function verifyJournal(verifier: Verifier): JournalVerdict {
  const { store } = verifier
  const marks = store.marks()
  if (marks === undefined) return { ok: true, end: chainStart }
  const [oldest] = store.heads(0)
  if (oldest !== undefined && oldest.seq < marks.base.seq) return refused('head-differs', oldest.seq)
  return verifyFrom(verifier, marks, marks.base)
}

/** At start: only what no signed head covers yet, so that a long journal makes no long start. */
export function verifyTail(verifier: Verifier, marks: Marks): void {
  const head = verifier.store.lastHead()?.seq ?? marks.base.seq
  const start = pointAt(verifier.store, marks, head)
  const verdict = start === undefined ? refused('chain-cut', head) : verifyFrom(verifier, marks, start)
  if (!verdict.ok) throw journalFailure('journal-broken', new Error(`${verdict.refusal} at ${verdict.seq}`))
}

/** The entry's own word, not the head's: a head alone would hide that its entry is gone. */
function pointAt(store: Store, marks: Marks, seq: number): ChainPoint | undefined {
  const point = seq === marks.base.seq ? marks.base : store.entries(seq, 1)[0]
  return point?.seq === seq ? { seq, hash: point.hash } : undefined
}

function verifyFrom(verifier: Verifier, marks: Marks, start: ChainPoint): JournalVerdict {
  const { store } = verifier
  const heads = new Map(store.heads(start.seq).map((head) => [head.seq, head]))
  const atStart = start.seq === 0 ? undefined : headRefusal(verifier, marks, start, heads)
  if (atStart !== undefined) return refused(atStart, start.seq)
  let end = start
  for (let page = nextPage(store, end); page.length > 0; page = nextPage(store, end)) {
    const verdict = verifyPage(verifier, marks, { start: end, page, heads })
    if (!verdict.ok) return verdict
    end = verdict.end
  }
  const furthest = Math.max(marks.acknowledged, store.snapshot()?.seq ?? 0, ...heads.keys())
  return furthest > end.seq ? refused('chain-cut', furthest) : { ok: true, end }
}

interface Stretch {
  readonly start: ChainPoint
  readonly page: readonly StoredEntry[]
  readonly heads: ReadonlyMap<number, SignedHead>
}

function verifyPage(verifier: Verifier, marks: Marks, { start, page, heads }: Stretch): JournalVerdict {
  const { incarnation, acknowledged: erasedUpTo } = marks
  const verdict = followChain(verifier.seals, { ...start, incarnation, erasedUpTo }, page)
  if (!verdict.ok) return verdict
  for (const entry of page) {
    // The column beside the bytes tells the next start how late it is; the chain covers only the bytes.
    if (readEntry(entry.bytes)?.running !== entry.running) return refused('chain-entry-malformed', entry.seq)
    const due = entry.seq % headEvery === 0 || heads.has(entry.seq)
    const refusal = due ? headRefusal(verifier, marks, entry, heads) : undefined
    if (refusal !== undefined) return refused(refusal, entry.seq)
  }
  return verdict
}

function headRefusal(
  { seals, keys }: Verifier,
  { incarnation }: Marks,
  { seq, hash }: ChainPoint,
  heads: ReadonlyMap<number, SignedHead>,
): JournalRefusal | undefined {
  const head = heads.get(seq)
  if (head === undefined) return 'head-missing'
  const genuine = seals.equal(head.hash, hash) && verifyHead(seals, keys.publicKey, { ...head, incarnation })
  return genuine ? undefined : 'head-differs'
}

const nextPage = (store: Store, end: ChainPoint): readonly StoredEntry[] => store.entries(end.seq + 1, pageSize)

const refused = (refusal: JournalRefusal, seq: number): JournalVerdict => ({ ok: false, refusal, seq })
