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

  it('takes an empty variable for none', async () => {
    const path = file('named.json', { notices, database: { url: 'postgres://a/b' } })
    const config = await loadConfig(path, { databaseUrl: '', mqttUrl: '' })
    expect([config.database.url, config.mqtt.url]).toEqual(['postgres://a/b', undefined])
  })

  it.each([
    [
      'a variable that is no address, without repeating it',
      { databaseUrl: 'my secret' },
      /^DATABASE_URL is no address/,
    ],
    ['the other one', { mqttUrl: 'broker x y' }, /^MQTT_URL is no address/],
  ])('refuses %s', async (_name, overrides, words) => {
    const loading = loadConfig(file('fine.json', { notices }), overrides)
    await expect(loading).rejects.toMatchObject({ code: 'config-invalid', message: words })
  })

  it('names the file that is missing or is no JSON', async () => {
    const missing = join(folder, 'missing.json')
    const torn = join(folder, 'torn.json')
    writeFileSync(torn, '{"notices":')
    const refused = (path: string, why: string) => ({ code: 'config-invalid', message: `${path} ${why}` })
    await expect(loadConfig(missing, {})).rejects.toMatchObject(refused(missing, 'cannot be read (ENOENT)'))
    await expect(loadConfig(torn, {})).rejects.toMatchObject(refused(torn, 'is no JSON'))
  })

  it('refuses what it does not know', async () => {
    await expect(loadConfig(file('odd.json', { notices, htp: {} }), {})).rejects.toMatchObject({
      code: 'config-invalid',
    })
  })
})
