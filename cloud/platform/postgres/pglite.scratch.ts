import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import type { Db } from './db.ts'
import { openPglite } from './pglite.ts'

const seedDirectory = join(tmpdir(), 'holdfast-pglite-0.5.16')
const scratchPrefix = 'holdfast-scratch-'

/** An empty PGlite that vanishes with `close`. The first on a machine takes 3 s, later ones copy its start state. */
export async function openScratchPglite(): Promise<Db> {
  sweep()
  if (!existsSync(seedDirectory)) await makeSeed()
  const directory = mkdtempSync(join(tmpdir(), `${scratchPrefix}${process.pid}-`))
  cpSync(seedDirectory, directory, { recursive: true })
  const db = await openPglite({ directory, clock: systemClock, log: silentLog, durable: false })
  const close = async (): Promise<void> => {
    await db.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { ...db, close }
}

async function makeSeed(): Promise<void> {
  const draft = mkdtempSync(join(tmpdir(), `${scratchPrefix}${process.pid}-seed-`))
  const db = await openPglite({ directory: draft, clock: systemClock, log: silentLog, durable: true })
  await db.close()
  rmSync(join(draft, 'data', 'postmaster.pid'), { force: true })
  try {
    renameSync(draft, seedDirectory)
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
