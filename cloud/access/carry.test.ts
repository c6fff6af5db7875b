import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import type { PersonId } from '@holdfast/core/values/ids.ts'
import { carrier, cookieFrom, emptyPeople, httpOf, peopleOn, phone, start } from '../people/people.testing.ts'
import type { Http } from '../platform/http/http.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { AccessPorts } from './access.ts'
import { carryRoutes } from './carry.ts'
import { accessLimits } from './limits.ts'

const deposit = makeId('deposit', start, new Uint8Array(10).fill(1))
const li = phone('+8613812345678')

function sceneOn(db: Db) {
  const ground = peopleOn(db)
  const brought: { readonly bytes: Uint8Array; readonly by: PersonId }[] = []
  const asked: { readonly bytes: Uint8Array; readonly again: boolean; readonly by: PersonId }[] = []
  const nobody = async (): Promise<never> => await Promise.reject(new Error('nobody is asked this'))
  const ports: AccessPorts = {
    ...ground.ports,
    people: ground.people,
    carriers: async () => [],
    parcels: {
      opensAt: async () => undefined,
      resendAt: async () => await Promise.reject(new Error('nothing is told here')),
      waitingAt: nobody,
    },
    cabinets: {
      besides: async () => [],
      keepCourierPicture: async () => ({ ok: false, refusal: 'cabinet-unknown' }),
      places: nobody,
      pickUp: nobody,
      pickupView: nobody,
      isOnline: nobody,
      tell: nobody,
      courierSession: nobody,
      onAsk: () => undefined,
      deny: nobody,
      answerCarried: async ({ bytes, again }, by) => {
        asked.push({ bytes, again, by })
        if (bytes.length < 3) return { ok: false, refusal: 'ask-other-courier' }
        return { ok: true, value: { state: again ? 'agreed' : 'waiting', codes: again ? ['HF2:1'] : [] } }
      },
      takeCarried: async (bytes, by) => {
        brought.push({ bytes, by })
        if (bytes.length < 3) return { ok: false, refusal: 'carried-forged' }
        return { ok: true, value: { deposit, fresh: brought.length === 1 } }
      },
    },
  }
  return { ...ground, brought, asked, routes: carryRoutes(ports) }
}

describe.each(await testEngines())('what a phone carries, on $name', (engine) => {
  let db: Db
  let scene: ReturnType<typeof sceneOn>
  let http: Http
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    scene = sceneOn(db)
    http = await httpOf(scene, [...scene.routes, ...scene.people.routes])
  })
  afterEach(async () => await http.stop())

  const enter = async (audience: 'courier' | 'recipient'): Promise<string> => {
    await scene.people.sendCode({ phone: li, purpose: audience })
    const body = { phone: li, audience, code: scene.codes.at(-1)?.code ?? '' }
    return cookieFrom((await http.inject({ method: 'POST', url: '/v1/sign-in', body })).headers)
  }
  const hired = async (): Promise<{ person: PersonId; cookie: string }> => {
    const person = await scene.people.createCourier({ phone: li, name: 'Li', carrier })
    return { person, cookie: await enter('courier') }
  }
  const carry = async (cookie: string, bytes: string, kind = 'facts') => {
    const body = { kind, bytes }
    const answer = await http.inject({ method: 'POST', url: '/v1/courier/carried', body, headers: { cookie } })
    return { status: answer.status, body: JSON.parse(answer.body) }
  }

  const ask = async (cookie: string, body: object) => {
    const answer = await http.inject({ method: 'POST', url: '/v1/courier/asks', body, headers: { cookie } })
    return { status: answer.status, body: JSON.parse(answer.body) }
  }

  it('asks for this courier what a cabinet asks, and says whether it was asked before', async () => {
    const { cookie, person } = await hired()
    expect(await ask(cookie, { bytes: 'AAECAw' })).toEqual({ status: 200, body: { state: 'waiting', codes: [] } })
    const again = await ask(cookie, { bytes: 'AAECAw', again: true })
    expect(again).toEqual({ status: 200, body: { state: 'agreed', codes: ['HF2:1'] } })
    const bytes = Uint8Array.of(0, 1, 2, 3)
    expect(scene.asked).toEqual([
      { bytes, again: false, by: person },
      { bytes, again: true, by: person },
    ])
  })

  it.each([
    ['another courier’s question', { bytes: 'AAEC'.slice(0, 2) }, 403, 'ask-other-courier'],
    ['what is no base64url', { bytes: '*' }, 422, 'carried-malformed'],
    ['a field that nobody knows', { bytes: 'AAECAw', phone: '1' }, 400, 'request-invalid'],
    ['an empty question', { bytes: '' }, 400, 'request-invalid'],
  ])('refuses %s', async (_, body, status, code) => {
    const { cookie } = await hired()
    expect(await ask(cookie, body)).toMatchObject({ status, body: { error: { code } } })
  })

  it('goes on to the cabinets, whichever it is of, with who brought it', async () => {
    const { cookie, person } = await hired()
    expect(await carry(cookie, 'AAECAw')).toEqual({ status: 200, body: { deposit, fresh: true } })
    expect(await carry(cookie, 'AAECAw')).toEqual({ status: 200, body: { deposit, fresh: false } })
    const bytes = Uint8Array.of(0, 1, 2, 3)
    expect(scene.brought).toEqual([
      { bytes, by: person },
      { bytes, by: person },
    ])
  })

  it.each([
    ['AA', 'facts', 422, 'carried-forged'],
    ['not base64!', 'facts', 422, 'carried-malformed'],
  ] as const)('%s is refused with words', async (bytes, kind, status, code) => {
    const { cookie } = await hired()
    const refused = await carry(cookie, bytes, kind)
    expect([refused.status, refused.body.error.code]).toEqual([status, code])
    expect(Object.keys(refused.body.error.messages)).toEqual(expect.arrayContaining(['zh', 'en', 'ko']))
  })

  it('is refused unread where its kind is none', async () => {
    const { cookie } = await hired()
    expect((await carry(cookie, 'AAECAw', 'orders')).status).toBe(400)
    expect(scene.brought).toEqual([])
  })

  it('is taken from couriers only', async () => {
    expect((await carry(await enter('recipient'), 'AAECAw')).status).toBe(401)
    expect((await carry('', 'AAECAw')).status).toBe(401)
    expect(scene.brought).toEqual([])
  })

  it('is more in a minute than hands can scan only where something is wrong', async () => {
    const { cookie } = await hired()
    for (let i = 0; i < accessLimits.carry; i += 1) await carry(cookie, 'AAECAw')
    expect((await carry(cookie, 'AAECAw')).body.error.code).toBe('too-many-scans')
  })
})
