import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { failure } from '../failure.ts'
import { int8, toDbFailure } from './db.failures.ts'
import { createDurableFs, durableStartParams } from './durable-fs.ts'
import type { Answer, Ask, Start } from './pglite.ts'

// The engine blocks its thread while a statement runs, so it has one of its own.
const port = parentPort
if (port === null) throw new Error('pglite.worker runs as a worker thread only')

try {
  const start: Start = workerData
  const engine = await (start.durable ? openDurable(start.directory) : openPlain(start.directory))
  const serve = async (ask: Ask): Promise<void> => port.postMessage(await answer(engine, ask))
  port.on('message', (ask: Ask) => void serve(ask))
  port.postMessage({ id: 0, rows: [] } satisfies Answer)
} catch (error) {
  port.postMessage(refusal(0, error))
}

async function answer(engine: PGlite, ask: Ask): Promise<Answer> {
  try {
    switch (ask.kind) {
      case 'query':
        return { id: ask.id, rows: (await engine.query<object>(ask.sql, [...ask.params])).rows }
      case 'script':
        await engine.exec(ask.sql)
        return { id: ask.id, rows: [] }
      case 'close':
        await engine.close()
        return { id: ask.id, rows: [] }
    }
  } catch (error) {
    return refusal(ask.id, error)
  }
}

function refusal(id: number, error: unknown): Answer {
  const { code, message, constraint, sqlState } = toDbFailure(error)
  return { id, failed: { code, message, constraint, sqlState } }
}

async function openPlain(directory: string): Promise<PGlite> {
  return await PGlite.create({ fs: new NodeFS(join(directory, 'data')), parsers: { [types.INT8]: int8 } })
}

async function openDurable(directory: string): Promise<PGlite> {
  const data = join(directory, 'data')
  const ready = join(directory, 'ready')
  // A first start that was cut short may have left anything: nothing in it was ever acknowledged.
  if (!existsSync(ready)) rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true })
  // Its owner is dead: the directory lock, which the opener holds, says so.
  rmSync(join(data, 'postmaster.pid'), { force: true })

  const { fs, count } = createDurableFs(data)
  const startParams = [...durableStartParams]
  const engine = await PGlite.create({ fs, startParams, parsers: { [types.INT8]: int8 } })
  await engine.exec('create table if not exists public.durability_probe (at timestamptz not null)')
  const before = count()
  await engine.exec('delete from public.durability_probe; insert into public.durability_probe values (now())')
  if (count() <= before) {
    await engine.close()
    throw failure('db-not-durable', 'a probe commit did not reach the disk: refusing to acknowledge anything')
  }
  if (!existsSync(ready)) {
    await engine.exec('checkpoint')
    syncTree(data)
    writeFileSync(ready, '')
    syncTree(directory)
  }
  return engine
}

/** initdb's files were written without a sync; this makes all of them last, names included. */
function syncTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) syncTree(child)
    else if (entry.isFile()) syncPath(child)
  }
  syncPath(path)
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
