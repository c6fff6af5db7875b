import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Cancel, Clock } from '../clock.ts'
import { failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Db, DbFailure, DbFailureCode, Query, Session, SqlValue } from './db.ts'
import { attempt, oneAtATime, retrying, watched } from './db.transactions.ts'
import { lockDirectory } from './directory-lock.ts'

export type PgliteOptions = {
  /** Held by one process at a time; made when missing. */
  readonly directory: string
  readonly clock: Clock
  readonly log: Log
  /** False only for data that may vanish: tests and the simulator. True unless told. */
  readonly durable?: boolean
}

export type Start = { readonly directory: string; readonly durable: boolean }

export type Ask =
  | { readonly id: number; readonly kind: 'query'; readonly sql: string; readonly params: readonly SqlValue[] }
  | { readonly id: number; readonly kind: 'script'; readonly sql: string }
  | { readonly id: number; readonly kind: 'close' }

type Failed = {
  readonly code: DbFailureCode
  readonly message: string
  readonly constraint: string | undefined
  readonly sqlState: string | undefined
}
export type Answer =
  | { readonly id: number; readonly rows: readonly object[] }
  | { readonly id: number; readonly failed: Failed }

type Order = { readonly kind: 'query'; readonly sql: string; readonly params: readonly SqlValue[] }
type Request = Order | { readonly kind: 'script'; readonly sql: string } | { readonly kind: 'close' }

const checkpointEvery = minutes(5)
const vacuumEvery = hours(1)

/**
 * PostgreSQL 18 in a worker thread of this process, one session: transactions run one after another. A commit is on
 * the disk before it is acknowledged; a start that cannot prove this is refused with `db-not-durable`.
 */
export async function openPglite(options: PgliteOptions): Promise<Db> {
  const unlock = lockDirectory(options.directory)
  const engine = await startEngine({ directory: options.directory, durable: options.durable ?? true }).catch(
    (error: unknown) => {
      unlock()
      throw error
    },
  )
  const inTurn = oneAtATime()
  let closed = false

  // What a row looks like is the SQL's promise: stores parse nothing that they wrote themselves.
  const query: Query = async <Row extends object>(sql: string, params: readonly SqlValue[] = []) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    (await engine.ask({ kind: 'query', sql, params: params.map((value) => value ?? null) })) as readonly Row[]
  const session: Session = { query, script: async (sql) => void (await engine.ask({ kind: 'script', sql })) }
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    watched.assertOutside()
    if (closed) throw failure('db-closed', 'the database was closed')
    return await inTurn(work)
  }
  const stopUpkeep = keepUp(options, (statement) => alone(() => session.script(statement)))
  return {
    kind: 'pglite',
    query: async (sql, params) => await alone(() => query(sql, params)),
    transaction: async (work, how = {}) =>
      await retrying(() => alone(() => attempt(session, work, { ...how, nesting: watched })), how),
    close: async () => {
      if (closed) return
      closed = true
      stopUpkeep()
      await inTurn(engine.close)
      unlock()
    },
  }
}

type Engine = { readonly ask: (request: Request) => Promise<readonly object[]>; readonly close: () => Promise<void> }

async function startEngine(start: Start): Promise<Engine> {
  const worker = spawnWorker(start)
  type Waiting = { readonly resolve: (rows: readonly object[]) => void; readonly reject: (error: Error) => void }
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let dead: Error | undefined
  const failAll = (error: Error): void => {
    dead = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('rows' in answer) asked?.resolve(answer.rows)
    else asked?.reject(revive(answer.failed))
  })
  worker.on('error', (error) => failAll(failure('db-unavailable', 'the database thread died', error)))
  worker.on('exit', () => failAll(dead ?? failure('db-unavailable', 'the database thread ended')))
  const answerTo = (id: number): Promise<readonly object[]> =>
    new Promise((resolve, reject) => {
      if (dead === undefined) waiting.set(id, { resolve, reject })
      else reject(dead)
    })
  const ask = (request: Request): Promise<readonly object[]> => {
    lastId += 1
    const answered = answerTo(lastId)
    worker.postMessage({ id: lastId, ...request } satisfies Ask)
    return answered
  }
  const close = async (): Promise<void> => {
    // What may vanish needs no farewell checkpoint, which takes most of a second.
    if (dead === undefined && start.durable) await ask({ kind: 'close' }).catch(() => undefined)
    await worker.terminate()
  }
  try {
    await answerTo(0)
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return { ask, close }
}

/** From source (tsx, vitest) the worker is TypeScript and needs the loader; a bundle has `pglite.worker.js` beside it. */
function spawnWorker(start: Start): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./pglite.worker.js', import.meta.url), { workerData: start })
  }
  const worker = new URL('./pglite.worker.ts', import.meta.url).href
  const loader = new URL(
    'dist/esm/api/index.mjs',
    pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json')),
  ).href
  const boot = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(worker)}) })`
  return new Worker(boot, { eval: true, workerData: start, execArgv: [] })
}

const revive = ({ code, message, constraint, sqlState }: Failed): DbFailure =>
  Object.assign(failure(code, message), {
    ...(constraint === undefined ? {} : { constraint }),
    ...(sqlState === undefined ? {} : { sqlState }),
  })

/** The engine has neither autovacuum nor timed checkpoints: without these its log and tables only grow. */
function keepUp(options: PgliteOptions, run: (statement: string) => Promise<void>): Cancel {
  const running = new Map<string, Cancel>()
  const every = (delay: typeof checkpointEvery, statement: string): void => {
    const ring = (): void => {
      run(statement).catch((error: unknown) => options.log.error({ err: error }, `${statement} failed`))
      every(delay, statement)
    }
    running.set(statement, options.clock.timer(delay, ring))
  }
  every(checkpointEvery, 'checkpoint')
  every(vacuumEvery, 'vacuum analyze')
  return () => {
    for (const cancel of running.values()) cancel()
  }
}
