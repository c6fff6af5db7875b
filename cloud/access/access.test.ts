import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { days, minutes } from '@holdfast/core/values/instants.ts'
import { carrier, emptyPeople, httpOf, otherCarrier } from '../people/people.testing.ts'
import type { Http } from '../platform/http/http.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import {
  cabinet,
  challenge,
  compartment,
  deposit,
  id,
  li,
  nonce,
  readGrant,
  phonesAt,
  sceneOn,
  wang,
} from './access.testing.ts'
import { accessLimits } from './limits.ts'
import { takeScreen } from './screens.postgres.ts'

describe.each(await testEngines())('access on $name', (engine) => {
  let db: Db
  let scene: ReturnType<typeof sceneOn>
  let http: Http
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    await db.query('truncate access_screen')
    scene = sceneOn(db)
    http = await httpOf(scene, [...scene.access.routes, ...scene.people.routes])
  })
  afterEach(async () => await http.stop())

  const { enter, hired, post } = phonesAt(() => ({ scene, http }))
  const atKiosk = { cabinet, nonce }
  const pickup = { ...atKiosk, number: '07', deposit }

  it('shows a recipient what waits there, of their own phone only', async () => {
    const mine = await post('/v1/recipient/kiosk-scans', atKiosk, await enter('recipient'))
    expect(mine.body).toEqual({
      place: { cabinet, name: 'Gate 3', siteName: 'East', address: '1 Main Street', phone: '400' },
      online: true,
      deposits: [
        {
          deposit,
          door: { compartment, label: 'A07', size: 'M' },
          trackingNumbers: ['SF1'],
          carrierName: 'SF Express',
        },
      ],
    })
    const theirs = await post('/v1/recipient/kiosk-scans', atKiosk, await enter('recipient', wang))
    expect(theirs.body.deposits).toEqual([])
  })

  it('signs a pickup grant over nonce, number, door and epoch, and sends it to the cabinet', async () => {
    const { status, body } = await post('/v1/recipient/pickup-grants', pickup, await enter('recipient'))
    expect([status, body.sent, body.door]).toEqual([200, true, { compartment, label: 'A07', size: 'M' }])
    expect(readGrant(scene, body.grant)).toEqual({
      keyId: 1,
      ...challenge,
      action: 'pickup',
      deposit,
      compartment,
      epoch: 5,
    })
    expect(scene.town.told).toEqual([{ kind: 'grant', grant: body.grant }])
  })

  it('gives a screen to the first person who answers it, for all of their doors, and to nobody else', async () => {
    const [lis, wangs] = [await enter('recipient'), await enter('recipient', wang)]
    scene.town.waitsFor = [li, wang]
    const grants = '/v1/recipient/pickup-grants'
    const ask = async (cookie: string, at = nonce) => (await post(grants, { ...pickup, nonce: at }, cookie)).body
    expect([(await ask(lis)).sent, (await ask(lis)).sent]).toEqual([true, true])
    expect((await ask(wangs)).error).toMatchObject({ code: 'screen-taken', message: /again/ })
    expect(scene.town.told).toHaveLength(2)
    const other = nonce.replaceAll('0', '1')
    expect([(await ask(wangs, other)).sent, (await ask(lis, other)).error?.code]).toEqual([true, 'screen-taken'])
    scene.clock.advance(days(2))
    await scene.access.forget()
    expect(await db.query('select from access_screen')).toEqual([])
  })

  it('takes a screen that was scanned and not answered from nobody, nor one at another cabinet', async () => {
    const [lis, wangs] = [await enter('recipient'), await enter('recipient', wang)]
    scene.town.waitsFor = [wang]
    expect((await post('/v1/recipient/kiosk-scans', atKiosk, lis)).status).toBe(200)
    expect((await post('/v1/recipient/pickup-grants', pickup, lis)).body.error.code).toBe('nothing-waiting')
    expect((await post('/v1/recipient/pickup-grants', pickup, wangs)).status).toBe(200)
    expect(await takeScreen(scene.ports, { cabinet: id('cabinet', 2), nonce }, id('person', 9))).toBe(true)
  })

  it.each(['phone', 'message code'])('signs no courier in over a screen that another has answered: %s', async (way) => {
    const { cookie } = await hired()
    expect(await takeScreen(scene.ports, { cabinet, nonce }, id('person', 9))).toBe(true)
    if (way === 'phone') {
      const wish = { ...atKiosk, number: '07', carrier }
      return expect((await post('/v1/courier/kiosk-sign-ins', wish, cookie)).body.error.code).toBe('screen-taken')
    }
    await scene.ask('courier-code', { phone: li })
    const code = scene.codes.at(-1)?.code ?? ''
    expect(await scene.ask('courier-sign-in', { phone: li, code })).toEqual({ refusal: 'screen-taken' })
  })

  it('gives the grant to the phone alone while the cabinet is offline', async () => {
    scene.town.online = false
    const { status, body } = await post('/v1/recipient/pickup-grants', pickup, await enter('recipient'))
    expect([status, body.sent, readGrant(scene, body.grant)?.action]).toEqual([200, false, 'pickup'])
    expect(scene.town.told).toEqual([])
  })

  it("gives nobody another's parcel, and says the same where there is none", async () => {
    const wangs = await enter('recipient', wang)
    const grant = async (body: object) => await post('/v1/recipient/pickup-grants', body, wangs)
    const [others, none] = [await grant(pickup), await grant({ ...pickup, deposit: id('deposit', 9) })]
    expect([others.status, others.body.error.code]).toEqual([404, 'nothing-waiting'])
    expect(none).toEqual(others)
    expect(scene.town.told).toEqual([])
  })

  it('knows no kiosk that is not one of ours', async () => {
    const elsewhere = { ...atKiosk, cabinet: id('cabinet', 9) }
    const { body } = await post('/v1/recipient/kiosk-scans', elsewhere, await enter('recipient'))
    expect(body.error.code).toBe('kiosk-unknown')
  })

  it('tells a courier where he stands and for whom he may work, and signs him in there', async () => {
    const { person, cookie } = await hired()
    const kiosk = await post('/v1/courier/kiosk-scans', atKiosk, cookie)
    expect(kiosk.body).toMatchObject({ online: true, carriers: [{ carrier, name: 'SF Express' }] })
    const { body } = await post('/v1/courier/kiosk-sign-ins', { ...atKiosk, number: '07', carrier }, cookie)
    expect([body.sent, body.door]).toEqual([true, null])
    expect(readGrant(scene, body.grant)).toEqual({ keyId: 1, ...challenge, action: 'sign-in', person, carrier })
  })

  it('signs nobody in for a carrier that he does not work for', async () => {
    const { person, cookie } = await hired()
    const wish = { ...atKiosk, number: '07', carrier: otherCarrier }
    expect((await post('/v1/courier/kiosk-sign-ins', wish, cookie)).body.error.code).toBe('not-employed')
    await scene.people.createCourier({ phone: li, name: 'Li', carrier: otherCarrier })
    expect((await post('/v1/courier/kiosk-sign-ins', wish, cookie)).status).toBe(200)
    await scene.people.endEmployment(person, otherCarrier)
    expect((await post('/v1/courier/kiosk-sign-ins', wish, cookie)).status).toBe(403)
  })

  it("carries a label into the courier's open session, and says where there is none", async () => {
    const { person, cookie } = await hired()
    const scan = async () => await post('/v1/courier/scans', { text: 'SF1234567890' }, cookie)
    expect((await scan()).body.error.code).toBe('no-kiosk-session')
    scene.town.session = person
    expect((await scan()).status).toBe(202)
    expect(scene.town.told).toEqual([{ kind: 'scan', person, text: 'SF1234567890' }])
    scene.town.online = false
    expect((await scan()).body.error.code).toBe('cabinet-not-reached')
  })

  it('carries a picture into the open session, and keeps what is none out', async () => {
    const { person, cookie } = await hired()
    const send = async (jpeg = '_9j_2Q_2Q') => await post('/v1/courier/pictures', { jpeg }, cookie)
    expect((await send()).body.error.code).toBe('no-kiosk-session')
    scene.town.session = person
    expect((await send('not-a-picture')).body.error.code).toBe('picture-not-read')
    expect((await send()).status).toBe(202)
    expect(scene.town.told).toEqual([{ kind: 'picture', person, picture: 'ab'.repeat(32) }])
    scene.town.online = false
    expect((await send()).body.error.code).toBe('cabinet-not-reached')
  })

  it('stops a person at the limit, not one before, and nobody else', async () => {
    const [lis, wangs] = [await enter('recipient'), await enter('recipient', wang)]
    const grant = async (cookie: string) => (await post('/v1/recipient/pickup-grants', pickup, cookie)).status
    const most = accessLimits['pickup-grant']
    const all: number[] = []
    for (let n = 0; n <= most; n += 1) all.push(await grant(lis))
    expect(all).toEqual([...Array.from({ length: most }, () => 200), 429])
    expect(await grant(wangs)).toBe(404)
    scene.clock.advance(minutes(1))
    expect(await grant(lis)).toBe(200)
  })
})
