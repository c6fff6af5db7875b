import { execFile } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { programOf } from '../bench/cycles/database.ts'
import { freePort } from '../bench/rigs/broker.ts'
import { whenGone } from '../bench/rigs/program.ts'

const run = promisify(execFile)

/** A PostgreSQL of our own in a temporary folder, as it is installed: every commit is synced. */
export interface Cluster {
  readonly url: string
  /** `immediate`: no buffer is written, no client told; the next start recovers. */
  kill(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** Or why there is none. */
export async function openCluster(): Promise<Cluster | string> {
  const [initdb, pgCtl] = [programOf('initdb'), programOf('pg_ctl')]
  if (initdb === undefined || pgCtl === undefined) return 'no initdb'
  const owner = await ownerOf()
  if (owner === undefined) return 'no user for PostgreSQL, which refuses root'
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-postgres-'))
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
  const leave = whenGone('"$1" -D "$2/data" -w -m immediate stop; rm -rf "$2"', [pgCtl, folder], owner)
  const port = await freePort()
  const listen = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  const control = async (...args: readonly string[]): Promise<void> => {
    await run(pgCtl, ['-D', join(folder, 'data'), '-w', ...args], { ...owner, cwd: folder })
  }
  // Its output stays open as long as the server lives: it belongs into a file.
  const start = async (): Promise<void> => await control('-s', '-l', join(folder, 'log'), '-o', listen, 'start')
  await run(initdb, ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust'], { ...owner, cwd: folder })
  await start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill: async () => await control('-m', 'immediate', 'stop'),
    start,
    remove: async () => {
      await control('-m', 'immediate', 'stop')
      leave()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Root lends the user that Debian's package brings. */
async function ownerOf(): Promise<{ readonly uid: number; readonly gid: number } | Record<string, never> | undefined> {
  if (process.getuid?.() !== 0) return {}
  try {
    const ids = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
    )
    const [uid = 0, gid = 0] = ids
    return { uid, gid }
  } catch {
    return undefined
  }
}
