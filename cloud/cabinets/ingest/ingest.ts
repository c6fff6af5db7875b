import type { CabinetId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { Ack } from '@holdfast/wire/cabinet/acks.ts'
import type { Db } from '../../platform/postgres/db.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { IngestCount } from '../inbox/counts.ts'
import type { HealthChange } from '../facts.ts'
import { foldEntries } from './fold.ts'
import { judgeFacts } from './judge.ts'
import type { FactsMessage } from './message.ts'
import { type CabinetRecord, type Records, isSnapshotDue } from './records.ts'
import { type Move, batchOf } from './rows.ts'
import { commitBatch, readHashes } from './store.postgres.ts'

export type IngestPorts = {
  readonly db: Db
  readonly seals: Seals
  readonly records: Records
  readonly count: (what: IngestCount, by?: number) => void
}

/** What the cabinets are to hear, and what changed in how they are, once the batch is committed. */
export type Taken = {
  readonly acks: readonly { readonly record: CabinetRecord; readonly ack: Ack }[]
  readonly changes: readonly { readonly record: CabinetRecord; readonly change: HealthChange }[]
}

type Told = { gapFrom?: number; forked?: true; changes: HealthChange[] }
type OldClaim = { readonly record: CabinetRecord; readonly seq: number; readonly hash: string }

/** Works through messages of many cabinets and commits them as one; nothing is acknowledged before that. */
export async function takeFacts(ports: IngestPorts, messages: readonly FactsMessage[], at: Instant): Promise<Taken> {
  const moves = new Map<CabinetId, Move>()
  const told = new Map<CabinetId, Told>()
  const old: OldClaim[] = []
  for (const message of messages) takeOne(ports, message, { at, moves, told, old })
  const moving = [...moves.values()].filter(({ entries }) => entries.length > 0)
  const moved = moving.length === 0 ? new Set<string>() : await commitBatch(ports.db.query, batchOf(moving, at), at)
  for (const { after, entries } of moving) keepOutcome(ports, after, moved, entries.length)
  // Only now: what came twice in these messages stands nowhere before they are committed.
  await checkOld(ports, old, told)
  return outcomeOf(ports.records, told)
}

type Progress = {
  readonly at: Instant
  readonly moves: Map<CabinetId, Move>
  readonly told: Map<CabinetId, Told>
  readonly old: OldClaim[]
}

function takeOne(ports: IngestPorts, message: FactsMessage, progress: Progress): void {
  const { seals, records, count } = ports
  const known = cabinetOf(records, message)
  if (known === undefined) return count('unknown-cabinet')
  const move: Move = progress.moves.get(known.cabinet) ?? startMove(known)
  if (message.header.incarnation !== known.incarnation) return count('other-incarnation')
  const tell = tellOf(progress.told, known.cabinet)
  const verdict = judgeFacts(seals, move.after, message)
  switch (verdict.kind) {
    case 'gap':
      count('gaps')
      tell.gapFrom = move.after.seq + 1
      return
    case 'forked':
      return noteFork(count, tell)
    case 'tampered':
      count('tampered')
      tell.changes.push('journal-garbled')
      return
    case 'old': {
      // Told again before its first telling is committed: then this very batch holds what it must be the same as.
      const pending = move.entries.find(({ content }) => content.seq === verdict.seq)
      if (pending === undefined) {
        progress.old.push({ record: known, seq: verdict.seq, hash: base64FromBytes(verdict.hash) })
        return
      }
      return seals.equal(pending.hash, verdict.hash) ? count('duplicates') : noteFork(count, tell)
    }
    case 'follows': {
      delete tell.gapFrom
      count('duplicates', message.entries.length - verdict.entries.length)
      const folded = foldEntries(move.after, verdict.entries, progress.at)
      if (folded.unknownEvents > 0) {
        count('unknown-event', folded.unknownEvents)
        tell.changes.push('journal-garbled')
      }
      progress.moves.set(known.cabinet, {
        ...move,
        after: folded.record,
        entries: [...move.entries, ...verdict.entries],
        folded: [...move.folded, folded],
        privates: new Map([...move.privates, ...message.privates]),
        head: verdict.head ?? move.head,
      })
    }
  }
}

const startMove = (record: CabinetRecord): Move => ({
  before: record,
  after: record,
  entries: [],
  folded: [],
  privates: new Map(),
  head: undefined,
})

// The header's schema has judged the id's form.
const cabinetOf = (records: Records, { header }: FactsMessage): CabinetRecord | undefined =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  records.get(header.cabinet as CabinetId)

function tellOf(told: Map<CabinetId, Told>, cabinet: CabinetId): Told {
  const known = told.get(cabinet) ?? { changes: [] }
  told.set(cabinet, known)
  return known
}

function noteFork(count: IngestPorts['count'], tell: Told): void {
  count('forks')
  tell.forked = true
  tell.changes.push('journal-forked')
}

/** A cabinet that sends what is long committed is told so, unless it now says something else. */
async function checkOld(
  { db, count }: IngestPorts,
  old: readonly OldClaim[],
  told: Map<CabinetId, Told>,
): Promise<void> {
  const places = old.map(({ record: { uuids }, seq }) => ({ ...uuids, seq }))
  const stored = await readHashes(db.query, places)
  for (const { record, seq, hash } of old) {
    const known = stored.get(`${record.uuids.cabinet}/${seq}`)
    // Another process moved the journal and this batch was undone: the cabinet sends again, and nothing is forked.
    if (known === undefined || known === hash) count('duplicates')
    else noteFork(count, tellOf(told, record.cabinet))
  }
}

/** Another process moved this journal meanwhile: what is known here is stale, and the cabinet will send again. */
function keepOutcome(
  { records, count }: IngestPorts,
  after: CabinetRecord,
  moved: ReadonlySet<string>,
  facts: number,
): void {
  if (!moved.has(after.uuids.cabinet)) {
    records.forget(after.cabinet)
    return
  }
  const snapshotSeq = isSnapshotDue(after) ? after.seq : after.snapshotSeq
  records.put({ ...after, snapshotSeq })
  count('facts', facts)
}

function outcomeOf(records: Records, told: ReadonlyMap<CabinetId, Told>): Taken {
  const heard = [...told].flatMap(([cabinet, tell]) => {
    const record = records.get(cabinet)
    return record === undefined ? [] : [{ record, tell }]
  })
  return {
    acks: heard.map(({ record, tell: { gapFrom, forked } }) => ({
      record,
      ack: {
        v: 1,
        cabinet: record.cabinet,
        incarnation: record.incarnation,
        watermark: record.seq,
        ...(gapFrom === undefined || gapFrom <= record.seq ? {} : { gapFrom }),
        ...(forked === undefined ? {} : { forked }),
      },
    })),
    changes: heard.flatMap(({ record, tell }) => tell.changes.map((change) => ({ record, change }))),
  }
}
