import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { days } from '@holdfast/core/values/instants.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import type { WaitingDeposit } from '../../parcels/parcels.ts'
import { carrier, cookieFrom, emptyPeople, httpOf, peopleOn, phone, start } from '../../people/people.testing.ts'
import type { Http } from '../../platform/http/http.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { carriesNothing } from '../carry.testing.ts'
import { type AccessPorts, createAccess } from '../access.ts'

const id = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> => makeId(kind, start, new Uint8Array(10).fill(n))
const [cabinet, deposit, compartment] = [id('cabinet', 1), id('deposit', 1), id('compartment', 1)]
const [li, wang, zhao] = [phone('+8613812345678'), phone('+8613912345678'), phone('+8613712345678')]
/** A screen belongs to the first who answers it: each visit has one of its own. */
let screens = 0
const newScreen = (): string => (screens += 1).toString(16).padStart(32, '0')
const place: Place = {
  cabinet,
  operator: id('operator', 1),
  name: 'Gate 3',
  siteName: 'East',
  address: '1 Main Street',
  zone: 'Asia/Shanghai',
  retentionHours: 24,
  complaintPhone: '400',
  opening: null,
  outages: [],
  salt: 'salt',
  screenDead: false,
  scannerDead: false,
  way: {},
}
const waiting: WaitingDeposit = {
  cabinet,
  deposit,
  carrier,
  compartment,
  label: 'A07',
  size: 'M',
  epoch: 5,
  trackingNumbers: ['SF1'],
}

function sceneOn(db: Db) {
  const ground = peopleOn(db)
  /** What waits for Li; the parcels know no other. */
  const inside = { parcels: [waiting] as readonly WaitingDeposit[] }
  const ports: AccessPorts = {
    ...ground.ports,
    people: ground.people,
    carriers: async () => [{ id: carrier, code: 'sf', name: 'SF Express' }],
    parcels: {
      resendAt: async () => 0,
      opensAt: async () => undefined,
      waitingAt: async (at, who) => (at === cabinet && who === li ? inside.parcels : []),
    },
    cabinets: {
      besides: async () => [],
      places: async (ids) => new Map(ids.includes(cabinet) ? [[cabinet, place]] : []),
      isOnline: async () => true,
      tell: async () => true,
      keepCourierPicture: async () => ({ ok: false, refusal: 'cabinet-unknown' }),
      courierSession: async () => undefined,
      ...carriesNothing,
      pickUp: async () => ({ ok: false, refusal: 'cabinet-offline' }),
      pickupView: async () => undefined,
      onAsk: () => undefined,
    },
  }
  return { ...ground, inside, access: createAccess(ports) }
}

