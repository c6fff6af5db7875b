import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { days, type DurationMs, durationMs, hours, seconds } from '@holdfast/core/values/instants.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import { answerBytes, certificateText, openCertificate } from '@holdfast/wire/seals/certificate.ts'
import { keyParts } from '@holdfast/wire/seals/keys.ts'
import { carrier, cookieFrom, emptyPeople, httpOf, peopleOn, phone, seals, start } from '../../people/people.testing.ts'
import type { Http } from '../../platform/http/http.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { AccessPorts } from '../access.ts'
import { carriesNothing } from '../carry.testing.ts'
import { accessLimits } from '../limits.ts'
import { certificateLife, certificateRoutes, createDeny, doorsEach, forgetOldCertificates } from './certificates.ts'

const li = phone('+8613812345678')
const cabinet = makeId('cabinet', start, new Uint8Array(10).fill(3))
const own = seals.generate('p256')
const point = base64FromBytes(keyParts(own.publicKey).bytes)

function sceneOn(db: Db) {
  const ground = peopleOn(db)
  const denied: string[][] = []
  const nobody = async (): Promise<never> => await Promise.reject(new Error('nobody is asked this'))
  const ports: AccessPorts = {
    ...ground.ports,
    people: ground.people,
    carriers: async () => [{ id: carrier, code: 'sf', name: 'SF Express' }],
    parcels: { waitingAt: nobody, opensAt: nobody, resendAt: nobody },
    cabinets: {
      ...carriesNothing,
      besides: nobody,
      keepCourierPicture: nobody,
      places: nobody,
      pickUp: nobody,
      pickupView: nobody,
      isOnline: nobody,
      tell: nobody,
      courierSession: nobody,
      onAsk: () => undefined,
      deny: async (_tx, serials) => void denied.push([...serials]),
    },
  }
  return { ...ground, access: ports, denied, deny: createDeny(ports), routes: certificateRoutes(ports) }
}

describe.each(await testEngines())('certificates for phones, on $name', (engine) => {
  let db: Db
  let scene: ReturnType<typeof sceneOn>
  let http: Http
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    await db.query('delete from access_certificate')
    scene = sceneOn(db)
    http = await httpOf(scene, [...scene.routes, ...scene.people.routes])
  })
  afterEach(async () => await http.stop())

  const hired = async () => {
    const person = await scene.people.createCourier({ phone: li, name: 'Li', carrier })
    await scene.people.sendCode({ phone: li, purpose: 'courier' })
    const body = { phone: li, audience: 'courier', code: scene.codes.at(-1)?.code ?? '' }
    const cookie = cookieFrom((await http.inject({ method: 'POST', url: '/v1/sign-in', body })).headers)
    return { person, cookie }
  }
  const ask = async (cookie: string, key = point) => {
    const body = { key }
    const answer = await http.inject({ method: 'POST', url: '/v1/courier/certificates', body, headers: { cookie } })
    return { status: answer.status, body: JSON.parse(answer.body) }
  }
  /** As a cabinet reads it from the phone. */
  const readBy = (certificate: string) => {
    const bytes = bytesFromBase64(certificate) ?? new Uint8Array()
    const screen = { cabinet, nonce: new Uint8Array(16), number: 7 }
    const body = concatBytes(bytes, answerBytes(bytes, screen).slice(-33))
    const signature = seals.sign(own.privateKey, { kind: 'certificate-answer', bytes: body })
    const [{ keyId, publicKey }] = scene.ports.keys.signing
    const text = certificateText(bytes, screen, signature)
    return openCertificate(seals, new Map([[keyId, publicKey]]), { text, cabinet })
  }
  const end = async (person: string, of: string = carrier): Promise<void> =>
    await db.transaction(async (tx) => await scene.deny.handle(tx, { payload: { person, carrier: of } }))

  it('name the courier, the carrier, this phone’s key, a day and sixty doors', async () => {
    const { cookie, person } = await hired()
    const { status, body } = await ask(cookie)
    expect([status, body.certificates.length, body.certificates[0].carrierName]).toEqual([200, 1, 'SF Express'])
    const read = readBy(body.certificates[0].certificate)
    expect(read.ok && read.presented.certificate).toMatchObject({
      person,
      carrier,
      doors: doorsEach,
      until: start + certificateLife,
      key: own.publicKey,
    })
  })

  it('are another each time, so that one alone can be taken back', async () => {
    const { cookie } = await hired()
    const serials = [await ask(cookie), await ask(cookie)].map(({ body }) => body.certificates[0].certificate)
    expect(new Set(serials).size).toBe(2)
    expect(await db.query('select serial from access_certificate')).toHaveLength(2)
  })

  it.each([
    ['too short', 'A'.repeat(80), 400, 'request-invalid'],
    ['no point of the curve’s form', `A${point.slice(1)}`, 422, 'key-unreadable'],
  ])('are refused for a key that is %s', async (_, key, status, code) => {
    const { cookie } = await hired()
    expect(await ask(cookie, key)).toMatchObject({ status, body: { error: { code } } })
  })

  it('are limited for each courier', async () => {
    const { cookie } = await hired()
    for (let n = 0; n < accessLimits.certificate; n += 1) expect((await ask(cookie)).status).toBe(200)
    expect(await ask(cookie)).toMatchObject({ status: 429, body: { error: { code: 'too-many-scans' } } })
  })

  it('are none for who works for nobody', async () => {
    const { cookie, person } = await hired()
    scene.clock.advance(seconds(1))
    await db.query('update employment set until_at = $1 where person is not null', [start + 500])
    expect((await ask(cookie)).body.certificates ?? []).toEqual([])
    expect(person).toBeDefined()
  })

  it('open nothing more, at any cabinet, once the employment ends', async () => {
    const { cookie, person } = await hired()
    await ask(cookie)
    await ask(cookie)
    await end(person)
    expect(scene.denied.map((serials) => serials.length)).toEqual([2])
    await end(person)
    expect(scene.denied).toHaveLength(1)
  })

  it('stay good for another carrier’s end, and for another courier’s', async () => {
    const { cookie, person } = await hired()
    await ask(cookie)
    await end(person, makeId('carrier', start, new Uint8Array(10).fill(9)))
    await end(makeId('person', start, new Uint8Array(10).fill(9)))
    await end('nobody')
    expect(scene.denied).toEqual([])
  })

  it('are forgotten a month after their end', async () => {
    const { cookie } = await hired()
    await ask(cookie)
    const left = async (by: DurationMs) => {
      scene.clock.advance(by)
      await forgetOldCertificates(scene.access)
      return (await db.query('select serial from access_certificate')).length
    }
    expect(await left(durationMs(certificateLife + days(30) - hours(1)))).toBe(1)
    expect(await left(hours(2))).toBe(0)
  })
})
