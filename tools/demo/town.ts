import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApps } from '../../apps/build/build.ts'
import { townMessage, type TownState } from '@holdfast/wire/town/town.ts'
import Type from 'typebox'
import { createGateway } from './page/gateway.ts'
import { serveTownPage, type TownPage } from './page/server.ts'
import { createTray, type Tray } from './page/tray.ts'
import { openDoor, wordsFor } from './lan/door.ts'
import { type Parts, startParts } from './parts/parts.ts'
import { announceLabels } from './plan/announce.ts'
import { type ConfigGiven, writeConfigs } from './plan/configs.ts'
import { clearGround } from './plan/ground.ts'
import { labels, townPeople } from './plan/people.ts'
import { openPlaces, type Places } from './plan/places.ts'
import { openTownSchema } from './plan/schema.ts'
import { type Kept, recallTown } from './plan/secrets.ts'
import { openShelf } from './plan/shelf.ts'
import type { Progress } from './say/progress.ts'
import { openStreet, type Street } from './street/street.ts'

export interface TownOptions {
  /** Everything that the town keeps. */
  readonly folder: string
  readonly fresh: boolean
  /** The system chooses all ports, for a town that is started beside others. */
  readonly anyPorts: boolean
  /** Real phones come in over HTTPS. */
  readonly lan: boolean
  /** PostgreSQL and MQTT broker to use in place of the embedded ones. */
  readonly databaseUrl: string | undefined
  readonly mqttUrl: string | undefined
  /** What its programs get as environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
}

export interface Town {
  readonly places: Places
  /** For everything a person wants to know, in rows of name and address. */
  readonly engines: string
  /** For a terminal: what a phone scans. */
  readonly phoneWords: readonly string[]
}

/** What is to be ended, in the order of its beginning. */
export interface Ends {
  readonly stops: (() => Promise<void>)[]
  readonly kills: (() => void)[]
}

const appsFolder = fileURLToPath(new URL('../../apps/dist', import.meta.url))

/** Starts everything, street first and screens last. Whatever has begun stands in `ends`, also when it fails. */
export async function startTown(options: TownOptions, ends: Ends): Promise<Town> {
  const { folder, progress } = options
  await clearGround(folder, options.fresh, progress.say)
  await buildScreens(progress)
  const { kept, moved } = await recallTown(folder, options.anyPorts)
  for (const words of moved) progress.say(words)
  const places = openPlaces(folder)
  const databaseUrl = options.databaseUrl && (await openTownSchema(options.databaseUrl, options.fresh))
  const door = options.lan ? await openDoor({ folder, to: kept.ports.cloud, port: 4643 }) : undefined
  if (door !== undefined) ends.stops.push(door.stop)
  const given = { folder, kept, apps: appsFolder, databaseUrl, mqttUrl: options.mqttUrl, phoneUrl: door?.url }

  const street = await openStreet({ folder, ports: kept.ports, broker: brokerOf(kept, options.mqttUrl) })
  ends.stops.push(street.stop)
  const held: Held = { street, tray: openTray(folder), parts: undefined, phoneUrl: door?.url }
  const page = await openPage(held, kept)
  ends.stops.push(page.stop)
  street.subscribe(page.changed)
  held.tray.subscribe(page.changed)

  const engines = enginesOf(given)
  const step = progress.begin('Starting the programs')
  const written = (): void => {
    if (held.parts !== undefined) places.write(placesOf(kept, page, held.parts))
  }
  await startParts({
    folder,
    engines,
    configs: writeConfigs(given),
    env: options.env,
    say: progress.say,
    starting: (names) => step.update(names.join(', ')),
    begun: (parts) => {
      held.parts = parts
      ends.stops.push(parts.stop)
      ends.kills.push(parts.kill)
    },
    changed: () => {
      written()
      page.changed()
    },
  }).catch((error: unknown) => {
    step.failed('')
    throw error
  })
  await announceLabels(kept)
  step.done(engines)
  if (held.parts === undefined) throw new Error('started without parts')
  written()
  return { places: placesOf(kept, page, held.parts), engines, phoneWords: await wordsFor(door) }
}