describe.each(await testEngines())('a pickup handed over, on $name', (engine) => {
  let db: Db
  let scene: ReturnType<typeof sceneOn>
  let http: Http
  const cookies: Record<string, string> = {}
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    await db.query('truncate handover, access_screen')
    scene = sceneOn(db)
    http = await httpOf(scene, [...scene.access.routes, ...scene.people.routes])
    for (const who of [li, wang, zhao]) cookies[who] = await enter(who)
  })
  afterEach(async () => await http.stop())

  const enter = async (number: typeof li): Promise<string> => {
    await scene.people.sendCode({ phone: number, purpose: 'recipient' })
    const body = { phone: number, audience: 'recipient', code: scene.codes.at(-1)?.code ?? '' }
    return cookieFrom((await http.inject({ method: 'POST', url: '/v1/sign-in', body })).headers)
  }
  const call = async (method: 'GET' | 'POST', path: string, who: string, body?: unknown) => {
    const url = `/v1/recipient/${path}`
    const headers = { cookie: cookies[who] ?? '' }
    const answer = await http.inject({ method, url, headers, ...(body === undefined ? {} : { body }) })
    return { status: answer.status, body: JSON.parse(answer.body) }
  }
  const give = async (): Promise<string> => (await call('POST', 'handovers', li, { cabinet, deposit })).body.token
  const claim = async (who: string, token: string) => await call('POST', 'handovers/claim', who, { token })
  const grantTo = async (who: string) =>
    (await call('POST', 'pickup-grants', who, { cabinet, nonce: newScreen(), number: '07', deposit })).status
  const seesAtKiosk = async (who: string): Promise<number> =>
    (await call('POST', 'kiosk-scans', who, { cabinet, nonce: newScreen() })).body.deposits.length

  it('opens for whoever opens the link first, and still for the recipient', async () => {
    const token = await give()
    expect(await grantTo(wang)).toBe(404)
    const { status, body } = await claim(wang, token)
    expect([status, body.received.length, body.received[0].door.label]).toEqual([200, 1, 'A07'])
    expect([await seesAtKiosk(wang), await grantTo(wang), await grantTo(li)]).toEqual([1, 200, 200])
    expect((await claim(zhao, token)).body.error.code).toBe('handover-gone')
    expect(await grantTo(zhao)).toBe(404)
    expect((await claim(wang, token)).status).toBe(200)
  })

  it('is taken back at any time, and opens nothing from then on', async () => {
    const token = await give()
    await claim(wang, token)
    expect((await call('POST', 'handovers/take-back', li, { cabinet, deposit })).status).toBe(200)
    expect([await seesAtKiosk(wang), await grantTo(wang)]).toEqual([0, 404])
    expect((await claim(wang, token)).body.error.code).toBe('handover-gone')
    expect(await grantTo(li)).toBe(200)
  })

  it('is not the helper’s to take back, nor to hand on', async () => {
    await claim(wang, await give())
    await call('POST', 'handovers/take-back', wang, { cabinet, deposit })
    expect(await grantTo(wang)).toBe(200)
    expect((await call('POST', 'handovers', wang, { cabinet, deposit })).body.error.code).toBe('nothing-waiting')
  })

  it('ends with a new link, and with the parcel', async () => {
    const first = await give()
    await claim(wang, first)
    const second = await give()
    expect(await grantTo(wang)).toBe(404)
    expect((await claim(wang, first)).status).toBe(404)
    await claim(zhao, second)
    expect(await grantTo(zhao)).toBe(200)
    scene.inside.parcels = []
    expect([await seesAtKiosk(zhao), await grantTo(zhao)]).toEqual([0, 404])
    expect((await call('GET', 'handovers', zhao)).body.received).toEqual([])
  })

  it('is listed to both, and to nobody else; the secret to none', async () => {
    const token = await give()
    expect((await call('GET', 'handovers', li)).body.given).toEqual([{ cabinet, deposit, claimed: false }])
    await claim(wang, token)
    const [mine, theirs, others] = await Promise.all([li, wang, zhao].map((who) => call('GET', 'handovers', who)))
    expect(mine?.body).toEqual({ given: [{ cabinet, deposit, claimed: true }], received: [] })
    expect(theirs?.body.received).toMatchObject([{ deposit, trackingNumbers: ['SF1'], carrierName: 'SF Express' }])
    expect(others?.body).toEqual({ given: [], received: [] })
    expect(JSON.stringify([mine, theirs, others, scene.lines])).not.toContain(token)
  })

  it.each(['', 'short', 'A'.repeat(22), '../../../etc/passwd', 'A'.repeat(23)])(
    'is nobody’s by a made-up link: %j',
    async (token) => {
      await give()
      expect((await claim(zhao, token)).status).toBeGreaterThanOrEqual(400)
      expect(await grantTo(zhao)).toBe(404)
    },
  )

  it('is asked for at most ten times a minute', async () => {
    const answers: number[] = []
    for (let i = 0; i < 12; i += 1) answers.push((await claim(zhao, 'B'.repeat(22))).status)
    expect(answers.filter((status) => status === 429)).toHaveLength(2)
  })

  it('is forgotten long after, and not before', async () => {
    await claim(wang, await give())
    scene.clock.advance(days(59))
    await scene.access.forget()
    cookies[wang] = await enter(wang)
    expect(await grantTo(wang)).toBe(200)
    scene.clock.advance(days(2))
    await scene.access.forget()
    cookies[wang] = await enter(wang)
    expect(await grantTo(wang)).toBe(404)
  })
})
