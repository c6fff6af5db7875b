import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { manager } from './plan/people.ts'
import type { Places } from './plan/places.ts'
import { createProgress } from './say/progress.ts'
import { formatTable } from './say/table.ts'
import { type Ends, startTown, type Town } from './town.ts'
import { playTour } from './tour/tour.ts'

const usage = `Usage: npm start -- [--fresh] [--tour] [--folder DIR] [--any-ports] [--lan]

  --fresh      empties the town first
  --tour       plays the life of a parcel by itself, prints a summary and ends
  --folder     where the town keeps everything; .town in the repository unless told
  --any-ports  the system chooses the ports of a new town
  --lan        lets real phones in your network in, over HTTPS with a certificate made on the spot

DATABASE_URL (PostgreSQL 15 or newer) and MQTT_URL (an MQTT 3.1.1 broker) take the place of the embedded ones.`

const townFolder = fileURLToPath(new URL('../../.town', import.meta.url))
const { stdout } = process
const progress = createProgress(
  {
    isTTY: stdout.isTTY,
    get columns() {
      return stdout.columns ?? 100
    },
    write: (text) => void stdout.write(text),
  },
  Date.now,
)
const ends: Ends = { stops: [], kills: [] }

/** Once in order; asked again, at once. */
let stopping: Promise<void> | undefined
async function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const end of ends.stops.toReversed()) await end().catch((error: unknown) => progress.say(String(error)))
  })()
  await stopping
}

function interrupted(): void {
  if (stopping !== undefined) {
    for (const kill of ends.kills) kill()
    process.exit(130)
  }
  progress.say('\nStopping the town …')
  void stop().then(() => {
    progress.say('The town has stopped; `npm start` brings it back as it was.')
    process.exit(0)
  })
}

async function run(): Promise<number | undefined> {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      tour: { type: 'boolean', default: false },
      'any-ports': { type: 'boolean', default: false },
      lan: { type: 'boolean', default: false },
      folder: { type: 'string', default: townFolder },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  // The parts read their config files: there the town has written which engines it uses, and how.
  const { DATABASE_URL: databaseUrl, MQTT_URL: mqttUrl, ...env } = process.env
  const town = await startTown(
    {
      folder: resolve(values.folder),
      fresh: values.fresh,
      anyPorts: values['any-ports'],
      lan: values.lan,
      databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
      mqttUrl: mqttUrl === '' ? undefined : mqttUrl,
      env,
      progress,
    },
    ends,
  )
  progress.say(whereTable(town))
  for (const words of town.phoneWords) progress.say(words)
  if (!values.tour) return undefined
  const code = await playTour(town.places, progress)
  await stop()
  return code
}

function whereTable({ places, engines }: Town): string {
  const { page, cloud, kiosks }: Places = places
  return [
    '\nThe town is running.\n',
    formatTable(
      [
        ['Town page', page, 'start here: everything is linked from it'],
        ['Courier app', `${cloud}/courier/`, ''],
        ['Recipient app', `${cloud}/recipient/`, ''],
        ['Operator', `${cloud}/operator/`, `${manager.email} · ${manager.password}`],
        ['Kiosk North Gate', kiosks.north, ''],
        ['Kiosk Library', kiosks.library, ''],
        ['HTTP interface', `${cloud}/openapi.json`, ''],
        ['Engines', engines, ''],
      ].map((row) => ['', ...row]),
    ),
    '\nCtrl-C stops it.\n',
  ].join('\n')
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupted)

run().then(
  (code) => {
    if (code !== undefined) process.exit(code)
  },
  async (error: unknown) => {
    if (stopping !== undefined) return
    const known = error instanceof Error && 'code' in error
    console.error(known ? error.message : error)
    await stop()
    process.exit(1)
  },
)
