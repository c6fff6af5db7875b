import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findParts, missingParts, onPath } from './parts.ts'

let beside = ''
let server: Server
let port = 0

beforeAll(async () => {
  beside = mkdtempSync(join(tmpdir(), 'holdfast-parts-'))
  mkdirSync(join(beside, 'clone'))
  server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.close()
  rmSync(beside, { recursive: true, force: true })
})

const nowhere = { TEST_DATABASE_URL: 'postgres://127.0.0.1:1/town', TEST_MQTT_URL: 'mqtt://127.0.0.1:1' }

describe('the optional parts of a test run', () => {
  it('are named when they are missing', async () => {
    const parts = await findParts(join(beside, 'clone'), nowhere)
    expect(missingParts(parts)).toEqual(['PostgreSQL', 'Mosquitto', '../shared/data', 'socat'])
  })

  it('are used where they answer', async () => {
    const TEST_MQTT_URL = `mqtt://127.0.0.1:${port}`
    const parts = await findParts(join(beside, 'clone'), { ...nowhere, TEST_MQTT_URL })
    expect(parts.mqtt).toBe(TEST_MQTT_URL)
    expect(missingParts(parts)).not.toContain('Mosquitto')
  })

  it('are found beside the clone and on the path', async () => {
    mkdirSync(join(beside, 'shared/data'), { recursive: true })
    writeFileSync(join(beside, 'socat'), '')
    const parts = await findParts(join(beside, 'clone'), { ...nowhere, PATH: `/nowhere:${beside}` })
    expect(missingParts(parts)).toEqual(['PostgreSQL', 'Mosquitto'])
    expect(onPath('socat', beside)).toBe(join(beside, 'socat'))
  })
})
