import { type JournalEnd, lostFacts } from '@holdfast/simulator/fleet.ts'
import type { BenchDatabase } from '../../cycles/database.ts'
import { type Measure, rounded } from '../../figure.ts'
import { withDatabase } from '../../fleet/parts.ts'
import { readPlainRows } from '../../fleet/plain.ts'
import { spentBy } from '../../fleet/servers.ts'
import { type FleetTown, openFleetTown } from '../../fleet/town.testing.ts'
import { startMosquitto } from '../../rigs/broker.ts'
import { median } from '../../statistics.ts'

const cabinets = 100

/**
 * Facts a second from MQTT to committed projections: cabinets that were away come back at once, each with its backlog, by
 * the terminal's own uplink. Beside it the same rows, inserted by a program that does nothing else. Rounds of both take
 * turns, each compared with its neighbour: what slows one slows the other. The first warms both up.
 */
export const measure: Measure = async ({ short }) =>
  await withDatabase('ingest', async (database) => {
    const broker = await startMosquitto()
    if (broker === undefined) return [{ notRun: 'ingest (no Mosquitto)' }]
    try {
      const town = await openFleetTown({ database, broker, cabinets, roles: ['http', 'ingest'] })
      try {
        const figure = await measureRounds(town, database, short ? { rounds: 3, stays: 6 } : { rounds: 8, stays: 40 })
        // A short form's few thousand facts are too few to judge by: it prints the ratio.
        return [{ figure, ...(short ? {} : { atLeast: 0.5 }) }]
      } finally {
        await town.stop()
      }
    } finally {
      broker.stop()
    }
  })

interface Form {
  readonly rounds: number
  /** Of each cabinet, in a round. */
  readonly stays: number
}

interface Round {
  readonly perSecond: number
  readonly plainPerSecond: number
  readonly cpuMs: number
}

async function measureRounds(town: FleetTown, database: BenchDatabase, { rounds, stays }: Form) {
  const warming = await drain(town, stays)
  const plain = await readPlainRows(database)
  await plain.insert()
  const found: Round[] = []
  for (let n = 0; n < rounds; n += 1) {
    const drained = await drain(town, stays)
    found.push({ ...drained, plainPerSecond: (warming.facts / (await plain.insert())) * 1_000 })
  }
  const ends = await town.fleet.act<readonly JournalEnd[]>('ends')
  const lost = lostFacts(ends, await town.stored())
  await town.fleet.act('judge')
  if (lost > 0) throw new Error(`${lost} acknowledged facts lost`)
  const ratios = found.map(({ perSecond, plainPerSecond }) => perSecond / plainPerSecond)
  return {
    name: 'ingest',
    unit: 'facts/s',
    value: rounded(median(found.map(({ perSecond }) => perSecond))),
    peer: rounded(median(found.map(({ plainPerSecond }) => plainPerSecond))),
    ratio: rounded(median(ratios)),
    leastRatio: rounded(Math.min(...ratios)),
    mostRatio: rounded(Math.max(...ratios)),
    cloudCpuUsPerFact: rounded((median(found.map(({ cpuMs }) => cpuMs)) / warming.facts) * 1_000),
    facts: ends.reduce((sum, { seq }) => sum + seq, 0),
    lost,
  }
}

async function drain({ fleet, cloud }: FleetTown, stays: number) {
  const facts = await fleet.act<number>(`backlog ${stays}`)
  const [before, began] = [spentBy(cloud.pid), performance.now()]
  await fleet.act('connect 0')
  const tookMs = performance.now() - began
  return { facts, perSecond: (facts / tookMs) * 1_000, cpuMs: spentBy(cloud.pid).cpuMs - before.cpuMs }
}
