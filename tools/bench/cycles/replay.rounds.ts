import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { costOf, type Round, summaryOf } from './cost.ts'
import { type BenchDatabase, openBenchDatabase } from './database.ts'
import { inOrder, type Sent, type Transaction } from './recorder.ts'
import { pgbenchThere, replaySeconds } from './replay.ts'
import { createRunner, type Runner } from './run.testing.ts'
import { openTown, type Town } from './town.testing.ts'
import { type Measure, type Measured, rounded } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'

const levels = [1, 8, 32] as const
const names = levels.map((atOnce) => `cycles-${atOnce}`).join(', ')
// oxlint-disable-next-line node/no-process-env -- the same server as the tests'.
const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://127.0.0.1:5432/test'

/** Parcels from announcement to collection through the real cloud, beside its SQL replayed without it. */
export const measureCycles: Measure = async ({ short, wants }) => {
  if (!pgbenchThere()) return [{ notRun: `${names} (no pgbench)` }]
  const database = await openBenchDatabase(server)
  if (database === undefined) return [{ notRun: `${names} (no PostgreSQL)` }]
  const broker = await startMosquitto()
  if (broker === undefined) {
    await database.drop()
    return [{ notRun: `${names} (no Mosquitto)` }]
  }
  try {
    const town = await openTown(database, broker)
    try {
      const runner = await createRunner(town)
      await runner.run(8, short ? 2_000 : warmMs)
      // As autovacuum does each minute: statements planned on empty tables would read them from end to end.
      await database.query('analyze')
      const measured: Measured[] = []
      for (const atOnce of levels.filter((level) => wants(`cycles-${level}`)))
        measured.push(await measureAt(town, runner, { atOnce, ...(short ? shortForm : longForm) }))
      return measured
    } finally {
      await town.stop()
    }
  } finally {
    broker.stop()
    await database.drop()
  }
}

/**
 * Until Node has compiled what a cloud does again and again: a quarter of the CPU of its first five hundred parcels goes
 * there, on a core that PostgreSQL wants. A cloud at work has run for weeks, and so has the server that the replay is on.
 */
const warmMs = 30_000

interface Form {
  readonly rounds: number
  readonly roundMs: number
  readonly recordMs: number
  /** A short form's hundred parcels are too few to judge by: it prints the ratio, the long form is held to it. */
  readonly isJudged: boolean
}

const shortForm: Form = { rounds: 2, roundMs: 2_500, recordMs: 2_500, isJudged: false }
const longForm: Form = { rounds: 6, roundMs: 6_000, recordMs: 6_000, isJudged: true }

/**
 * Rounds of the cloud and of the replay take turns, and each round is compared with its own neighbour: a machine that
 * others use too is another machine a minute later, and would else be taken for a slow cloud or a fast replay. What is
 * replayed is recorded once, and each replay does it on rows as they stood before: on rows that a replay has been
 * through, updates find nothing more to do, and on newer ones locks and conflicts come that nobody had.
 */
async function measureAt(
  town: Town,
  runner: Runner,
  { atOnce, isJudged, ...form }: Form & { readonly atOnce: number },
) {
  const recorded = await record(town, runner, atOnce, form.recordMs)
  const rounds: Round[] = []
  try {
    while (rounds.length < form.rounds) {
      await runner.prepare()
      const round = await costOf(town, async () => await runner.run(atOnce, form.roundMs))
      town.judge()
      const seconds = await replaySeconds(recorded.rows, recorded.transactions, atOnce)
      rounds.push({ ...round, replayed: recorded.parcels / seconds })
    }
  } finally {
    await recorded.rows.drop()
  }
  const refused = rounds.reduce((sum, { ran }) => sum + ran.refused, 0)
  const doubles = await doubleAllocations(town.database)
  if (refused > 0 || doubles > 0) throw new Error(`${refused} false refusals, ${doubles} double allocations`)
  const statements = recorded.transactions.reduce((sum, each) => sum + each.statements.length, 0)
  const replayedStatements = rounded(statements / recorded.parcels)
  const figure = { name: `cycles-${atOnce}`, unit: '1/s', ...summaryOf(rounds), refused, doubles, replayedStatements }
  return { figure, ...(atOnce === 8 && isJudged ? { atLeast: 0.4 } : {}) }
}

interface Recorded {
  /** As they stood when recording began. */
  readonly rows: BenchDatabase
  readonly transactions: readonly Transaction[]
  readonly parcels: number
}

/** Cycles with an ear on the driver. */
async function record({ clouds, database }: Town, runner: Runner, atOnce: number, ms: number): Promise<Recorded> {
  await sleep(1_000)
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-recorded-'))
  const rows = await database.copy()
  try {
    for (const cloud of clouds) await cloud.act('record')
    const { tookMs } = await runner.run(atOnce, ms)
    const recorded: (readonly Sent[])[] = []
    for (const [n, cloud] of clouds.entries()) {
      const file = join(folder, `recorded-${n}.json`)
      await cloud.act(`recorded ${file}`)
      recorded.push(JSON.parse(readFileSync(file, 'utf8')))
    }
    return { rows, transactions: inOrder(recorded), parcels: tookMs.length }
  } catch (error) {
    await rows.drop()
    throw error
  } finally {
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