interface Held {
  readonly street: Street
  readonly tray: Tray
  parts: Parts | undefined
  readonly phoneUrl: string | undefined
}

async function buildScreens(progress: Progress): Promise<void> {
  const step = progress.begin('Building the screens')
  const apps = await buildApps({
    onProgress: (app, status) => {
      if (status === 'building') step.update(app)
    },
  }).catch((error: unknown) => {
    step.failed('')
    throw error
  })
  const built = apps.filter(({ status }) => status === 'built').length
  step.done(built === 0 ? `${apps.length} unchanged` : `${built} built, ${apps.length - built} unchanged`)
}

/** A message that was taken over is on disk before the cloud hears so. */
function openTray(folder: string): Tray {
  const shelf = openShelf(join(folder, 'tray.json'), Type.Array(townMessage))
  const tray = createTray(Date.now, shelf.read() ?? [])
  tray.subscribe(() => shelf.write([...tray.messages()]))
  return tray
}

async function openPage(held: Held, kept: Kept): Promise<TownPage> {
  const api = cloudOf(kept)
  const gateway = createGateway({ api, secret: kept.gatewaySecret, now: Date.now, drawId: () => crypto.randomUUID() })
  return await serveTownPage({
    port: kept.ports.page,
    folder: join(appsFolder, 'town'),
    state: () => stateOf(held, kept),
    acts: {
      ...held.street.acts,
      reply: async ({ to, text }) => await gateway.reply(to, text),
      tray: ({ id, channel, to, text }) => {
        held.tray.receive({ id, channel, to, text })
        return true
      },
    },
  })
}

function stateOf({ street, tray, parts, phoneUrl }: Held, kept: Kept): TownState {
  const api = cloudOf(kept)
  const kiosks = parts?.kiosks()
  return {
    links: [
      ...['courier', 'recipient', 'operator'].map((name) => ({ name, url: `${api}/${name}/` })),
      { name: 'openapi', url: `${api}/openapi.json` },
    ],
    phones:
      phoneUrl === undefined ? [] : ['courier', 'recipient'].map((name) => ({ name, url: `${phoneUrl}/${name}/` })),
    people: [...townPeople(kept.apiKey)],
    labels: labels.map(({ trackingNumber, note }) => ({ trackingNumber, note })),
    parts: [...(parts?.view() ?? [])],
    cabinets: street.view().map((cabinet) => ({
      ...cabinet,
      kioskUrl: (cabinet.key === 'north' ? kiosks?.north : kiosks?.library) ?? null,
    })),
    messages: [...tray.messages()],
    webhooks: (parts?.received() ?? []).toReversed(),
  }
}

function placesOf(kept: Kept, page: TownPage, parts: Parts): Places {
  const { north, library } = parts.kiosks()
  return {
    pid: process.pid,
    parts: [...parts.pids()],
    page: page.url,
    cloud: cloudOf(kept),
    inbox: `http://127.0.0.1:${kept.ports.inbox}/holdfast`,
    apiKey: kept.apiKey,
    gatewaySecret: kept.gatewaySecret,
    kiosks: { north: north ?? '', library: library ?? '' },
  }
}

const cloudOf = ({ ports }: Kept): string => `http://127.0.0.1:${ports.cloud}`

function brokerOf({ ports }: Kept, mqttUrl: string | undefined): { readonly host: string; readonly port: number } {
  if (mqttUrl === undefined) return { host: '127.0.0.1', port: ports.broker }
  const { hostname, port } = new URL(mqttUrl)
  return { host: hostname, port: Number(port === '' ? '1883' : port) }
}

const enginesOf = ({ databaseUrl, mqttUrl }: ConfigGiven): string =>
  `${databaseUrl === undefined ? 'embedded PGlite' : 'PostgreSQL'} · ${mqttUrl === undefined ? 'embedded broker' : 'MQTT broker'}`
