import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { courierPage, courierRowSchema } from '@holdfast/wire/http/desk/couriers.ts'
import type { Http } from '../../platform/http/http.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { type Ground, carrier, cookieFrom, emptyPeople, httpOf, otherCarrier, peopleOn } from '../people.testing.ts'

const li = '+8613812345678'
const hour = 3_600_000

describe.each(await testEngines())('couriers and whom they work for, on $name', (engine) => {
  let db: Db
  let ground: Ground
  let http: Http
  let cookie = ''
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    http = await httpOf(ground)
    const operator = await ground.people.createOperator({ name: 'Lockers' })
    const password = 'correct horse battery'
    await ground.people.createStaff({ operator, email: 'k@example.com', name: 'Kim', role: 'manager', password })
    const url = '/v1/operator/sign-in'
    cookie = cookieFrom(
      (await http.inject({ method: 'POST', url, body: { email: 'k@example.com', password } })).headers,
    )
  })
  afterEach(async () => await http.stop())
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const url = `/v1/operator/couriers${path}`
    const answer = await http.inject({ method, url, headers: { cookie }, ...(body === undefined ? {} : { body }) })
    return { status: answer.status, json: JSON.parse(answer.body) }
  }
  const add = async (more: object = {}) =>
    await call('POST', '', { phone: li, name: '李师傅', employments: [{ carrier }], ...more })
  const codesOf = (...answers: readonly { readonly json: { readonly error?: { readonly code: string } } }[]) =>
    answers.map(({ json }) => json.error?.code)

  it('adds a courier who may sign in at once, and shows the phone masked', async () => {
    const made = await add({ employments: [{ carrier, outlet: 'Harbour' }] })
    expect([made.status, Value.Check(courierRowSchema, made.json)]).toEqual([201, true])
    expect(made.json).toMatchObject({ phoneMasked: '138******78', employments: [{ outlet: 'Harbour', until: null }] })
    const person = await ground.people.personByPhone(ground.people.readPhone(li) ?? ('' as never))
    expect(person).toBe(made.json.person)
    expect(await ground.people.employmentsOf(person ?? ('' as never))).toEqual([{ carrier, outlet: 'Harbour' }])
  })

  it('keeps several employments, one after another, each with its days', async () => {
    const now = ground.clock.now()
    const first = { carrier, outlet: 'North', from: now, until: now + hour }
    const next = { carrier, outlet: 'South', from: now + hour }
    const made = await add({ employments: [first, next] })
    expect(made.json.employments).toMatchObject([{ outlet: 'South', until: null }, { outlet: 'North' }])
    const at = async () => await ground.people.employmentsOf(made.json.person)
    expect(await at()).toEqual([{ carrier, outlet: 'North' }])
    ground.clock.advance(hour as never)
    expect(await at()).toEqual([{ carrier, outlet: 'South' }])
  })

  it.each([
    ['a carrier of somebody else', { employments: [{ carrier: otherCarrier }] }, 'carrier-not-kept'],
    ['a phone from nowhere', { phone: '123' }, 'phone-unreadable'],
    ['an end before the beginning', { employments: [{ carrier, from: 5_000, until: 4_000 }] }, 'employment-ends-first'],
    ['two at once with one carrier', { employments: [{ carrier }, { carrier }] }, 'employment-exists'],
  ])('takes no courier with %s, and nothing of them stays', async (_what, more, code) => {
    expect(codesOf(await add(more))).toEqual([code])
    expect((await call('GET', '')).json.items).toEqual([])
  })

  it('ends an employment at once and begins another later', async () => {
    const { person } = (await add()).json
    const employ = async (more: object = {}) => await call('POST', `/${person}/employments`, { carrier, ...more })
    expect(codesOf(await employ())).toEqual(['employment-exists'])
    expect((await call('DELETE', `/${person}/employments/${carrier}`)).status).toBe(200)
    expect(await ground.people.employmentsOf(person)).toEqual([])
    ground.clock.advance((hour / 4) as never)
    expect((await employ({ outlet: 'Pier' })).json.employments).toHaveLength(2)
  })

  it('touches no courier of other carriers', async () => {
    const stranger = await ground.people.createCourier({
      phone: ground.people.readPhone('+8613900001111') ?? ('' as never),
      name: 'Wang',
      carrier: otherCarrier,
    })
    expect((await call('GET', '')).json.items).toEqual([])
    const answers = [
      await call('POST', `/${stranger}/employments`, { carrier }),
      await call('DELETE', `/${stranger}/employments/${otherCarrier}`),
    ]
    expect(codesOf(...answers)).toEqual(['courier-not-yours', 'carrier-not-kept'])
    expect(await ground.people.employmentsOf(stranger)).toHaveLength(1)
  })

  it('pages, and finds by name and by whole phone', async () => {
    for (const n of [1, 2, 3]) await add({ phone: `+861381234000${n}`, name: `Courier ${n}` })
    const one = await call('GET', '?limit=2')
    expect(Value.Check(courierPage, one.json)).toBe(true)
    const two = await call('GET', `?limit=2&after=${one.json.next}`)
    expect([one.json.items.length, two.json.items.length, two.json.next]).toEqual([2, 1, null])
    const found = async (search: string) =>
      (await call('GET', `?search=${encodeURIComponent(search)}`)).json.items.map(({ name }: { name: string }) => name)
    expect(await found('courier 2')).toEqual(['Courier 2'])
    expect(await found('13812340003')).toEqual(['Courier 3'])
    expect(await found('1381234')).toEqual([])
  })
})
