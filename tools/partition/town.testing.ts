import { startReceiver } from '@holdfast/cloud/carriers/carriers.testing.ts'
import { startTray } from '@holdfast/cloud/journeys/town.testing.ts'
import { openBenchDatabase } from '../bench/cycles/database.ts'
import { startMosquitto } from '../bench/rigs/broker.ts'
import { type FaultProxy, openFaultProxy } from './proxy.ts'
import { openRealTown } from './real.testing.ts'

export const links = ['cabinet-broker', 'broker-cloud', 'cloud-database', 'cloud-sms', 'cloud-webhook'] as const
export type Link = (typeof links)[number]

export const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export type PartitionTown = Exclude<Awaited<ReturnType<typeof openPartitionTown>>, string>

/** The real programs, Mosquitto and PostgreSQL, a fault proxy on each link between them; or why not. */
export async function openPartitionTown(server: string) {
  const broker = await startMosquitto()
  if (broker === undefined) return 'no Mosquitto'
  const database = await openBenchDatabase(server)
  if (database === undefined) {
    broker.stop()
    return `no PostgreSQL at ${server}`
  }
  const tray = await startTray()
  const receiver = await startReceiver(() => ({ status: 200 }))
  const between = async (url: string): Promise<FaultProxy> => {
    const { hostname: host, port } = new URL(url)
    return await openFaultProxy({ host, port: Number(port === '' ? 5432 : port) }, clock)
  }
  const proxies: Readonly<Record<Link, FaultProxy>> = {
    'cabinet-broker': await between(broker.url),
    'broker-cloud': await between(broker.url),
    'cloud-database': await between(database.url),
    'cloud-sms': await between(tray.url),
    'cloud-webhook': await between(receiver.url),
  }
  const through = (link: Link, url: string): string => {
    const other = new URL(url)
    other.hostname = '127.0.0.1'
    other.port = String(proxies[link].port)
    return other.href
  }
  const town = await openRealTown({
    database: through('cloud-database', database.url),
    mqtt: through('broker-cloud', broker.url),
    cabinets: through('cabinet-broker', broker.url),
    tray: through('cloud-sms', tray.url),
    webhook: through('cloud-webhook', receiver.url),
  })
  const stop = async (): Promise<void> => {
    for (const proxy of Object.values(proxies)) proxy.heal()
    await town.stop()
    for (const proxy of Object.values(proxies)) await proxy.stop()
    await tray.close()
    await receiver.close()
    await database.drop()
    broker.stop()
  }
  return { ...town, proxies, tray, receiver, database, stop }
}
