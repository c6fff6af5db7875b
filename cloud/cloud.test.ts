import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { eventually, scriptCabinet, testId, testLayout, testRequest } from './cabinets/cabinets.testing.ts'
import { type Cloud, type CloudGiven, startCloud } from './cloud.ts'
import { cloudConfig } from './config.ts'
import { parseConfig } from './platform/config.ts'
import { silentLog } from './platform/log.ts'
import { createMqttLink } from './platform/mqtt/mqtt-link.ts'
import { readySeed } from './platform/postgres/pglite.testing.ts'

const seals = createNodeSeals()
const claimToken = 'a-claim-token-of-the-demo'
const given: CloudGiven = { log: silentLog, seals }
describe('the cloud in one process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cloud-'))
  const config = parseConfig(
    cloudConfig,
    {
      logLevel: 'silent',
      http: { port: 0 },
      secureCookies: false,
      keysFile: join(folder, 'keys.json'),
      database: { directory: join(folder, 'database') },
      mqtt: { listen: { port: 0 } },
      people: { passwordCost: 16 },
      notices: {
        publicUrl: 'http://127.0.0.1:1',
        phone: { kind: 'tray', url: 'http://127.0.0.1:1/tray' },
        gatewaySecret: 'a secret of the gateway',
      },
      bootstrap: {
        operator: { name: 'Town Lockers' },
        staff: [{ name: 'Kim', email: 'kim@example.com', password: 'correct horse battery', role: 'manager' }],
        carriers: [{ code: 'sf', name: 'SF', apiKeys: ['hfk_1'] }],
        couriers: [{ phone: '+8613812345678', name: 'Li', carriers: ['sf'] }],
        cabinets: [{ ...testRequest(testLayout(4)), claimToken }],
      },
    },
    'test',
  )
  let cloud: Cloud
  let cookie = ''
  let enrolled: EnrolReply
  const key = seals.generate('p256')
  beforeAll(async () => {
    // A first start of its own takes seconds; db.test.ts has one.
    cpSync(await readySeed(), config.database.directory, { recursive: true })
    cloud = await startCloud(config, given)
  })
  afterAll(async () => {
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const call = async (method: string, path: string, body?: object) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return await fetch(cloud.url + path, { method, headers: { cookie, ...json }, redirect: 'manual', ...sent })
  }

  it('keeps its keys in a file that only it may read', () => {
    expect(statSync(config.keysFile).mode & 0o777).toBe(0o600)
  })

  it('lets the bootstrapped staff in, and shows the cabinet', async () => {
    const signedIn = await call('POST', '/v1/operator/sign-in', {
      email: 'kim@example.com',
      password: 'correct horse battery',
    })
    cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const list = await call('GET', '/v1/operator/cabinets')
    expect(await list.json()).toMatchObject({
      items: [{ name: 'Cabinet 1', enrolled: false, online: false, doors: 4 }],
    })
  })

  it('enrols over HTTP, for one key alone', async () => {
    const reply = await call('POST', '/v1/cabinets/enrol', { claimToken, publicKey: key.publicKey })
    expect(reply.status).toBe(201)
    enrolled = (await reply.json()) as EnrolReply
    const { publicKey } = seals.generate('p256')
    const again = await call('POST', '/v1/cabinets/enrol', { claimToken, publicKey })
    expect([again.status, await again.json()]).toMatchObject([409, { error: { code: 'claim-used' } }])
  })

  it('follows a cabinet over MQTT onto the live stream, and raises and ends an alert', async () => {
    const link = createMqttLink({
      url: enrolled.mqtt.url,
      clientId: enrolled.cabinet,
      credentials: enrolled.mqtt,
      log: silentLog,
    })
    await new Promise<void>((resolve) => {
      const stop = link.onState((state) => {
        if (state !== 'online') return
        stop()
        resolve()
      })
      if (link.state() === 'online') resolve()
    })
    const cabinet = await scriptCabinet({ seals, link, key }, enrolled)
    const stream = await call('GET', '/v1/live')
    let heard = ''
    const reader = stream.body?.getReader()
    const read = async (): Promise<void> => {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        heard += new TextDecoder().decode(part.value)
      }
    }
    void read()
    await eventually(() => heard.includes('retry'))
    const door = testId('compartment', 1000)
    const at = runningMs(0)
    await cabinet.beat()
    cabinet.write({ type: 'cabinetStarted', boot: 1, at }, { type: 'layoutTaken', layout: testLayout(4), at })
    cabinet.write({ type: 'doorOpened', door, cause: null, recovered: false, witness: 'leaf', at })
    await cabinet.sendFacts()
    await eventually(() => heard.includes('opened-without-cause') && heard.includes('"online":true'))
    expect(heard).toContain('event: compartment')
    const alerts = async () => await (await call('GET', '/v1/operator/alerts')).json()
    expect(await alerts()).toMatchObject({ items: [{ kind: 'opened-without-cause', door: { label: 'A01' } }] })
    cabinet.write({ type: 'doorShut', door, witness: 'leaf', at })
    cabinet.write({ type: 'compartmentInspected', compartment: door, seen: 'empty', by: testId('staff', 1) })
    await cabinet.sendFacts(4)
    await eventually(
      async () =>
        (await cloud.risks.openAlerts([readId('cabinet', enrolled.cabinet) ?? testId('cabinet', 0)])).size === 0,
    )
    await link.close()
    await reader?.cancel()
  })

  it('sends a phone on to the recipient’s app', async () => {
    const reply = await call('GET', '/k')
    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/recipient/'])
  })

  it('starts again on what it stored, with nothing put in twice', async () => {
    await cloud.stop()
    cloud = await startCloud(config, given)
    const list = await call('GET', '/v1/operator/cabinets')
    expect(await list.json()).toMatchObject({ items: [{ enrolled: true }] })
  })
})
