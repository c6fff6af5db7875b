import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, hours, runningMs, type RunningMs } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
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
import { checked, withCheck } from './checked.ts'
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
/** Where the check of the marks lies: they have columns of their own. */
const marksName = 'marks'

/** Counts a boot and checks marks and chain behind the last signed head; throws `journal-broken` where they do not hold. */
export function openJournal(ports: JournalPorts): Journal {
  const { store } = ports
  const before = readMarks(ports) ?? freshMarks(ports.incarnation)
  verifyTail(ports, before)
  let marks: Marks = { ...before, boot: before.boot + 1 }
  store.write(marked(ports, marks))
  let at = positionOf(store, marks)

  const mark = (change: Partial<Marks>, batch: Batch = {}): void => {
    const changed = { ...marks, ...change }
    store.write({ ...batch, ...marked(ports, changed) })
    marks = changed
  }

  return {
    incarnation: marks.incarnation,
    boot: marks.boot,
    append: (moment, entries, alongside = {}) => {
      if (moment.running < at.running) throw new RangeError('running time never falls')
      const made = makeEntries(ports, { marks, end: at.end, moment }, entries)
      const { seq, hash } = made.at(-1) ?? at.end
      store.write({ entries: made, heads: headsOf(ports, marks, made), ...besides(ports, alongside, { moment, seq }) })
      at = { end: { seq, hash }, running: moment.running }
      return made
    },
    read: (from, limit) => store.entries(from, limit),
    head: () => at.end,
    signHead: () => signedHead(ports, marks, at.end),
    heads: (from) => store.heads(from),
    load: () => load(ports, at.running),
    seen: (orderId) => seenOf(ports, orderId),
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

function besides(
  { seals }: JournalPorts,
  { inbox, kept, snapshot }: Alongside,
  { moment, seq }: { readonly moment: Moment; readonly seq: number },
): Batch {
  const own = (name: string, bytes: Uint8Array | undefined) =>
    [name, bytes === undefined ? undefined : withCheck(seals, name, bytes)] as const
  return {
    ...(inbox === undefined
      ? {}
      : {
          inbox: inbox.map(({ id, outcome }) => ({
            id,
            outcome: withCheck(seals, id, outcome),
            seenAt: moment.running,
          })),
        }),
    ...(kept === undefined ? {} : { kept: new Map([...kept].map(([name, bytes]) => own(name, bytes))) }),
    ...(snapshot === undefined ? {} : { snapshot: { seq, state: withCheck(seals, snapshotName(seq), snapshot) } }),
  }
}

const snapshotName = (seq: number): string => `snapshot/${seq}`

/** Without it everything is folded again, as long as everything is there. */
function snapshotOf({ store, seals }: JournalPorts): Loaded['snapshot'] {
  const stored = store.snapshot()
  const state = stored === undefined ? undefined : checked(seals, snapshotName(stored.seq), stored.state)
  if (stored === undefined) return undefined
  if (state !== undefined) return { seq: stored.seq, state }
  if ((store.marks()?.base.seq ?? 0) > 0) throw journalFailure('journal-broken', new Error('the snapshot is bent'))
  return undefined
}

/** An order that was seen stays seen, whatever became of its answer: it is not obeyed again (law 2). */
function seenOf({ store, seals }: JournalPorts, orderId: string): Uint8Array | undefined {
  const stored = store.seen(orderId)
  return stored === undefined ? undefined : (checked(seals, orderId, stored) ?? new Uint8Array())
}

const marked = ({ seals }: JournalPorts, marks: Marks): Batch => ({
  marks,
  kept: new Map([[marksName, withCheck(seals, marksName, marksBytes(marks))]]),
})

/** A cursor that is off would lose facts, running time that is off would open what is resting: then nothing is believed. */
function readMarks({ store, seals }: JournalPorts): Marks | undefined {
  const marks = store.marks()
  const said = store.kept().get(marksName)
  if (marks === undefined || said === undefined) return marks
  const own = checked(seals, marksName, said)
  const same = own !== undefined && seals.equal(own, marksBytes(marks))
  if (!same) throw journalFailure('journal-broken', new Error('the marks are not what was written'))
  return marks
}

const marksBytes = ({ base, ...marks }: Marks): Uint8Array =>
  toCanonical({ ...marks, base: { seq: base.seq, hash: base64FromBytes(base.hash) } })

function load(ports: JournalPorts, running: RunningMs): Loaded {
  const { store, seals } = ports
  const snapshot = snapshotOf(ports)
  const after: EntryContent[] = []
  const next = (): number => (after.at(-1)?.seq ?? snapshot?.seq ?? 0) + 1
  for (let page = store.entries(next(), readAtOnce); page.length > 0; page = store.entries(next(), readAtOnce)) {
    for (const entry of page) after.push(contentOf(entry.bytes))
  }
  const kept = new Map<string, Uint8Array>()
  const bent: string[] = []
  for (const [name, stored] of store.kept()) {
    const bytes = checked(seals, name, stored)
    if (bytes === undefined) bent.push(name)
    else if (name !== marksName) kept.set(name, bytes)
  }
  return { ...(snapshot === undefined ? {} : { snapshot }), after, kept, bent, running }
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
