import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { whenGone } from './program.ts'

export interface Broker {
  /** Of the one that runs now. */
  readonly pid: number
  readonly url: string
  /** Where it listens with TLS; empty where no certificate was given. */
  readonly tlsUrl: string
  /** Ended at once, and another in its place that remembers nothing of it. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): void
}

export interface Certificate {
  readonly file: string
  readonly keyFile: string
  remove(): void
}

/** Of this machine for one run, P-256 as most brokers' now; undefined where there is no openssl. */
export async function makeCertificate(): Promise<Certificate | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-certificate-'))
  const [file, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile]
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    await run('openssl', ['req', '-x509', ...key, '-days', '2', '-out', file, ...name])
    return { file, keyFile, remove }
  } catch {
    remove()
    return undefined
  }
}

const run = promisify(execFile)
/** For the one subscriber that hears thousands of cabinets: by itself it has 20 under way, and drops what is behind 1,000. */
const room = ['max_inflight_messages 1000', 'max_queued_messages 100000']
const programs = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto']

/**
 * A Mosquitto of our own, set as docs for deployment ask: without `set_tcp_nodelay` one order in five waits 40 ms in
 * the broker for the acknowledgement of the message before. Undefined where there is none on this machine.
 */
export async function startMosquitto(certificate?: Certificate): Promise<Broker | undefined> {
  const program = programs.find((path) => existsSync(path))
  if (program === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mosquitto-'))
  const port = await freePort()
  const config = join(folder, 'mosquitto.conf')
  const tlsPort = certificate === undefined ? undefined : await freePort()
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'set_tcp_nodelay true', ...room]
  if (certificate !== undefined)
    lines.push(`listener ${tlsPort} 127.0.0.1`, `certfile ${certificate.file}`, `keyfile ${certificate.keyFile}`)
  // A broker that root starts reads its key as another user.
  if (process.getuid?.() === 0) lines.unshift('user root')
  writeFileSync(config, `${lines.join('\n')}\n`)
  const begin = (): ChildProcess => {
    const begun = spawn(program, ['-c', config], { stdio: 'ignore' })
    begun.once('exit', whenGone('kill -9 "$1"; rm -rf "$2"', [String(begun.pid), folder]))
    return begun
  }
  let child = begin()
  const stop = (): void => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  const start = async (): Promise<void> => {
    child = begin()
    await untilAnswers(port)
  }
  try {
    await untilAnswers(port)
  } catch (error) {
    stop()
    throw error
  }
  const tlsUrl = tlsPort === undefined ? '' : `mqtts://127.0.0.1:${tlsPort}`
  return {
    get pid() {
      return child.pid ?? 0
    },
    url: `mqtt://127.0.0.1:${port}`,
    tlsUrl,
    kill,
    start,
    stop,
  }
}

async function untilAnswers(port: number): Promise<void> {
  for (let tries = 250; tries > 0; tries -= 1) {
    if (await answers(port)) return
    await sleep(20)
  }
  throw new Error('Mosquitto did not answer within five seconds')
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0)
      })
    })
  })
}
