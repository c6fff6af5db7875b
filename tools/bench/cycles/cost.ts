import { readFileSync } from 'node:fs'
import type { BenchDatabase } from './database.ts'
import type { Ran } from './run.testing.ts'
import type { Town } from './town.testing.ts'
import { rounded } from '../figure.ts'
import { median, spreadOf } from '../statistics.ts'

/** What a round cost: CPU by who spent it, and WAL, for the whole server; facts of cabinets came in batches. */
export interface Cost {
  readonly statements: number
  readonly walBytes: number
  readonly cpuMs: number
  /** The figure's own gear: carriers, cabinets and phones. */
  readonly gearCpuMs: number
  readonly brokerCpuMs: number
  /** Zero where PostgreSQL runs on another machine. */
  readonly sqlCpuMs: number
  readonly batches: number
  readonly events: number
  readonly absorbMs: number
}

export interface Round extends Cost {
  readonly ran: Ran
  /** Parcels a second that PostgreSQL alone did right after it. */
  readonly replayed: number
}

/** The ratio is the middle one of the rounds', not that of two middles: what slows one round slows its neighbour. */
export function summaryOf(rounds: readonly Round[]) {
  const perSecond = rounds.map(({ ran: { tookMs, wallMs } }) => (tookMs.length / wallMs) * 1_000)
  const ratios = rounds.map(({ replayed }, n) => (perSecond[n] ?? 0) / replayed)
  const tookMs = rounds.flatMap(({ ran }) => ran.tookMs)
  const took = spreadOf(tookMs)
  const sum = (by: (cost: Cost) => number): number => rounds.reduce((all, round) => all + by(round), 0)
  const each = (by: (cost: Cost) => number): number => rounded(sum(by) / tookMs.length)
  const batches = sum((cost) => cost.batches)
  return {
    value: rounded(median(perSecond)),
    peer: rounded(median(rounds.map(({ replayed }) => replayed))),
    ratio: rounded(median(ratios)),
    leastRatio: rounded(Math.min(...ratios)),
    mostRatio: rounded(Math.max(...ratios)),
    p50Ms: rounded(took.p50),
    p99Ms: rounded(took.p99),
    parcels: tookMs.length,
    statements: each((cost) => cost.statements),
    walBytes: each((cost) => cost.walBytes),
    cpuMs: each((cost) => cost.cpuMs),
    gearCpuMs: each((cost) => cost.gearCpuMs),
    brokerCpuMs: each((cost) => cost.brokerCpuMs),
    sqlCpuMs: each((cost) => cost.sqlCpuMs),
    absorbedAtOnce: rounded(sum((cost) => cost.events) / batches),
    absorbMs: rounded(sum((cost) => cost.absorbMs) / batches),
  }
}

export async function costOf(town: Town, work: () => Promise<Ran>): Promise<Omit<Round, 'replayed'>> {
  const before = await readUse(town)
  const ran = await work()
  const after = await readUse(town)
  const spent = (by: (use: Use) => number): number => by(after) - by(before)
  const backends = [...after.backends].map(([pid, ms]) => ms - (before.backends.get(pid) ?? 0))
  return {
    ran,
    statements: spent((use) => use.statements),
    walBytes: spent((use) => use.walBytes),
    cpuMs: spent((use) => use.cpuMs),
    gearCpuMs: spent((use) => use.gearCpuMs),
    brokerCpuMs: spent((use) => use.brokerCpuMs),
    sqlCpuMs: backends.reduce((sum, ms) => sum + ms, 0),
    batches: spent((use) => use.absorbed.batches),
    events: spent((use) => use.absorbed.events),
    absorbMs: spent((use) => use.absorbed.tookMs),
  }
}

interface Asked {
  readonly cpuMs: number
  readonly statements: number
  readonly absorbed: { readonly batches: number; readonly events: number; readonly tookMs: number }
}

interface Use extends Asked {
  readonly walBytes: number
  readonly gearCpuMs: number
  readonly brokerCpuMs: number
  readonly backends: ReadonlyMap<number, number>
}

async function readUse({ clouds, database, brokerPid }: Town): Promise<Use> {
  const [row] = await database.query<{ wal: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal`,
  )
  const { user, system } = process.cpuUsage()
  const gearCpuMs = (user + system) / 1_000
  const brokerCpuMs = cpuMsOf(brokerPid)
  const backends = await readBackends(database)
  const asked = await Promise.all(clouds.map(async (cloud) => await cloud.act<Asked>('usage')))
  return { ...togetherOf(asked), walBytes: row?.wal ?? 0, gearCpuMs, brokerCpuMs, backends }
}

function togetherOf(asked: readonly Asked[]): Asked {
  const sum = (by: (each: Asked) => number): number => asked.reduce((all, each) => all + by(each), 0)
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs),
    statements: sum(({ statements }) => statements),
    absorbed: {
      batches: sum(({ absorbed }) => absorbed.batches),
      events: sum(({ absorbed }) => absorbed.events),
      tookMs: sum(({ absorbed }) => absorbed.tookMs),
    },
  }
}

/** Those of this database, and the server's own that write for all. */
async function readBackends(database: BenchDatabase): Promise<ReadonlyMap<number, number>> {
  const rows = await database.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname is null or datname = current_database()',
  )
  return new Map(rows.map(({ pid }) => [pid, cpuMsOf(pid)]))
}

const tickMs = 10

/** As Linux counts it; zero for a process that it does not know. */
export function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // A program's name may hold blanks and brackets: what is counted stands behind the last bracket.
    const [user = '0', system = '0'] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) * tickMs
  } catch {
    return 0
  }
}
