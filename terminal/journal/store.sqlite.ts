import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import type { SignedHead } from '@holdfast/wire/seals/chain.ts'
import { type Engine, failureOf, openEngine, type Row } from './engine.ts'
import { journalFailure } from './failure.ts'
import { schema, schemaVersion } from './store.schema.ts'
import type { Marks, Store, StoredEntry } from './store.ts'
import { createBatchWriter } from './store.writer.ts'

/** Opens or makes the database at `path`, whose folder must exist; its lock is this process's until `close`. */
export async function openSqliteStore(path: string): Promise<Store> {
  const engine = await openEngine(path)
  try {
    return createSqliteStore(engine)
  } catch (error) {
    engine.close()
    throw error
  }
}

/** Takes over the engine; throws `journal-busy` where another process has the database. */
export function createSqliteStore(engine: Engine): Store {
  return guarded(() => {
    claim(engine)
    const reads = prepareReads(engine)
    const writeRows = createBatchWriter(engine)
    return {
      write: (batch) => transact(engine, () => writeRows(batch)),
      marks: () => guarded(() => marksOf(reads.marks.get())),
      last: () => guarded(() => pointOf(reads.last.get())),
      entries: (from, limit) => guarded(() => reads.entries.all(from, limit).map(entryOf)),
      heads: (from) => guarded(() => reads.heads.all(from).map(headOf)),
      lastHead: () => guarded(() => reads.lastHead.all().map(headOf)[0]),
      headBefore: (limit) => guarded(() => reads.headBefore.all(limit.seq, limit.running).map(headOf)[0]),
      snapshot: () =>
        guarded(() => reads.snapshot.all().map((row) => ({ seq: whole(row['seq']), state: blob(row['state']) }))[0]),
      kept: () => guarded(() => new Map(reads.kept.all().map((row) => [String(row['name']), blob(row['bytes'])]))),
      seen: (orderId) => guarded(() => reads.seen.all(orderId).map((row) => blob(row['outcome']))[0]),
      close: () => guarded(() => release(engine)),
    }
  })
}

/** Lock first, so that a second opener is refused before it changes anything; then durability, asserted. */
function claim(engine: Engine): void {
  engine.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA secure_delete=ON')
  const mode = engine.prepare('PRAGMA journal_mode=WAL').get()?.['journal_mode']
  engine.exec('PRAGMA synchronous=FULL')
  const synchronous = engine.prepare('PRAGMA synchronous').get()?.['synchronous']
  if (mode !== 'wal' || synchronous !== 2) throw journalFailure('journal-not-durable')
  // Under WAL the exclusive lock is taken by the first transaction, and kept.
  engine.exec('BEGIN IMMEDIATE')
  const version = whole(engine.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version === 0) engine.exec(schema)
  engine.exec('COMMIT')
  if (version !== 0 && version !== schemaVersion) throw journalFailure('journal-broken')
}

/**
 * The packaged engine lets go of its lock only when its statements are collected, so it is given back before;
 * leaving WAL also empties the log, where erased blobs may still stand (law 14).
 */
function release(engine: Engine): void {
  try {
    engine.exec('PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT count(*) FROM marks')
  } finally {
    engine.close()
  }
}

function transact(engine: Engine, change: () => void): void {
  guarded(() => engine.exec('BEGIN IMMEDIATE'))
  try {
    change()
    engine.exec('COMMIT')
  } catch (error) {
    rollBack(engine)
    throw failureOf(error)
  }
}

/** SQLite rolls back by itself after some failures; then there is nothing left to roll back. */
function rollBack(engine: Engine): void {
  try {
    engine.exec('ROLLBACK')
  } catch {}
}

function guarded<Result>(ask: () => Result): Result {
  try {
    return ask()
  } catch (error) {
    throw failureOf(error)
  }
}

const prepareReads = (engine: Engine) => ({
  marks: engine.prepare('SELECT * FROM marks'),
  last: engine.prepare('SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1'),
  entries: engine.prepare(
    `SELECT e.seq, e.bytes, e.hash, e.running, p.blind, p.blob FROM entries e LEFT JOIN private_parts p USING (seq)
     WHERE e.seq >= ? ORDER BY e.seq LIMIT ?`,
  ),
  heads: engine.prepare('SELECT * FROM heads WHERE seq >= ? ORDER BY seq'),
  lastHead: engine.prepare('SELECT * FROM heads ORDER BY seq DESC LIMIT 1'),
  headBefore: engine.prepare(
    `SELECT h.* FROM heads h JOIN entries e USING (seq) WHERE h.seq <= ? AND e.running <= ? ORDER BY h.seq DESC LIMIT 1`,
  ),
  snapshot: engine.prepare('SELECT seq, state FROM snapshot'),
  kept: engine.prepare('SELECT name, bytes FROM kept'),
  seen: engine.prepare('SELECT outcome FROM seen_orders WHERE id = ?'),
})

const entryOf = (row: Row): StoredEntry => ({
  seq: whole(row['seq']),
  bytes: blob(row['bytes']),
  hash: blob(row['hash']),
  running: runningMs(whole(row['running'])),
  ...(row['blind'] === null ? {} : { private: { blind: blob(row['blind']), blob: blob(row['blob']) } }),
})

const headOf = (row: Row): SignedHead => ({
  seq: whole(row['seq']),
  hash: blob(row['hash']),
  signature: blob(row['signature']),
})

const pointOf = (row: Row | undefined): { readonly seq: number; readonly hash: Uint8Array } | undefined =>
  row === undefined ? undefined : { seq: whole(row['seq']), hash: blob(row['hash']) }

const marksOf = (row: Row | undefined): Marks | undefined =>
  row === undefined
    ? undefined
    : {
        incarnation: String(row['incarnation']) as IncarnationId,
        boot: whole(row['boot']),
        running: runningMs(whole(row['running'])),
        acknowledged: whole(row['acknowledged']),
        base: { seq: whole(row['base_seq']), hash: blob(row['base_hash']) },
      }

function whole(cell: unknown): number {
  if (typeof cell !== 'number') throw journalFailure('journal-broken')
  return cell
}

function blob(cell: unknown): Uint8Array {
  if (!(cell instanceof Uint8Array)) throw journalFailure('journal-broken')
  return new Uint8Array(cell)
}
