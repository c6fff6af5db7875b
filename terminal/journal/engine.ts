import { isJournalFailure, type JournalFailure, journalFailure } from './failure.ts'

export type Cell = number | string | Uint8Array
export type Row = Readonly<Record<string, unknown>>

/** The part of SQLite that the journal stands on; both engines have it, and tests wrap it to make disks fail. */
export interface Engine {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

export interface Statement {
  run(...cells: readonly Cell[]): unknown
  get(...cells: readonly Cell[]): Row | undefined
  all(...cells: readonly Cell[]): readonly Row[]
}

type EngineModule = { readonly DatabaseSync: new (path: string) => Engine }

/** Node's own SQLite where there is one (from 22.13), else the same API from npm with the engine inside the package. */
export async function openEngine(path: string): Promise<Engine> {
  const { DatabaseSync } = builtInSqlite() ?? (await packagedSqlite())
  try {
    return new DatabaseSync(path)
  } catch (error) {
    throw failureOf(error)
  }
}

export function builtInSqlite(): EngineModule | undefined {
  const found: unknown = process.getBuiltinModule('node:sqlite')
  return isEngineModule(found) ? found : undefined
}

export async function packagedSqlite(): Promise<EngineModule> {
  const found: unknown = await import('@photostructure/sqlite')
  if (!isEngineModule(found)) throw journalFailure('journal-failed', new Error('no SQLite engine'))
  return found
}

const isEngineModule = (found: unknown): found is EngineModule =>
  typeof found === 'object' && found !== null && 'DatabaseSync' in found && typeof found.DatabaseSync === 'function'

/** Primary result codes of sqlite.org/rescode.html; both engines give them as `errcode`, extended ones in the low byte. */
const sqliteBusy = [5, 6, 15]
const sqliteBroken = [11, 26]
const sqliteFull = 13

export function failureOf(error: unknown): JournalFailure {
  if (isJournalFailure(error)) return error
  const extended = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
  const code = extended & 0xff
  if (code === sqliteFull) return journalFailure('journal-disk-full', error)
  if (sqliteBusy.includes(code)) return journalFailure('journal-busy', error)
  return journalFailure(sqliteBroken.includes(code) ? 'journal-broken' : 'journal-failed', error)
}
