import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BenchDatabase, programOf } from './database.ts'
import type { Transaction } from './recorder.ts'
import { replayScript } from './replay.script.ts'

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
  const script = replayScript(work, clients, warmShare)
  let said = ''
  for (let tries = triesMost; tries > 0; tries -= 1) {
    const clone = await copy.clone()
    try {
      const played = await play(clone, script, clients)
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
async function play(database: BenchDatabase, script: string, clients: number): Promise<number | string> {
  await database.query(`alter table outbox alter column tx set default '0'`)
  await database.query('create table bench_mark (at timestamptz not null default clock_timestamp())')
  await database.query('analyze')
  const file = join(tmpdir(), `holdfast-replay-${process.pid}.sql`)
  writeFileSync(file, script, { mode: 0o600 })
  const many = ['-n', '-c', `${clients}`, '-j', `${Math.min(2, clients)}`, '-t', '1', '-f', file, database.url]
  try {
    const { stdout, stderr } = await run(programOf('pgbench') ?? 'pgbench', many, { maxBuffer: 1e8 })
    if (!stdout.includes(`actually processed: ${clients}/${clients}`)) return stderr + stdout
  } catch (error) {
    return String(error)
  } finally {
    rmSync(file)
  }
  const [row] = await database.query<{ took: number }>(
    'select extract(epoch from max(at) - min(at))::float8 as took from bench_mark',
  )
  return row?.took ?? 'no marks'
}
