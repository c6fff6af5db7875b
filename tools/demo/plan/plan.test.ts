import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { portOf } from '../street/ports.ts'
import { type ConfigGiven, writeConfigs } from './configs.ts'
import { clearGround } from './ground.ts'
import { type Places, isAlive, openPlaces } from './places.ts'
import { type Kept, recallTown } from './secrets.ts'

let folder: string
const servers: Server[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-plan-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed))
  rmSync(folder, { recursive: true, force: true })
})

async function takes(port: number): Promise<number> {
  const server = createServer((_request, response) => void response.end('a town'))
  servers.push(server)
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  return portOf(server)
}
const portsOf = ({ ports }: Kept): readonly number[] =>
  Object.values(ports).flatMap((one) => (typeof one === 'number' ? one : Object.values(one)))

describe('what a town remembers', () => {
  it('is drawn once, kept from others’ eyes, and the same at the next start', async () => {
    const { kept } = await recallTown(folder, true)
    const again = await recallTown(folder, true)
    expect(again).toEqual({ kept, moved: [] })
    expect(statSync(join(folder, 'town.json')).mode & 0o077).toBe(0)
    expect(kept.claimTokens.north).not.toBe(kept.claimTokens.library)
    expect(new Set(portsOf(kept)).size).toBe(12)
  })

  it('moves a port that another program took, says so, and moves no other', async () => {
    const { kept } = await recallTown(folder, true)
    await takes(kept.ports.cloud)
    const next = await recallTown(folder, false)
    expect(next.moved).toEqual([`port ${kept.ports.cloud} is in use: the cloud listens on ${next.kept.ports.cloud}`])
    expect(next.kept.apiKey).toBe(kept.apiKey)
    expect(new Set(portsOf(next.kept)).size).toBe(12)
    expect({ ...next.kept.ports, cloud: 0 }).toEqual({ ...kept.ports, cloud: 0 })
  })

  it('is drawn anew where the file is torn', async () => {
    const { kept } = await recallTown(folder, true)
    writeFileSync(join(folder, 'town.json'), readFileSync(join(folder, 'town.json'), 'utf8').slice(0, 40))
    expect((await recallTown(folder, true)).kept.apiKey).not.toBe(kept.apiKey)
  })
})

describe('the programs’ configs', () => {
  const given = async (change: Partial<ConfigGiven> = {}): Promise<Record<string, Record<string, unknown>>> => {
    const { kept } = await recallTown(folder, true)
    const none = { databaseUrl: undefined, mqttUrl: undefined, phoneUrl: undefined }
    const files = writeConfigs({ folder, kept, apps: '/apps', ...none, ...change })
    const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'))
    return { cloud: read(files.cloud), inbox: read(files.inbox), north: read(files.terminals.north) }
  }

  it('name the embedded engines, and the real ones where there are some', async () => {
    const embedded = await given()
    expect(embedded['cloud']).toMatchObject({ database: { directory: join(folder, 'database') }, trustProxy: false })
    const real = await given({ databaseUrl: 'postgres://x', mqttUrl: 'mqtt://y', phoneUrl: 'https://10.0.0.2:4643' })
    expect(real['cloud']).toMatchObject({
      database: { url: 'postgres://x' },
      mqtt: { url: 'mqtt://y' },
      publicUrl: 'https://10.0.0.2:4643',
      trustProxy: true,
    })
  })

  it('give inbox and terminals what the cloud is told of them, and lead each terminal through its own cable', async () => {
    const { cloud, inbox, north } = await given()
    const text = JSON.stringify(cloud)
    expect(text).toContain(String(inbox?.['apiKey']))
    expect(text).toContain(String(north?.['claimToken']))
    expect(north?.['broker']).not.toBe(JSON.stringify(cloud?.['mqtt']))
    expect(north?.['cloud']).toBe(inbox?.['api'])
    for (const name of ['cloud.json', 'inbox.json', 'north.json'])
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
  })
})

describe('the ground of a town', () => {
  const places = (change: Partial<Places>): Places => ({
    pid: process.pid,
    parts: [],
    page: 'http://127.0.0.1:9/',
    cloud: '',
    inbox: '',
    apiKey: '',
    gatewaySecret: '',
    kiosks: { north: '', library: '' },
    ...change,
  })
  const clear = async (fresh: boolean): Promise<readonly string[]> => {
    const said: string[] = []
    await clearGround(folder, fresh, (line) => said.push(line))
    return said
  }

  it('is not cleared under a town that runs', async () => {
    const page = `http://127.0.0.1:${await takes(0)}/`
    openPlaces(folder).write(places({ page }))
    await expect(clear(true)).rejects.toMatchObject({ code: 'town-running', message: expect.stringContaining(page) })
    expect(existsSync(folder)).toBe(true)
  })

  it('is free where the town’s process is gone, or another program has its number', async () => {
    openPlaces(folder).write(places({ pid: 2 ** 22 + 1 }))
    expect(await clear(false)).toEqual([])
    openPlaces(folder).write(places({}))
    expect(await clear(false)).toEqual([])
  })

  it('is emptied only of what a town made', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'my only copy')
    await expect(clear(true)).rejects.toMatchObject({ code: 'no-town' })
    expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('my only copy')
    writeFileSync(join(folder, 'town.json'), '{}')
    await clear(true)
    expect(existsSync(folder)).toBe(false)
    expect(await clear(true)).toEqual([])
  })

  it('knows who is alive', () => {
    expect([isAlive(process.pid), isAlive(2 ** 22 + 1)]).toEqual([true, false])
  })
})
