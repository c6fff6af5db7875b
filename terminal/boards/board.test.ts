import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryLine, serveSerialLine, serveTcpLine } from './bench.ts'
import { describeBoardContract, type Way } from './board.contract.ts'
import { createFakeClock } from './line/clock.fake.ts'
import { createMonotonicClock } from './line/clock.ts'
import { openSerial } from './line/serial.ts'
import { dialTcp } from './line/tcp.ts'
import { familyNames } from './registry.ts'

function overMemory(): Way {
  const clock = createFakeClock()
  return {
    name: 'memory',
    clock,
    connect: (options) => Promise.resolve(createMemoryLine({ ...options, clock })),
    pass: async (promise) => {
      let done = false
      const settled = promise.finally(() => {
        done = true
      })
      settled.catch(() => {})
      for (let ms = 0; ms < 5_000 && !done; ms += 5) await clock.advance(5)
      return settled
    },
  }
}

const clock = createMonotonicClock()
const pass = <Value>(promise: Promise<Value>): Promise<Value> => promise

const overTcp: Way = {
  name: 'TCP',
  clock,
  connect: async (options) => {
    const { port, stop } = await serveTcpLine({ ...options, clock })
    return { open: dialTcp('127.0.0.1', port), stop }
  },
  pass,
}

const overPty: Way = {
  name: 'a pty pair',
  ...(spawnSync('socat', ['-V']).status === 0 ? {} : { missing: 'socat not found' }),
  clock,
  connect: async (options) => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-pty-'))
    const [near, far] = [join(folder, 'near'), join(folder, 'far')]
    const socat = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], { stdio: 'ignore' })
    const gone = new Promise((resolve) => socat.once('exit', resolve))
    await untilThere([near, far])
    const served = await serveSerialLine({ ...options, clock }, far)
    return {
      open: openSerial(near, 9_600),
      stop: async () => {
        await served.stop()
        socat.kill()
        await gone
        rmSync(folder, { recursive: true })
      },
    }
  },
  pass,
}

async function untilThere(paths: readonly string[]): Promise<void> {
  while (!paths.every((path) => existsSync(path))) await new Promise((resolve) => setImmediate(resolve))
}

for (const family of familyNames) {
  describeBoardContract(family, overMemory())
  describeBoardContract(family, overTcp)
  describeBoardContract(family, overPty)
}
