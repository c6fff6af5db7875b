import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, hours, runningMs, type RunningMs } from '@holdfast/core/values/instants.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import {
  chainHash,
  type ChainPoint,
  chainStart,
  type EntryContent,
  headEvery,
  privateDigest,
  readEntry,
  type SignedHead,
  signHead,
} from '@holdfast/wire/seals/chain.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { journalFailure } from './failure.ts'
import type { Alongside, Journal, Loaded, Moment, NewEntry } from './journal.ts'
import type { Batch, Marks, Store, StoredEntry } from './store.ts'
import { verifyTail } from './verify.ts'

export interface JournalPorts {
  readonly store: Store
  readonly seals: Seals
  /** The cabinet's P-256 pair. */
  readonly keys: KeyPair
  /** Taken for a store that was never written; afterwards the store's own stands. */
  readonly incarnation: IncarnationId
}

const orderMemory = hours(24 * 30)
const readAtOnce = 1_000

/** Counts a boot and checks the chain behind the last signed head; throws `journal-broken` where it does not hold. */
export function openJournal(ports: JournalPorts): Journal {
  const { store } = ports
  const before = store.marks() ?? freshMarks(ports.incarnation)
  verifyTail(ports, before)
  let marks: Marks = { ...before, boot: before.boot + 1 }
  store.write({ marks })
  let at = positionOf(store, marks)

  const mark = (change: Partial<Marks>, batch: Batch = {}): void => {
    const changed = { ...marks, ...change }
    store.write({ ...batch, marks: changed })
    marks = changed
  }

  return {
    incarnation: marks.incarnation,
    boot: marks.boot,
    append: (moment, entries, alongside = {}) => {
      if (moment.running < at.running) throw new RangeError('running time never falls')
      const made = makeEntries(ports, { marks, end: at.end, moment }, entries)
      const { seq, hash } = made.at(-1) ?? at.end
      store.write({ entries: made, heads: headsOf(ports, marks, made), ...besides(alongside, moment, seq) })
      at = { end: { seq, hash }, running: moment.running }
      return made
    },
    read: (from, limit) => store.entries(from, limit),
    head: () => at.end,
    signHead: () => signedHead(ports, marks, at.end),
    heads: (from) => store.heads(from),
    load: () => load(store, at.running),
    seen: (orderId) => store.seen(orderId),
    acknowledge: (seq) => {
      if (seq <= at.end.seq && seq > marks.acknowledged) mark({ acknowledged: seq })
      return seq <= at.end.seq
    },
    acknowledged: () => marks.acknowledged,
    erasePrivate: (seq) => {
      if (seq <= marks.acknowledged) store.write({ erasePrivateUpTo: seq })
      return seq <= marks.acknowledged
    },
    trim: (now, keep) => {
      const base = trimmable(store, marks, earlier(now, keep)) ?? marks.base
      mark({ base, running: at.running }, { forgetOrdersBefore: earlier(now, orderMemory), trimUpTo: base.seq })
    },
    saveRunning: (now) => {
      if (now > at.running) mark({ running: now })
      at = { ...at, running: runningMs(Math.max(at.running, now)) }
    },
    close: () => store.close(),
  }
}

const freshMarks = (incarnation: IncarnationId): Marks => ({
  incarnation,
  boot: 0,
  running: runningMs(0),
  acknowledged: 0,
  base: chainStart,
})

function makeEntries(
  { seals }: JournalPorts,
  at: { readonly marks: Marks; readonly end: ChainPoint; readonly moment: Moment },
  entries: readonly NewEntry[],
): readonly StoredEntry[] {
  const { incarnation, boot } = at.marks
  const { running, wall, trusted } = at.moment
  let previous = at.end
  return entries.map(({ event, private: blob }) => {
    const seq = previous.seq + 1
    const part = blob === undefined ? undefined : { blind: seals.random(32), blob }
    const binding = part === undefined ? {} : { private: privateDigest(seals, part) }
    const content: EntryContent = { seq, incarnation, boot, running, wall, trusted, event, ...binding }
    const bytes = toCanonical(content)
    const entry = { seq, bytes, hash: chainHash(seals, previous.hash, bytes), running }
    previous = entry
    return part === undefined ? entry : { ...entry, private: part }
  })
}

/** Laws: a head is signed at least every 64 entries, in the transaction of the entry it signs. */
function headsOf(ports: JournalPorts, marks: Marks, made: readonly StoredEntry[]): readonly SignedHead[] {
  return made.filter((entry) => entry.seq % headEvery === 0).map((entry) => headAt(ports, marks, entry))
}

const headAt = ({ seals, keys }: JournalPorts, { incarnation }: Marks, { seq, hash }: ChainPoint): SignedHead =>
  signHead(seals, keys.privateKey, { incarnation, seq, hash })

function signedHead(ports: JournalPorts, marks: Marks, end: ChainPoint): SignedHead {
  const [known] = ports.store.heads(end.seq)
  if (known !== undefined) return known
  const head = headAt(ports, marks, end)
  if (end.seq > 0) ports.store.write({ heads: [head] })
  return head
}

function besides({ inbox, kept, snapshot }: Alongside, { running }: Moment, seq: number): Batch {
  return {
    ...(inbox === undefined ? {} : { inbox: inbox.map((order) => ({ ...order, seenAt: running })) }),
    ...(kept === undefined ? {} : { kept }),
    ...(snapshot === undefined ? {} : { snapshot: { seq, state: snapshot } }),
  }
}

function load(store: Store, running: RunningMs): Loaded {
  const snapshot = store.snapshot()
  const after: EntryContent[] = []
  const next = (): number => (after.at(-1)?.seq ?? snapshot?.seq ?? 0) + 1
  for (let page = store.entries(next(), readAtOnce); page.length > 0; page = store.entries(next(), readAtOnce)) {
    for (const entry of page) after.push(contentOf(entry.bytes))
  }
  return { ...(snapshot === undefined ? {} : { snapshot }), after, kept: store.kept(), running }
}

function contentOf(bytes: Uint8Array): EntryContent {
  const content = readEntry(bytes)
  if (content === undefined) throw journalFailure('journal-broken')
  return content
}

interface Position {
  readonly end: ChainPoint
  readonly running: RunningMs
}

function positionOf(store: Store, marks: Marks): Position {
  const end = store.last() ?? marks.base
  const [last] = store.entries(end.seq, 1)
  return { end, running: runningMs(Math.max(marks.running, last?.running ?? 0)) }
}

/** A signed head, so that the chain that stays begins at a place that the cabinet vouched for. */
function trimmable(store: Store, marks: Marks, olderThan: RunningMs): ChainPoint | undefined {
  const seq = Math.min(marks.acknowledged, store.snapshot()?.seq ?? 0)
  const head = store.headBefore({ seq, running: olderThan })
  return head === undefined ? undefined : { seq: head.seq, hash: head.hash }
}

/** Below zero where the cabinet is younger than the span: then nothing is that old. */
const earlier = (now: RunningMs, span: DurationMs): RunningMs => runningMs(now - span)
