import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { defaultCodeCost } from '@holdfast/wire/seals/codes.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Clock } from './boards/line/clock.ts'
import { createBoards } from './boards/boards.ts'
import { openSerial } from './boards/line/serial.ts'
import { dialTcp } from './boards/line/tcp.ts'
import { openJournal } from './journal/open.ts'
import { openSqliteStore } from './journal/store.sqlite.ts'
import { createKiosk } from './kiosk/kiosk.ts'
import { createJack, type Jack, openInput } from './peripherals/jack.ts'
import { createScanner, type Scanner } from './peripherals/scanner.ts'
import { listenVirtualScanner } from './peripherals/virtual.ts'
import { createSystemClock } from './platform/clock.ts'
import { type Config, readConfig } from './platform/config.ts'
import { type Identity, keysToEnrol, loadIdentity, saveIdentity } from './platform/identity.ts'
import { createLog } from './platform/log.ts'
import { readIdentity } from './platform/parse-identity.ts'
import { createFileReserve } from './platform/reserve.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { connectMqtt } from './uplink/broker/link.ts'
import { enrol } from './uplink/enrol.ts'

/** Exit codes after sysexits.h: what a supervisor should do differs. Anything else is 70, a bug. */
const exitCodes: Readonly<Record<string, number>> = {
  usage: 64,
  'config-unreadable': 66,
  'config-invalid': 78,
  'claim-token-missing': 78,
  'unknown-lock': 78,
  'identity-broken': 65,
  'enrol-refused': 77,
  'enrol-unreachable': 75,
  'enrol-malformed': 76,
  'journal-busy': 75,
  'journal-disk-full': 74,
  'journal-failed': 74,
  'journal-broken': 65,
  'journal-not-durable': 74,
}

const usage = 'usage: terminal CONFIG.json'

interface Started {
  readonly terminal: Terminal
  /** With the boot's token: for the browser of this machine. */
  readonly kiosk: string
}

async function main(): Promise<Started> {
  const [path] = process.argv.slice(2)
  if (path === undefined) throw Object.assign(new Error(usage), { code: 'usage' })
  const config = readConfig(path)
  const seals = createNodeSeals()
  mkdirSync(config.store, { recursive: true, mode: 0o700 })
  chmodSync(config.store, 0o700)
  const clock = createSystemClock()
  const identity = readIdentity(await reached(config, seals, clock), config.codeCost ?? defaultCodeCost)
  const log = createLog(config.log ?? 'info', identity.cabinet)
  const store = await openSqliteStore(join(config.store, 'journal.sqlite'))
  const { keys, incarnation } = identity
  const scanner = await openScanner(config, clock)
  let kiosk = ''
  const terminal = await createTerminal({
    identity,
    clock,
    seals,
    journal: openJournal({ store, seals, keys, incarnation }),
    reserve: createFileReserve(join(config.store, 'reserve')),
    boards: (locks) => createBoards({ lines: config.lines, locks }, { clock }),
    network: { connect: connectMqtt(log, () => (seals.random(1)[0] ?? 0) / 255) },
    screens: [
      async (loop) => {
        const folder = config.kiosk.static ?? builtKiosk
        const more = { ...scanner, ...openJack(config, clock) }
        const screen = await createKiosk(loop, { clock, seals, log, port: config.kiosk.port, folder, ...more })
        kiosk = screen.url
        return screen
      },
    ],
    log,
  })
  return { terminal, kiosk }
}

const builtKiosk = fileURLToPath(new URL('../apps/dist/kiosk', import.meta.url))

const scannerBaud = 9_600

async function openScanner({ scanner: at }: Config, clock: Clock): Promise<{ readonly scanner?: Scanner }> {
  if (at === undefined) return {}
  if ('virtual' in at) return { scanner: await listenVirtualScanner(at.virtual, clock) }
  const open = 'tcp' in at ? dialTcp(at.tcp.host, at.tcp.port) : openSerial(at.serial, at.baud ?? scannerBaud)
  return { scanner: createScanner(open, clock) }
}

const openJack = ({ jack: path }: Config, clock: Clock): { readonly jack?: Jack } =>
  path === undefined ? {} : { jack: createJack(openInput(path), clock) }

/** By the way that this site has to the broker. */
async function reached(config: Config, seals: Seals, clock: Clock): Promise<Identity> {
  const identity = await identified(config, seals, clock)
  const { broker: url } = config
  return url === undefined ? identity : { ...identity, mqtt: { ...identity.mqtt, url } }
}

/** The key pair is on the disk before the cloud hears of it: a reply that is lost can be asked for again. */
async function identified(config: Config, seals: Seals, clock: Clock): Promise<Identity> {
  const known = loadIdentity(config.store)
  if (known !== undefined) return known
  const claimToken = process.env['HOLDFAST_CLAIM_TOKEN'] ?? config.claimToken
  if (claimToken === undefined) {
    throw Object.assign(new Error('claim-token-missing: this cabinet never enrolled'), { code: 'claim-token-missing' })
  }
  const keys = keysToEnrol(config.store, () => seals.generate('p256'))
  const given = await enrol({ fetch, cloud: config.cloud, claimToken, keys, clock })
  const secrets = { codeKey: base64FromBytes(seals.random(32)), codeSalt: base64FromBytes(seals.random(16)) }
  const identity: Identity = { ...given, keys, ...secrets }
  saveIdentity(config.store, identity)
  return identity
}

function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  console.error(error instanceof Error && code in exitCodes ? error.message : error)
  // What was opened before it failed would keep the process alive.
  process.exit(exitCodes[code] ?? 70)
}

main().then(({ terminal, kiosk }) => {
  console.log(JSON.stringify({ ready: true, cabinet: terminal.loop.id, kiosk }))
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    terminal.stop().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}, fail)
