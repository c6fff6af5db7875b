import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { startBroker } from './embedded.ts'
import { linkContract } from './link.contract.ts'
import { matches } from './mqtt-link.ts'

const mosquittoPort = 1883

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

linkContract('aedes', () =>
  startBroker({ host: '127.0.0.1', port: 0, log: silentLog, authenticate: async () => ({ kind: 'cloud' }) }),
)

if (await answers(mosquittoPort)) {
  linkContract('Mosquitto', async () => ({ port: mosquittoPort, stop: async () => undefined }))
} else {
  process.stderr.write('not run: Mosquitto\n')
}

describe('a topic filter', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/+/c', 'a/b/c', true],
    ['a/+', 'a', false],
    ['a/#', 'a/b/c', true],
    ['a/#', 'b/a', false],
    ['#', 'a/b', true],
  ])('%s against %s: %s', (filter, topic, expected) => {
    expect(matches(filter, topic)).toBe(expected)
  })
})
