import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { durationMs, hours, minutes, seconds } from '@holdfast/core/values/instants.ts'
import type { Http } from '../platform/http/http.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import {
  type Ground,
  carrier,
  cookieFrom,
  emptyPeople,
  httpOf,
  otherCarrier,
  peopleOn,
  phone,
} from './people.testing.ts'
import { sessionLife } from './sessions/sessions.ts'
import { passwordLimits } from './staff/staff.ts'

const li = phone('+8613812345678')
const password = 'long enough to be one'

describe.each(await testEngines())('people on $name', (engine) => {
  let db: Db
  let ground: Ground
  let http: Http
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    http = await httpOf(ground)
  })
  afterEach(async () => await http.stop())
  const post = async (url: string, body: unknown, cookie = '') =>
    await http.inject({ method: 'POST', url, body, headers: { cookie } })
  const get = async (url: string, cookie: string) => await http.inject({ method: 'GET', url, headers: { cookie } })
  const ask = async (audience: string, number: string = li) =>
    await post('/v1/sign-in/codes', { phone: number, audience })
  const lastCode = (): string => ground.codes.at(-1)?.code ?? ''
  const signIn = async (audience: string, code = lastCode(), number: string = li) =>
    await post('/v1/sign-in', { phone: number, audience, code })
  const errorOf = (body: string): string => JSON.parse(body).error.code
  const entered = async (audience: 'courier' | 'recipient'): Promise<string> => {
    await ask(audience)
    const answer = await signIn(audience)
    expect(answer.status).toBe(200)
    return cookieFrom(answer.headers)
  }
  const hire = async () => await ground.people.createCourier({ phone: li, name: '李师傅', carrier })

  it('makes a person of a phone that signs in for the first time, in the language asked for', async () => {
    expect(
      (await post('/v1/sign-in/codes', { phone: '138 1234 5678', audience: 'recipient', locale: 'ko' })).status,
    ).toBe(202)
    expect(ground.codes).toMatchObject([{ phone: li, locale: 'ko', minutes: 10 }])
    const answer = await signIn('recipient')
    const me = await get('/v1/recipient/me', cookieFrom(answer.headers))
    expect(JSON.parse(me.body)).toMatchObject({ phoneMasked: '138******78', locale: 'ko', lowDoor: false })
    expect(answer.headers['set-cookie']).toMatch(/^hf_recipient=[\w-]{22}; .*HttpOnly; Secure; SameSite=Strict/)
  })

  it('refuses a phone from nowhere', async () => {
    for (const typed of ['123', 'abcdef', '+999123456789', '+86138123456781234', '138 1234 5678 ext 5']) {
      const answer = await ask('recipient', typed)
      expect([answer.status, errorOf(answer.body)]).toEqual([400, 'phone-unreadable'])
    }
  })

  it('tells only the holder of a phone that it is no courier, and what to do', async () => {
    expect((await ask('courier')).status).toBe(202)
    expect(errorOf((await signIn('courier', '000000')).body)).toBe('sign-in-code-wrong')
    const answer = await signIn('courier')
    expect([answer.status, errorOf(answer.body)]).toEqual([403, 'courier-unknown'])
    expect(JSON.parse(answer.body).error.message).toContain('outlet')
  })

  it('sends one code a minute and five a day for each phone and purpose', async () => {
    expect((await ask('recipient')).status).toBe(202)
    ground.clock.advance(durationMs(minutes(1) - 1))
    const early = await ask('recipient')
    expect([early.status, errorOf(early.body)]).toEqual([429, 'code-too-soon'])
    expect((await ask('courier')).status).toBe(202)
    ground.clock.advance(durationMs(1))
    for (let sent = 2; sent <= 5; sent += 1) {
      expect((await ask('recipient')).status).toBe(202)
      ground.clock.advance(minutes(1))
    }
    expect(errorOf((await ask('recipient')).body)).toBe('codes-spent')
    ground.clock.advance(hours(24))
    expect((await ask('recipient')).status).toBe(202)
  })

  it('takes five tries, the right one among them, and not a sixth', async () => {
    const wrong = async (times: number) => {
      const code = lastCode() === '000000' ? '000001' : '000000'
      for (let tried = 0; tried < times; tried += 1) expect((await signIn('recipient', code)).status).toBe(401)
    }
    await ask('recipient')
    await wrong(4)
    expect((await signIn('recipient')).status).toBe(200)
    ground.clock.advance(minutes(1))
    await ask('recipient')
    await wrong(5)
    expect((await signIn('recipient')).status).toBe(401)
  })

  it('spends a code once, for its own purpose, within ten minutes', async () => {
    await hire()
    await ask('recipient')
    expect((await signIn('courier')).status).toBe(401)
    const both = await Promise.all([signIn('recipient'), signIn('recipient')])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401])
    ground.clock.advance(minutes(1))
    await ask('recipient')
    ground.clock.advance(minutes(10))
    expect((await signIn('recipient')).status).toBe(401)
  })

  it('limits the codes that one address may ask for', async () => {
    const answers = []
    for (let n = 0; n < 61; n += 1) answers.push(await ask('recipient', `+8613${String(800000000 + n)}`))
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 60 }, () => 202), 429])
  })

  it('knows a courier by employment, and no longer from the moment it ends', async () => {
    const person = await hire()
    const cookie = await entered('courier')
    expect(JSON.parse((await get('/v1/courier/me', cookie)).body)).toEqual({
      person,
      phoneMasked: '138******78',
      name: '李师傅',
      locale: 'zh',
      employments: [{ carrier, carrierName: 'SF Express', outlet: null }],
    })
    await ground.people.createCourier({ phone: li, name: '李师傅', carrier: otherCarrier, outlet: 'East' })
    await ground.people.endEmployment(person, carrier)
    expect((await get('/v1/courier/me', cookie)).status).toBe(200)
    expect(await ground.people.employmentsOf(person)).toEqual([{ carrier: otherCarrier, outlet: 'East' }])
    await ground.people.endEmployment(person, otherCarrier)
    expect((await get('/v1/courier/me', cookie)).status).toBe(401)
    await hire()
    expect((await get('/v1/courier/me', cookie)).status).toBe(401)
  })

  it.each(['idle', 'absolute'] as const)('ends a session at its %s limit', async (limit) => {
    const cookie = await entered('recipient')
    const [life, step] = [sessionLife.recipient[limit], hours(24 * 29)]
    let gone = 0
    for (; limit === 'absolute' && gone + step < life; gone += step) {
      ground.clock.advance(step)
      expect((await get('/v1/recipient/me', cookie)).status).toBe(200)
    }
    ground.clock.advance(durationMs(life - gone))
    expect((await get('/v1/recipient/me', cookie)).status).toBe(401)
  })

  it('keeps a session of one audience from every other, and ends it when asked', async () => {
    const cookie = await entered('recipient')
    expect((await get('/v1/courier/me', cookie.replace('recipient', 'courier'))).status).toBe(401)
    expect((await get('/v1/operator/me', cookie.replace('recipient', 'operator'))).status).toBe(401)
    expect((await post('/v1/recipient/sign-out', undefined, cookie)).status).toBe(204)
    expect((await get('/v1/recipient/me', cookie)).status).toBe(401)
  })

  it('keeps wishes, and tells the others that they changed', async () => {
    const cookie = await entered('recipient')
    const wishes = { lowDoor: true, alwaysConsents: true, locale: 'en' }
    const answer = await http.inject({ method: 'PATCH', url: '/v1/recipient/me', headers: { cookie }, body: wishes })
    expect(JSON.parse(answer.body)).toMatchObject(wishes)
    expect(await ground.people.wishesOf(li)).toEqual(wishes)
    expect(await ground.people.wishesOf(phone('+8613899999999'))).toMatchObject({ locale: 'zh', alwaysConsents: false })
    const person = await ground.people.personByPhone(li)
    expect(await db.query('select topic, payload from outbox')).toEqual([
      { topic: 'people-wishes', payload: { person } },
    ])
  })

  it('knows of many phones at once who always consents', async () => {
    const cookie = await entered('recipient')
    const asked = [phone('+8613899999999'), li]
    expect(await ground.people.consenting(asked)).toEqual(new Map())
    const wish = async (alwaysConsents: boolean) =>
      await http.inject({ method: 'PATCH', url: '/v1/recipient/me', headers: { cookie }, body: { alwaysConsents } })
    await wish(true)
    expect(await ground.people.consenting(asked)).toEqual(new Map([[li, await ground.people.personByPhone(li)]]))
    expect(await ground.people.consenting([])).toEqual(new Map())
    await wish(false)
    expect(await ground.people.consenting(asked)).toEqual(new Map())
  })

  it('holds no phone and no code in clear in any of its tables', async () => {
    const person = await hire()
    await ask('courier')
    const tables = ['person', 'employment', 'sign_in_code', 'session', 'throttle', 'outbox'] as const
    for (const table of tables) {
      const rows = await db.query<{ readonly row: string }>(`select ${table}::text as row from ${table}`)
      const text = rows.map(({ row }) => row).join()
      for (const secret of ['13812345678', lastCode(), Buffer.from('13812345678').toString('hex')]) {
        expect(text).not.toContain(secret)
      }
    }
    expect(await ground.people.phoneOf(person)).toBe(li)
    expect(ground.lines.join()).not.toMatch(new RegExp(`13812345678|${lastCode()}`, 'u'))
  })

  const staff = async () => {
    const operator = await ground.people.createOperator({ name: 'Town Lockers' })
    const given = { operator, email: 'Ann@town.example', name: 'Ann', role: 'manager', password } as const
    return { operator, given, made: await ground.people.createStaff(given) }
  }
  const enter = async (secret: string, email = 'ann@town.example') =>
    await post('/v1/operator/sign-in', { email, password: secret })

  it('signs staff in by password, as what they are', async () => {
    expect((await enter(password)).status).toBe(401)
    const { operator, given } = await staff()
    const cookie = cookieFrom((await enter(password)).headers)
    const me = { operator, operatorName: 'Town Lockers', name: 'Ann', role: 'manager' }
    expect(JSON.parse((await get('/v1/operator/me', cookie)).body)).toMatchObject(me)
    expect(await ground.people.createStaff({ ...given, email: 'ANN@town.example' })).toMatchObject({
      refusal: 'staff-exists',
    })
    const short = { ...given, email: 'b@town.example', password: 'x'.repeat(passwordLimits.shortest - 1) }
    expect(await ground.people.createStaff(short)).toMatchObject({ refusal: 'password-too-short' })
  })

  it('stops an account after ten wrong passwords, an address after fifty, and says the same to strangers', async () => {
    await staff()
    for (let n = 0; n < passwordLimits.perAccount; n += 1)
      expect(errorOf((await enter('wrong')).body)).toBe('sign-in-failed')
    expect(errorOf((await enter(password)).body)).toBe('sign-in-throttled')
    for (let n = 11; n < passwordLimits.perAddress; n += 1) {
      expect(errorOf((await enter('wrong', `stranger${n}@town.example`)).body)).toBe('sign-in-failed')
    }
    expect((await enter(password, 'last@town.example')).status).toBe(429)
    ground.clock.advance(passwordLimits.window)
    expect((await enter(password)).status).toBe(200)
  })

  it('forgets what has ended', async () => {
    await entered('recipient')
    ground.clock.advance(hours(24 * 181))
    await ground.people.forget()
    for (const table of ['session', 'sign_in_code', 'throttle']) {
      expect(await db.query(`select from ${table}`)).toHaveLength(0)
    }
  })

  it('allows n and not n + 1 of anything in a window', async () => {
    const limit = { what: 'try', who: 'a', most: 2, per: seconds(10) }
    const tried = [await ground.people.allow(limit), await ground.people.allow(limit), await ground.people.allow(limit)]
    expect(tried).toEqual([true, true, false])
    expect(await ground.people.allow({ ...limit, who: 'b' })).toBe(true)
    ground.clock.advance(seconds(10))
    expect(await ground.people.allow(limit)).toBe(true)
  })
})
