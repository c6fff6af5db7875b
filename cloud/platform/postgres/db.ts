import { type Failure, codeOf } from '../failure.ts'

/** JSON goes in as text (`JSON.stringify`) and comes out parsed; instants are bigint milliseconds. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | undefined

export type DbKind = 'postgres' | 'pglite'

/**
 * One statement with `$1…` parameters. Rows: int8 and count(*) are numbers (beyond 2^53: `db-number-too-large`),
 * bytea Uint8Array, json and jsonb parsed, numeric, uuid and xid8 strings.
 */
export type Query = <Row extends object = Record<string, unknown>>(
  sql: string,
  params?: readonly SqlValue[],
) => Promise<readonly Row[]>

/** What an engine offers; `attempt` makes a transaction of it. What is asked is done in the order of asking. */
export type Session = {
  readonly query: Query
  /** Several statements without parameters, as in a migration. */
  readonly script: (sql: string) => Promise<void>
}

export type Tx = Session & {
  /**
   * Sends a statement whose rows nobody reads and goes on: it travels with the next one, at the latest with the commit.
   * Its failure undoes the transaction and is the one that is thrown.
   */
  readonly write: (sql: string, params?: readonly SqlValue[]) => void
  /** Called once the transaction has committed, outside of it, and never for one that was undone. */
  readonly onCommit: (told: () => void) => void
}

export type TransactionOptions = {
  /** Runs again after a serialisation failure or a deadlock; 5 unless told. `work` must therefore be repeatable. */
  readonly retries?: number
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
}

/**
 * The database. SQL is written for PostgreSQL 15 and is fixed text: each text becomes a prepared statement.
 * Inside `transaction` use its `tx` only; `db.query` there throws, because it would wait for itself on PGlite.
 */
export type Db = {
  readonly kind: DbKind
  readonly query: Query
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions) => Promise<T>
  readonly close: () => Promise<void>
}

export type DbFailureCode =
  | 'db-unique-violation'
  | 'db-foreign-key-violation'
  | 'db-check-violation'
  | 'db-not-null-violation'
  | 'db-serialization'
  | 'db-unavailable'
  | 'db-closed'
  | 'db-nested'
  | 'db-number-too-large'
  | 'db-statement'
  | 'db-directory-locked'
  | 'db-not-durable'
  | 'db-migration-changed'
  | 'db-migration-missing'

export type DbFailure = Failure<DbFailureCode> & {
  readonly constraint?: string
  readonly sqlState?: string
}

export const isDbFailure = (error: unknown, code: DbFailureCode): error is DbFailure => codeOf(error) === code
