import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../clock.ts'
import { failure } from '../failure.ts'
import { silentLog } from '../log.ts'
import type { Db } from './db.ts'
import { migrate } from './migrate.ts'
import { openPglite } from './pglite.ts'
import { type Emptied, readEmptied } from './emptied.testing.ts'

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

const scratchPrefix = 'holdfast-scratch-'
const engineVersion = '0.5.16'

type Engine = { readonly db: Db; readonly emptied: Emptied }

/** Engines of this process that nobody uses: starting one costs four seconds of a core, emptying one a tenth. */
const idle: Engine[] = []

/**
 * An empty, migrated PGlite. `close` empties it and keeps it for the next test file of this process; one whose
 * schema was changed is thrown away.
 */
export async function openScratchPglite(): Promise<Db> {
  const engine = idle.pop() ?? (await startEngine())
  let closed = false
  const open = (): Db => {
    if (closed) throw failure('db-closed', 'the database was closed')
    return engine.db
  }
  return {
    kind: 'pglite',
    query: async (sql, params) => await open().query(sql, params),
    transaction: async (work, how) => await open().transaction(work, how),
    close: async () => {
      if (closed) return
      closed = true
      if (await engine.emptied.empty()) idle.push(engine)
      else await engine.db.close()
    },
  }
}

async function startEngine(): Promise<Engine> {
  sweep()
  const seed = await readySeed()
  const directory = mkdtempSync(join(tmpdir(), `${scratchPrefix}${process.pid}-`))
  cpSync(seed, directory, { recursive: true })
  const db = await openPglite({ directory, clock: systemClock, log: silentLog, durable: false })
  const vanish = (): void => rmSync(directory, { recursive: true, force: true })
  process.once('exit', vanish)
  const close = async (): Promise<void> => {
    await db.close()
    process.off('exit', vanish)
    vanish()
  }
  return { db: { ...db, close }, emptied: await readEmptied(db) }
}

/** The directory that every scratch copies: started, migrated and closed, one for each set of migrations. */
export async function readySeed(): Promise<string> {
  const manifest = readFileSync(join(migrationsFolder, 'manifest.json'))
  const schema = createHash('sha256').update(manifest).digest('hex').slice(0, 12)
  const seed = join(tmpdir(), `holdfast-pglite-${engineVersion}-${schema}`)
  if (!existsSync(seed)) await makeSeed(seed)
  return seed
}

async function makeSeed(seed: string): Promise<void> {
  const draft = mkdtempSync(join(tmpdir(), `${scratchPrefix}${process.pid}-seed-`))
  const db = await openPglite({ directory: draft, clock: systemClock, log: silentLog, durable: true })
  await migrate(db, migrationsFolder, silentLog)
  await db.close()
  rmSync(join(draft, 'data', 'postmaster.pid'), { force: true })
  try {
    renameSync(draft, seed)
  } catch {
    // Another process was faster; its seed is as good.
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Removes what killed test runs left behind. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(scratchPrefix) ? name.slice(scratchPrefix.length).split('-')[0] : Number.NaN)
    if (Number.isInteger(pid) && !lives(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
