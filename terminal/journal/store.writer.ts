import type { Cell, Engine, Statement } from './engine.ts'
import type { Batch } from './store.ts'

/** Turns a batch into rows, inside the transaction of whoever calls. Marks come first: the triggers read them. */
export function createBatchWriter(engine: Engine): (batch: Batch) => void {
  const additions = createAdditions(engine)
  const removals = createRemovals(engine)
  return (batch) => {
    additions(batch)
    removals(batch)
  }
}

function createAdditions(engine: Engine): (batch: Batch) => void {
  const marks = replaces(engine, 'marks', 7)
  const entry = adds(engine, 'entries', 4)
  const part = adds(engine, 'private_parts', 3)
  const head = adds(engine, 'heads', 3)
  const snapshot = replaces(engine, 'snapshot', 3)
  const keep = replaces(engine, 'kept', 2)
  const drop = engine.prepare('DELETE FROM kept WHERE name = ?')
  const order = engine.prepare(
    `INSERT INTO seen_orders VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome`,
  )
  return (batch) => {
    if (batch.marks !== undefined) {
      const { incarnation, boot, running, acknowledged, base } = batch.marks
      marks.run(1, incarnation, boot, running, acknowledged, base.seq, base.hash)
    }
    for (const { seq, bytes, hash, running, private: sealed } of batch.entries ?? []) {
      entry.run(seq, bytes, hash, running)
      if (sealed !== undefined) part.run(seq, sealed.blind, sealed.blob)
    }
    for (const { seq, hash, signature } of batch.heads ?? []) head.run(seq, hash, signature)
    for (const { id, outcome, seenAt } of batch.inbox ?? []) order.run(id, outcome, seenAt)
    for (const [name, bytes] of batch.kept ?? []) {
      if (bytes === undefined) drop.run(name)
      else keep.run(name, bytes)
    }
    if (batch.snapshot !== undefined) snapshot.run(1, batch.snapshot.seq, batch.snapshot.state)
  }
}

function createRemovals(engine: Engine): (batch: Batch) => void {
  const erase = engine.prepare('DELETE FROM private_parts WHERE seq <= ?')
  const trimEntries = engine.prepare('DELETE FROM entries WHERE seq <= ?')
  const trimHeads = engine.prepare('DELETE FROM heads WHERE seq < ?')
  const forget = engine.prepare('DELETE FROM seen_orders WHERE seen_at < ?')
  return ({ erasePrivateUpTo, trimUpTo, forgetOrdersBefore }) => {
    if (erasePrivateUpTo !== undefined) erase.run(erasePrivateUpTo)
    if (trimUpTo !== undefined) for (const step of [erase, trimEntries, trimHeads]) step.run(trimUpTo)
    if (forgetOrdersBefore !== undefined) forget.run(forgetOrdersBefore)
  }
}

const adds = (engine: Engine, table: string, cells: number): Statement => engine.prepare(insert('INSERT', table, cells))

const replaces = (engine: Engine, table: string, cells: number): Statement =>
  engine.prepare(insert('INSERT OR REPLACE', table, cells))

const insert = (verb: string, table: string, cells: number): string =>
  `${verb} INTO ${table} VALUES (${Array<Cell>(cells).fill('?').join(', ')})`
