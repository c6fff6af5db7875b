import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'

describe('the configuration file', () => {
  const notices = {
    publicUrl: 'https://cloud.example',
    phone: { kind: 'tray', url: 'http://127.0.0.1:1/tray' },
    gatewaySecret: 'a secret of the gateway',
  }
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'))
  const file = (name: string, content: object): string => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('needs only a way to reach phones said: everything in one process, beside the file', async () => {
    const config = await loadConfig(file('empty.json', { notices }), {})
    expect(config).toMatchObject({ roles: ['http', 'ingest', 'worker'], http: { host: '127.0.0.1', port: 8080 } })
    expect(config.keysFile).toBe(join(folder, 'keys.json'))
    expect(config.database).toEqual({ directory: join(folder, 'database') })
  })

  it('lets the environment name the servers', async () => {
    const path = file('servers.json', { notices, database: { url: 'postgres://a/b' } })
    const config = await loadConfig(path, { databaseUrl: 'postgres://c/d', mqttUrl: 'mqtt://e' })
    expect([config.database.url, config.mqtt.url]).toEqual(['postgres://c/d', 'mqtt://e'])
    expect((await loadConfig(path, {})).database.url).toBe('postgres://a/b')
  })

  it('refuses what it does not know', async () => {
    await expect(loadConfig(file('odd.json', { notices, htp: {} }), {})).rejects.toMatchObject({
      code: 'config-invalid',
    })
  })
})
