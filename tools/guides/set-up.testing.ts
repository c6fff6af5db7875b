import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { endpointCreated } from '@holdfast/wire/http/carriers.ts'
import { carrierDeskSchema, keyCreated } from '@holdfast/wire/http/desk/carriers.ts'
import { type Caller, createCaller } from '../demo/actors/caller.ts'
import { openInbox, type Received } from '../demo/receivers/inbox.ts'
import { bundle } from '../setup/bundle.mjs'
import { commandsIn } from './commands.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const guide = (name: string): string => readFileSync(join(root, 'docs/guides', name), 'utf8')

/** What the page writes for hosts that its reader has, and what stands in for them here. */
const guideCloud = 'https://locker.example'
const guideHook = 'https://hooks.carrier.example/holdfast'

export interface SetUp {
  /** The line that the cloud prints where nobody has an account, with its own address in the guide's place. */
  readonly printed: string
  /** Whole answers of the guide's commands, in their order. */
  readonly answers: readonly unknown[]
  readonly received: readonly Received[]
  /** From the key in the carrier's hand to the first webhook that verifies. */
  readonly keyToWebhookMs: number
}

/** Everything that the page says, in its order, on a cloud of its own; people's reading is not in the time. */
export async function followSetUp(): Promise<SetUp> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-guide-'))
  const cloud = await startCloudProgram(folder)
  const inbox = await openInbox(0)
  try {
    const manager = await beginHouse(cloud)
    const carrier = await manager.ask(carrierDeskSchema, 'POST /v1/operator/carriers', { code: 'sf', name: 'SF' })
    const { key } = await manager.ask(keyCreated, `POST /v1/operator/carriers/${carrier.id}/keys`)
    const began = performance.now()
    const answers: unknown[] = []
    for (const { line } of commandsIn(guide('set-up.md'))) {
      const answer = await typed(line.replaceAll(guideCloud, cloud.url).replaceAll(guideHook, inbox.url), key)
      if (Value.Check(endpointCreated, answer)) inbox.trust(answer.secret)
      answers.push(answer)
    }
    await arrived(inbox)
    const keyToWebhookMs = performance.now() - began
    const printed = cloud.printed.replace(cloud.url, guideCloud)
    return { printed, answers, received: inbox.received(), keyToWebhookMs }
  } finally {
    await inbox.stop()
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface CloudProgram {
  readonly url: string
  readonly printed: string
  stop(): Promise<void>
}

const readyLine = Type.Object({ url: Type.String() })

async function startCloudProgram(folder: string): Promise<CloudProgram> {
  const config = join(folder, 'cloud.json')
  writeFileSync(config, JSON.stringify(configIn(folder)))
  const child = spawn(process.execPath, [await bundle(root, 'cloud/main.ts'), config], {
    env: { ...process.env, DATABASE_URL: '', MQTT_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = await saidUntil(child, 'Nobody has an account')
  const ready: unknown = JSON.parse(lines.find((line) => line.includes('"ready"')) ?? 'null')
  return {
    url: Value.Parse(readyLine, ready).url,
    printed: lines.find((line) => line.startsWith('Nobody')) ?? '',
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The example's own, where a machine has none of the servers that it names, and hooks may be of this machine. */
const configIn = (folder: string): unknown => ({
  http: { port: 0 },
  secureCookies: false,
  keysFile: join(folder, 'keys.json'),
  database: { directory: join(folder, 'database') },
  mqtt: { listen: { port: 0 } },
  carriers: { allowLoopback: true },
  notices: {
    publicUrl: guideCloud,
    phone: { kind: 'tray', url: 'http://127.0.0.1:9/tray' },
    email: { kind: 'tray', url: 'http://127.0.0.1:9/tray' },
    gatewaySecret: 'at-least-16-characters',
  },
})

function saidUntil(child: ChildProcess, words: string): Promise<readonly string[]> {
  let output = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(words) && output.endsWith('\n')) resolve(output.split('\n'))
    })
    child.once('exit', (code) => reject(new Error(`the cloud ended with ${code}:\n${output}`)))
  })
}

async function beginHouse({ url, printed }: CloudProgram): Promise<Caller> {
  const manager = createCaller(url)
  const token = printed.split('/welcome/')[1]?.trim()
  const first = { operatorName: 'Harbour Lockers', name: 'Ada Osei', email: 'ada@example.org' }
  const { status } = await manager.call('POST /v1/operator/welcome', { token, password: 'tide and lantern', first })
  if (status >= 300) throw new Error(`the printed link is answered ${status}`)
  return manager
}

/** In a shell, as the reader does it. */
async function typed(line: string, key: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, KEY: key } })
  return stdout === '' ? undefined : JSON.parse(stdout)
}

function arrived(inbox: Awaited<ReturnType<typeof openInbox>>): Promise<void> {
  const isHere = (): boolean => inbox.received().some(({ verified }) => verified)
  return new Promise((resolve) => {
    const look = (): void => void (isHere() && resolve())
    inbox.subscribe(look)
    look()
  })
}
