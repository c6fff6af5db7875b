import { userInfo } from 'node:os'
import pg from 'pg'
import { failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Db, Query, Session, SqlValue } from './db.ts'
import { type Ask, createAsker, type ParserOf } from './pg.asker.ts'
import { int8, toDbFailure } from './db.failures.ts'
import { attempt, retrying, unwatched, watched } from './db.transactions.ts'

export type PostgresOptions = {
  readonly url: string
  readonly log: Log
  /** 10 unless told. */
  readonly connections?: number
  /** 35 s unless told. */
  readonly unansweredMs?: number
  /** Schemas to look in, first one written to; the server's default unless told. */
  readonly searchPath?: string
  /** Of its connections, one of which always stands: by it others see that this process lives. */
  readonly name?: string
  /** True in tests: what it finds never depends on the engine, and every promise would pay for it. */
  readonly watchesNesting?: boolean
}

const oid = { int8: 20, bytea: 17, int8Array: 1016 } as const
const connectTimeoutMs = 5_000
const statementTimeoutMs = 30_000
/** A server that lives has answered by then, if only that it gave up: this connection is dead and nobody said so. */
const unansweredMs = 35_000
const idleInTransactionMs = 60_000

/** A pool on PostgreSQL 15 or newer. Nothing connects before the first query; a lost server heals with the next one. */
export function openPostgres(options: PostgresOptions): Db {
  const pool = new pg.Pool(poolConfig(options))
  pool.on('error', (error) => options.log.warn({ err: error }, 'idle database connection lost'))
  // A checked-out client emits its own 'error', which would end the process.
  pool.on('connect', (client) => client.on('error', (error) => options.log.warn({ err: error }, 'connection lost')))
  const nameOf = statementNames()
  const askers = new WeakMap<pg.PoolClient, Ask>()
  const askerOf = (client: pg.PoolClient): Ask => {
    const known = askers.get(client) ?? createAsker(client, parserOf)
    askers.set(client, known)
    return known
  }
  const nesting = options.watchesNesting === true ? watched : unwatched
  let closed = false

  const checkout = async (): Promise<pg.PoolClient> => {
    if (closed) throw failure('db-closed', 'the database was closed')
    return await pool.connect().catch((error: unknown) => {
      throw toDbFailure(error)
    })
  }
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = await checkout()
    const { session, broken } = sessionOn(client, { ask: askerOf(client), nameOf })
    try {
      return await work(session)
    } finally {
      client.release(broken())
    }
  }
  return {
    kind: 'postgres',
    query: async (sql, params) => {
      nesting.assertOutside()
      return await withSession((session) => session.query(sql, params))
    },
    transaction: async (work, how = {}) => {
      nesting.assertOutside()
      return await retrying(() => withSession((session) => attempt(session, work, { ...how, nesting })), how)
    },
    close: async () => {
      if (closed) return
      closed = true
      await pool.end()
    },
  }
}

/** One checked-out client as a session, which remembers whether its connection broke. */
function sessionOn(client: pg.PoolClient, { ask, nameOf }: { ask: Ask; nameOf: (sql: string) => string }) {
  let broken = false
  const gather = gatherer(client)
  const run = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
    gather()
    try {
      return await ask()
    } catch (error) {
      const mapped = toDbFailure(error)
      if (mapped.code === 'db-unavailable') broken = true
      throw mapped
    }
  }
  const query: Query = async <Row extends object>(sql: string, params: readonly SqlValue[] = []) => {
    const rows = await run(() => ask(nameOf(sql), sql, params))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- who writes a statement says what its rows are.
    return rows as readonly Row[]
  }
  const session: Session = { query, script: async (sql) => void (await run(() => client.query(sql))) }
  return { session, broken: () => broken }
}

/** What is asked in one turn of the event loop leaves in one write: a system call costs as much as a small statement. */
function gatherer(client: pg.PoolClient): () => void {
  const { stream } = client.connection
  let gathering = false
  return () => {
    if (gathering) return
    gathering = true
    stream.cork()
    process.nextTick(() => {
      gathering = false
      stream.uncork()
    })
  }
}

function poolConfig(options: PostgresOptions): pg.PoolConfig {
  return {
    connectionString: withUser(options.url),
    max: options.connections ?? 10,
    min: 1,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: options.unansweredMs ?? unansweredMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    application_name: options.name ?? 'holdfast',
    pipeline: true,
    types: { getTypeParser },
    ...(options.searchPath === undefined ? {} : { options: `-c search_path=${options.searchPath}` }),
  }
}

/** As libpq does: without a user in the URL, the one who runs this process. `pg` would look at $USER, often unset. */
export function withUser(text: string): string {
  const url = new URL(text)
  if (url.username === '') url.username = userInfo().username
  return url.href
}

// `pg` declares this as a family of overloads; text is the only format that is asked for.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const getTypeParser = ((type: number) => parserOf(type)) as typeof pg.types.getTypeParser

const parserOf: ParserOf = (type) => {
  const known = parsers.get(type) ?? makeParser(type)
  parsers.set(type, known)
  return known
}

/** By type: asked for each column of each answer. */
const parsers = new Map<number, (text: string) => unknown>()

function makeParser(type: number): (text: string) => unknown {
  const usual: (text: string) => unknown = pg.types.getTypeParser(type, 'text')
  switch (type) {
    case oid.int8:
      return int8
    case oid.int8Array:
      return (text) => asList(usual(text)).map((item) => (typeof item === 'string' ? int8(item) : null))
    case oid.bytea:
      return (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex'))
    default:
      return usual
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A prepared statement per SQL text: 0.8 of the CPU of an unnamed one. */
function statementNames(): (sql: string) => string {
  const names = new Map<string, string>()
  return (sql) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    const name = `h${names.size}`
    names.set(sql, name)
    return name
  }
}
