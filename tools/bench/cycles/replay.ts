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
 * Seconds that PostgreSQL alone takes for all that was recorded, on the rows as they stood when recording began. Looks for
 * new events find nothing here, since what is replayed is behind their places.
 */
export async function replaySeconds(
  copy: BenchDatabase,
  transactions: readonly Transaction[],
  clients: number,
): Promise<number> {
  const work = transactions.filter(({ statements }) => statements.length > 0)
  const warm = Math.floor(work.length * warmShare)
  const clone = await copy.clone()
  try {
    const played = await play(clone, replayScripts(work, clients, warm))
    return played * (statementsIn(work) / statementsIn(work.slice(warm)))
  } finally {
    await clone.drop()
  }
}

const statementsIn = (transactions: readonly Transaction[]): number =>
  transactions.reduce((sum, { statements }) => sum + statements.length, 0)

/**
 * Seconds from mark to mark. New events get the lowest transaction number: recorded positions of readers mean nothing to
 * new numbers, and read events would else be read again and again.
 */
async function play(database: BenchDatabase, scripts: readonly string[]): Promise<number> {
  await database.query(`alter table outbox alter column tx set default '0'`)
  await database.query('create table bench_mark (at timestamptz not null default clock_timestamp())')
  await database.query('create table bench_client (at timestamptz not null default clock_timestamp())')
  await database.query('analyze')
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-replay-'))
  try {
    await Promise.all(
      scripts.map(async (script, client) => {
        const file = join(folder, `${client}.sql`)
        writeFileSync(file, script, { mode: 0o600 })
        await pgbench(['-n', '-c', '1', '-t', '1', '-f', file, database.url])
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
  const [row] = await database.query<{ took: number }>(
    'select extract(epoch from max(at) - min(at))::float8 as took from bench_mark',
  )
  if (row === undefined) throw new Error('no marks')
  return row.took
}

/** What did not get through is no replay; none waits for the others longer than that. */
async function pgbench(args: readonly string[]): Promise<void> {
  const how = { maxBuffer: 1e8, timeout: longestReplayMs }
  const { stdout, stderr } = await run(programOf('pgbench') ?? 'pgbench', [...args], how)
  if (!stdout.includes('actually processed: 1/1')) throw new Error(`pgbench: ${stderr}${stdout}`)
}

const longestReplayMs = 60_000
