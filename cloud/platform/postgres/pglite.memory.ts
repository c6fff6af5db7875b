import { PGlite, types } from '@electric-sql/pglite'
import type { Db, Query, Session, SqlValue } from './db.ts'
import { int8, toDbFailure } from './db.failures.ts'
import { attempt, oneAtATime, retrying, watched } from './db.transactions.ts'
import { readEmptied } from './emptied.testing.ts'
import { migrate } from './migrate.ts'
import { silentLog } from '../log.ts'

/**
 * Around each statement: it runs it, refuses it, or runs it and throws all the same, as a database in trouble does.
 * `wrote`: whether a transaction has changed anything, asked before its commit, or a statement by itself, asked after it.
 */
export type Around = <T>(sql: string, run: () => Promise<T>, wrote: () => Promise<boolean>) => Promise<T>

/** One engine in this thread, for worlds whose time stands while it works; its rows outlive every front. */
export type MemoryDatabase = {
  /** The same rows behind another front; a transaction that its work has left open is rolled back. */
  readonly open: (around: Around) => Db
  /** Past every front. */
  readonly query: Query
  /** As the migrations left it. */
  readonly empty: () => Promise<void>
  readonly close: () => Promise<void>
}

const plainly: Around = async (_sql, run) => await run()

export async function openMemoryDatabase(migrations: string): Promise<MemoryDatabase> {
  const engine = await PGlite.create({ parsers: { [types.INT8]: int8 } })
  const inTurn = oneAtATime()
  const open = (around: Around): Db => openFront(engine, inTurn, around)
  const plain = open(plainly)
  await migrate(plain, migrations, silentLog)
  const { empty } = await readEmptied(plain)
  return {
    open,
    query: plain.query,
    empty: async () => {
      if (!(await empty())) throw new Error('somebody changed the schema of a database in memory')
    },
    close: async () => await engine.close(),
  }
}

type InTurn = ReturnType<typeof oneAtATime>

function openFront(engine: PGlite, inTurn: InTurn, around: Around): Db {
  let isOpen = false
  let affected = 0
  const wrote = async (): Promise<boolean> => {
    if (!isOpen) return affected > 0
    const { rows } = await engine.query('select from pg_current_xact_id_if_assigned() x where x is not null')
    return rows.length > 0
  }
  // What is sent without waiting is done in the order of sending, whatever the front does about it.
  const inOrder = oneAtATime()
  const send = async <T>(sql: string, run: () => Promise<T>): Promise<T> =>
    await inOrder(async () => await around(sql, async () => await run().catch(fail), wrote))
  const query: Query = async <Row extends object>(sql: string, params: readonly SqlValue[] = []) =>
    await send(sql, async () => {
      const done = await engine.query<Row>(
        sql,
        params.map((value) => value ?? null),
      )
      affected = done.affectedRows ?? 0
      return done.rows
    })
  const script: Session['script'] = async (sql) =>
    await send(sql, async () => {
      await engine.exec(sql)
      if (sql.startsWith('begin')) isOpen = true
      if (sql === 'commit' || sql === 'rollback') isOpen = false
    })
  const whole = async <T>(work: () => Promise<T>): Promise<T> =>
    await inTurn(async () => {
      try {
        return await work()
      } finally {
        if (isOpen) await engine.exec('rollback')
        isOpen = false
      }
    })
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    watched.assertOutside()
    return await whole(work)
  }
  return {
    kind: 'pglite',
    query: async (sql, params) => await alone(async () => await query(sql, params)),
    transaction: async (work, how = {}) =>
      await retrying(
        async () => await alone(async () => await attempt({ query, script }, work, { ...how, nesting: watched })),
        how,
      ),
    close: async () => undefined,
  }
}

function fail(error: unknown): never {
  throw toDbFailure(error)
}
