import { join } from 'node:path'
import {
  cabinets,
  type CabinetKey,
  cabinetKeys,
  carrier,
  complaintPhone,
  couriers,
  manager,
  operator,
  retentionHours,
  zone,
} from './people.ts'
import type { Kept } from './secrets.ts'
import { writeWhole } from './shelf.ts'

export interface ConfigGiven {
  /** The town's own folder. */
  readonly folder: string
  readonly kept: Kept
  /** Folder of the built apps. */
  readonly apps: string
  /** Real servers, where the environment names some. */
  readonly databaseUrl: string | undefined
  readonly mqttUrl: string | undefined
  /** How real phones reach it, where they may. */
  readonly phoneUrl: string | undefined
}

export interface ConfigFiles {
  readonly cloud: string
  readonly inbox: string
  readonly terminals: Readonly<Record<CabinetKey, string>>
}

const local = (port: number): string => `http://127.0.0.1:${port}`

/** Writes one file for each program of the town, the same kind that a real deployment is started from. */
export function writeConfigs(given: ConfigGiven): ConfigFiles {
  const { folder, kept } = given
  const write = (name: string, config: unknown): string => {
    const path = join(folder, name)
    writeWhole(path, config)
    return path
  }
  const inbox = { port: kept.ports.inbox, store: join(folder, 'inbox'), api: local(kept.ports.cloud) }
  return {
    cloud: write('cloud.json', cloudConfig(given)),
    inbox: write('inbox.json', { ...inbox, apiKey: kept.apiKey }),
    terminals: {
      north: write('north.json', terminalConfig(given, 'north')),
      library: write('library.json', terminalConfig(given, 'library')),
    },
  }
}

function cloudConfig({ folder, kept, apps, databaseUrl, mqttUrl, phoneUrl }: ConfigGiven): unknown {
  const { ports, gatewaySecret } = kept
  const tray = { kind: 'tray', url: `${local(ports.page)}/tray` }
  return {
    http: { port: ports.cloud },
    publicUrl: phoneUrl ?? local(ports.cloud),
    trustProxy: phoneUrl !== undefined,
    secureCookies: false,
    apps,
    keysFile: join(folder, 'keys.json'),
    database: databaseUrl === undefined ? { directory: join(folder, 'database') } : { url: databaseUrl },
    mqtt: mqttUrl === undefined ? { listen: { port: ports.broker } } : { url: mqttUrl },
    // The README speaks English: so do idle kiosks, until somebody chooses.
    cabinets: { locales: ['en', 'zh', 'ko'] },
    // The page's own message tray is the phone: a text stands there at once, whoever has the app open.
    notices: {
      publicUrl: local(ports.cloud),
      phone: tray,
      voice: tray,
      slip: tray,
      email: tray,
      gatewaySecret,
      app: 'beside',
    },
    carriers: { source: local(ports.cloud), allowLoopback: true },
    bootstrap: bootstrap(kept),
  }
}

const bootstrap = ({ apiKey, claimTokens }: Kept): unknown => ({
  operator,
  staff: [{ ...manager, role: 'manager' }],
  carriers: [{ ...carrier, apiKeys: [apiKey] }],
  couriers: couriers.map((courier) => ({ ...courier, carriers: [carrier.code] })),
  cabinets: cabinetKeys.map((key) => {
    const { id, name, siteName, address, layout } = cabinets[key]
    const place = { id, name, siteName, address, zone, retentionHours, complaintPhone, layout }
    return { ...place, claimToken: claimTokens[key] }
  }),
})

function terminalConfig({ folder, kept, apps }: ConfigGiven, key: CabinetKey): unknown {
  const ports = kept.ports[key]
  const { family, layout } = cabinets[key]
  const lines = new Set(layout.compartments.map(({ lock }) => lock.line))
  return {
    store: join(folder, key),
    cloud: local(kept.ports.cloud),
    claimToken: kept.claimTokens[key],
    // Through the cable that the town page can cut, whatever address enrolment told.
    broker: `mqtt://127.0.0.1:${ports.cable}`,
    lines: [...lines].map((name) => ({ name, family, at: { tcp: { host: '127.0.0.1', port: ports.boards } } })),
    scanner: { virtual: ports.scanner },
    kiosk: { port: ports.kiosk, static: join(apps, 'kiosk') },
  }
}
