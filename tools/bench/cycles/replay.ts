import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BenchDatabase, programOf } from './database.ts'
import type { Transaction } from './recorder.ts'
import { replayScripts } from './replay.script.ts'

const run = promisify(execFile)
const warmShare = 0.2

export const pgbenchThere = (): boolean => programOf('pgbench') !== undefined

/**
 * Seconds that PostgreSQL alone takes for what was recorded, on the rows as they stood when recording began. The looks
 * for new events, half of all statements and mostly in vain, are left out: they carry nothing, and the peer shall be no
 * slower for them. Clients may fall out of step and lock each other; then all is tried again from the start.
 */
export async function replaySeconds(
  copy: BenchDatabase,
  transactions: readonly Transaction[],
  clients: number,
): Promise<number> {
  const work = transactions.filter(({ statements: [first] }) => first !== undefined && !isLook(first.text))
  const scripts = replayScripts(work, clients, warmShare)
  let said = ''
  for (let tries = triesMost; tries > 0; tries -= 1) {
    const clone = await copy.clone()
    try {
      const played = await play(clone, scripts)
      if (typeof played === 'number') return played / (1 - warmShare)
      said = played
    } finally {
      await clone.drop()
    }
  }
  throw new Error(`pgbench: ${said}`)
}

const triesMost = 5
const isLook = (text: string): boolean => text.startsWith('select tx::text, seq, topic, key, tx <')

/**
 * Seconds, or what pgbench said where it did not get through. New events get the lowest transaction number: recorded
 * positions of readers mean nothing to new numbers, and read events would else be read again and again.
 */
async function play(database: BenchDatabase, scripts: readonly string[]): Promise<number | string> {
  await database.query(`alter table outbox alter column tx set default '0'`)
  await database.query('create table bench_mark (at timestamptz not null default clock_timestamp())')
  await database.query('create table bench_client (at timestamptz not null default clock_timestamp())')
  await database.query('analyze')
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-replay-'))
  try {
    const ends = await Promise.all(
      scripts.map(async (script, client) => {
        const file = join(folder, `${client}.sql`)
        writeFileSync(file, script, { mode: 0o600 })
        return await pgbench(['-n', '-c', '1', '-t', '1', '-f', file, database.url])
      }),
    )
    const failed = ends.find((end) => end !== undefined)
    if (failed !== undefined) return failed
  } finally {
    rmSync(folder, { recursive: true })
  }
  const [row] = await database.query<{ took: number }>(
    'select extract(epoch from max(at) - min(at))::float8 as took from bench_mark',
  )
  return row?.took ?? 'no marks'
}

/** What it said where it did not get through; none waits for the others longer than that. */
async function pgbench(args: readonly string[]): Promise<string | undefined> {
  try {
    const how = { maxBuffer: 1e8, timeout: longestReplayMs }
    const { stdout, stderr } = await run(programOf('pgbench') ?? 'pgbench', [...args], how)
    return stdout.includes('actually processed: 1/1') ? undefined : stderr + stdout
  } catch (error) {
    return String(error)
  }
}

const longestReplayMs = 60_000
