import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchDatabase, openBenchDatabase } from '../cycles/database.ts'
import type { Transaction } from '../cycles/recorder.ts'
import { pgbenchThere, replaySeconds } from '../cycles/replay.ts'
import { createRunner, type Ran, type Runner } from '../cycles/run.testing.ts'
import { openTown, type Town } from '../cycles/town.testing.ts'
import { beside, type Measure, type Measured, rounded } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'
import { spreadOf } from '../statistics.ts'

const levels = [1, 8, 32] as const
const names = levels.map((atOnce) => `cycles-${atOnce}`).join(', ')
// oxlint-disable-next-line node/no-process-env -- the same server as the tests'.
const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://127.0.0.1:5432/test'

/** Parcels from announcement to collection through the real cloud, beside its SQL replayed without it. */
export const measure: Measure = async ({ short, wants }) => {
  if (!pgbenchThere()) return [{ notRun: `${names} (no pgbench)` }]
  const database = await openBenchDatabase(server)
  if (database === undefined) return [{ notRun: `${names} (no PostgreSQL)` }]
  const broker = await startMosquitto()
  if (broker === undefined) {
    await database.drop()
    return [{ notRun: `${names} (no Mosquitto)` }]
  }
  try {
    const town = await openTown(database, broker.url)
    try {
      const run = createRunner(town)
      await run(8, short ? 2_000 : 5_000)
      const measured: Measured[] = []
      for (const atOnce of levels.filter((level) => wants(`cycles-${level}`)))
        measured.push(await measureAt(town, run, { atOnce, ms: short ? 5_000 : 30_000 }))
      return measured
    } finally {
      await town.stop()
    }
  } finally {
    broker.stop()
    await database.drop()
  }
}

/** The short form's hundred parcels are too few to judge by: it prints the ratio, the long form is held to it. */
const judgedFromMs = 30_000

interface Level {
  readonly atOnce: number
  readonly ms: number
}

/** Half before and half after the replay: a machine that others use now and then slows both alike. */
async function measureAt(town: Town, run: Runner, { atOnce, ms }: Level): Promise<Measured> {
  const first = await costOf(town, async () => await run(atOnce, ms / 2))
  const replayed = await replayAt(town, run, { atOnce, ms: Math.min(ms, 5_000) / 2 })
  const second = await costOf(town, async () => await run(atOnce, ms / 2))
  const tookMs = [...first.ran.tookMs, ...second.ran.tookMs]
  const refused = first.ran.refused + second.ran.refused
  const doubles = await doubleAllocations(town.database)
  if (refused > 0 || doubles > 0) throw new Error(`${refused} false refusals, ${doubles} double allocations`)
  const value = (tookMs.length / (first.ran.wallMs + second.ran.wallMs)) * 1_000
  const { figure, ...bound } = beside(
    { name: `cycles-${atOnce}`, value, unit: '1/s', peer: replayed.perSecond },
    atOnce === 8 && ms >= judgedFromMs ? { atLeast: 0.4 } : {},
  )
  const spread = spreadOf(tookMs)
  const each = (total: (cost: Cost) => number): number => rounded((total(first) + total(second)) / tookMs.length)
  const batches = first.batches + second.batches
  const costs = {
    p50Ms: rounded(spread.p50),
    p99Ms: rounded(spread.p99),
    parcels: tookMs.length,
    statements: each((cost) => cost.statements),
    walBytes: each((cost) => cost.walBytes),
    cpuMs: each((cost) => cost.cpuMs),
    absorbedAtOnce: rounded((first.events + second.events) / batches),
    absorbMs: rounded((first.absorbMs + second.absorbMs) / batches),
    refused,
    doubles,
    replayedStatements: replayed.statements,
  }
  return { figure: { ...figure, ...costs }, ...bound }
}

/** What the cloud, and WAL for the whole server, spent on a run; its facts of cabinets came in batches. */
interface Cost {
  readonly ran: Ran
  readonly statements: number
  readonly walBytes: number
  readonly cpuMs: number
  readonly batches: number
  readonly events: number
  readonly absorbMs: number
}

async function costOf(town: Town, work: () => Promise<Ran>): Promise<Cost> {
  const before = await readUse(town)
  const ran = await work()
  const after = await readUse(town)
  return {
    ran,
    statements: after.statements - before.statements,
    walBytes: after.walBytes - before.walBytes,
    cpuMs: after.cpuMs - before.cpuMs,
    batches: after.absorbed.batches - before.absorbed.batches,
    events: after.absorbed.events - before.absorbed.events,
    absorbMs: after.absorbed.tookMs - before.absorbed.tookMs,
  }
}

interface Absorbed {
  readonly batches: number
  readonly events: number
  readonly tookMs: number
}

interface Usage {
  readonly cpuMs: number
  readonly statements: number
  readonly absorbed: Absorbed
}

/** WAL is the whole server's: whoever else writes on it is counted too. */
async function readUse({ cloud, database }: Town) {
  const [row] = await database.query<{ wal: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal`,
  )
  return { ...(await cloud.act<Usage>('usage')), walBytes: row?.wal ?? 0 }
}

/** The same cycles once more with an ear on the driver; then PostgreSQL alone does what it heard, at the same width. */
async function replayAt({ cloud, database }: Town, run: Runner, { atOnce, ms }: Level) {
  await sleep(1_000)
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-recorded-'))
  const copy = await database.copy()
  try {
    await cloud.act('record')
    const { tookMs } = await run(atOnce, ms)
    const file = join(folder, 'recorded.json')
    await cloud.act(`recorded ${file}`)
    const transactions: readonly Transaction[] = JSON.parse(readFileSync(file, 'utf8'))
    const seconds = await replaySeconds(copy, transactions, atOnce)
    const statements = transactions.reduce((sum, each) => sum + each.statements.length, 0)
    return { perSecond: tookMs.length / seconds, statements: rounded(statements / tookMs.length) }
  } finally {
    await copy.drop()
    rmSync(folder, { recursive: true })
  }
}

/** The cabinets allocate by themselves; the cloud's own book of facts says whether one epoch of a door came twice. */
async function doubleAllocations(database: BenchDatabase): Promise<number> {
  const [row] = await database.query<{ doubles: number }>(
    `select count(*)::int as doubles from (
       select from (select cabinet, entry::jsonb -> 'event' as event from cabinet_fact) as told
       where event ->> 'type' = 'compartmentHeld'
       group by cabinet, event ->> 'compartment', event ->> 'epoch' having count(*) > 1) as twice`,
  )
  return row?.doubles ?? 0
}
