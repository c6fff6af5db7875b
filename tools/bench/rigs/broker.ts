import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Broker {
  readonly url: string
  stop(): void
}

const programs = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto']

/**
 * A Mosquitto of our own, set as docs for deployment ask: without `set_tcp_nodelay` one order in five waits 40 ms in
 * the broker for the acknowledgement of the message before. Undefined where there is none on this machine.
 */
export async function startMosquitto(): Promise<Broker | undefined> {
  const program = programs.find((path) => existsSync(path))
  if (program === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mosquitto-'))
  const port = await freePort()
  const config = join(folder, 'mosquitto.conf')
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n`)
  const child = spawn(program, ['-c', config], { stdio: 'ignore' })
  const stop = (): void => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  for (let tries = 50; tries > 0; tries -= 1) {
    if (await answers(port)) return { url: `mqtt://127.0.0.1:${port}`, stop }
    await sleep(100)
  }
  stop()
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

function freePort(): Promise<number> {
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
