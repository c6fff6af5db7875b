import { type JournalEnd, lostFacts } from '@holdfast/simulator/fleet.ts'
import type { BenchDatabase } from '../../cycles/database.ts'
import { against, type Measure, type Measured, rounded } from '../../figure.ts'
import { withDatabase } from '../../fleet/parts.ts'
import { spentBy } from '../../fleet/servers.ts'
import { type FleetTown, openFleetTown } from '../../fleet/town.testing.ts'
import { type Broker, makeCertificate, startMosquitto } from '../../rigs/broker.ts'

const names = 'load-lag, load-storm'
const lagMostMs = 2_000
const steadyMostMs = 120_000

interface Form {
  readonly cabinets: number
  readonly factsPerSecond: number
  readonly seconds: number
}

const peakDay: Form = { cabinets: 5_000, factsPerSecond: 900, seconds: 180 }
const tenth: Form = { cabinets: 500, factsPerSecond: 90, seconds: 18 }

/**
 * A fleet over TLS on one machine with the cloud in all its roles, PostgreSQL and Mosquitto: a heartbeat each 30 s, parcels
 * in and out at a peak day's pace, each with its message to a phone. How long a fact waits between the cabinet's journal
 * and the cloud's signed word that it is committed, 200 ms of gathering included; then the broker is killed, and how long
 * it takes until everybody is back, knows what it is to know and has nothing unacknowledged. A fact lost fails both.
 * `factsPerSecond` is the mean of the whole run, in which the last parcels are still taken out when no new ones come.
 */
export const measure: Measure = async ({ short }) =>
  await withDatabase(names, async (database) => {
    const certificate = await makeCertificate()
    const broker = certificate === undefined ? undefined : await startMosquitto(certificate)
    if (certificate === undefined || broker === undefined) return [{ notRun: `${names} (no openssl or Mosquitto)` }]
    const form = short ? tenth : peakDay
    try {
      const roles = ['http', 'ingest', 'worker']
      const tls = { certificate: certificate.file }
      const town = await openFleetTown({ database, broker, cabinets: form.cabinets, roles, tls })
      try {
        return await measureLoad({ town, database, broker }, form)
      } finally {
        await town.stop()
      }
    } finally {
      broker.stop()
      certificate.remove()
    }
  })

interface Servers {
  readonly town: FleetTown
  readonly database: BenchDatabase
  readonly broker: Broker
}

interface Played {
  readonly facts: number
  readonly p50: number
  readonly p99: number
  readonly most: number
  readonly wallMs: number
  readonly lateMs: number
}

async function measureLoad({ town, database, broker }: Servers, form: Form): Promise<readonly Measured[]> {
  const { fleet, cloud } = town
  // Within one heartbeat, so that theirs are spread over it.
  await fleet.act('connect 30000')
  const before = spentBy(cloud.pid)
  const played = await fleet.act<Played>(`play ${form.factsPerSecond} ${form.seconds}`)
  const [after, brokerUse, behind] = [spentBy(cloud.pid), spentBy(broker.pid), await readBehind(database)]
  await broker.kill()
  await broker.start()
  const steadyMs = await fleet.act<number>('steady')
  const ends = await fleet.act<readonly JournalEnd[]>('ends')
  const lost = lostFacts(ends, await town.stored())
  await fleet.act('judge')
  if (lost > 0) throw new Error(`${lost} facts lost`)
  const beside = {
    links: form.cabinets,
    facts: played.facts,
    lost,
    factsPerSecond: rounded((played.facts / played.wallMs) * 1_000),
    p50Ms: rounded(played.p50),
    mostMs: rounded(played.most),
    /** How far the fleet itself fell behind its plan. */
    fleetLateMs: rounded(played.lateMs),
    cloudCpuShare: rounded((after.cpuMs - before.cpuMs) / played.wallMs),
    cloudMemoryMb: rounded(after.memoryMb),
    brokerMemoryMb: rounded(brokerUse.memoryMb),
    eventsBehind: behind,
  }
  const lag = against('load-lag', played.p99, 'ms', lagMostMs)
  const storm = against('load-storm', steadyMs, 'ms', steadyMostMs)
  return [
    { ...lag, figure: { ...lag.figure, ...beside } },
    {
      ...storm,
      figure: { ...storm.figure, links: form.cabinets, fleetMemoryMb: rounded(spentBy(fleet.pid).memoryMb) },
    },
  ]
}

/** What the slowest consumer of the outbox has still before it when the last fact is acknowledged. */
async function readBehind(database: BenchDatabase): Promise<number> {
  const [row] = await database.query<{ behind: number }>(
    `select max(behind)::int as behind from (
       select (select count(*) from outbox o where (o.tx, o.seq) > (c.tx, c.seq)) as behind from outbox_cursor c
       where c.name = 'parcels-facts') as each`,
  )
  return row?.behind ?? 0
}
