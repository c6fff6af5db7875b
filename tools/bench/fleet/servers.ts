import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../setup/bundle.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The cloud as it is installed, in a process of its own. */
export interface CloudProcess {
  readonly pid: number
  readonly url: string
  /** From its start to the line that says it is ready. */
  readonly readyMs: number
  stop(): Promise<void>
}

/** `config` as in its one file, which lies beside the keys until `remove`. */
export function createCloudFolder(config: object) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-fleet-'))
  const file = join(folder, 'cloud.json')
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 })
  return {
    start: async (): Promise<CloudProcess> => await startCloudProcess(await bundle(root, 'cloud/main.ts'), file),
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  }
}

async function startCloudProcess(program: string, file: string): Promise<CloudProcess> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--enable-source-maps', program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await readyUrl(child)
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return { pid: child.pid ?? 0, url, readyMs: performance.now() - began, stop }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the cloud ended with ${code} before it was ready`)))
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{"ready"')) return
      const { url }: { url: string } = JSON.parse(line)
      resolve(url)
    })
  })
}

export interface Spent {
  readonly cpuMs: number
  readonly memoryMb: number
}

/** Kernel ticks are 10 ms on every Linux that Node runs on. */
const tickMs = 10

/** What a process has cost so far, and holds now; Linux only. */
export function spentBy(pid: number): Spent {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user = '0', system = '0'] = fields.slice(11, 13)
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
  return { cpuMs: (Number(user) + Number(system)) * tickMs, memoryMb: Number(resident) / 1024 }
}
