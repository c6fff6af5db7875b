import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { colleaguePage, staffLinkSchema, welcomeView } from '@holdfast/wire/http/desk/staff.ts'
import type { Http } from '../../platform/http/http.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { type Ground, cookieFrom, emptyPeople, httpOf, peopleOn } from '../people.testing.ts'
import { linkLife } from './links.ts'

const password = 'a long enough password'
const first = { operatorName: 'Harbour Lockers', name: 'Lin Mei', email: 'lin@example.com' }

describe.each(await testEngines())('a house that begins empty, on $name', (engine) => {
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
    cookie = ''
  })
  afterEach(async () => await http.stop())
  type Method = 'GET' | 'POST' | 'PATCH'
  const call = async (method: Method, url: string, body?: unknown) => {
    const answer = await http.inject({ method, url, headers: { cookie }, ...(body === undefined ? {} : { body }) })
    return { ...answer, json: answer.body === '' ? undefined : JSON.parse(answer.body) }
  }
  const codeOf = (answer: { readonly json: { readonly error?: { readonly code: string } } }) => answer.json.error?.code
  const welcome = async (token: string, more: object = {}) =>
    await call('POST', '/v1/operator/welcome', { token, password, ...more })
  const begin = async (): Promise<void> => {
    const token = (await ground.people.firstLink()) ?? ''
    cookie = cookieFrom((await welcome(token, { first })).headers)
  }
  const invite = async (role: string, email = `${role}@example.com`) =>
    await call('POST', '/v1/operator/staff', { name: role, email, role })
  const joined = async (role: string): Promise<string> => {
    const made = await invite(role)
    return cookieFrom((await welcome(made.json.token)).headers)
  }
  type Row = { readonly staff: string; readonly state: string; readonly role: string; readonly email: string }
  const rowOf = async (name: string): Promise<Row> => {
    const { json } = await call('GET', '/v1/operator/staff')
    return json.items.find(({ email }: Row) => email === `${name}@example.com`)
  }

  it('lets the first person in once, as the manager of the house that they name', async () => {
    const token = (await ground.people.firstLink()) ?? ''
    const look = await call('POST', '/v1/operator/welcome/look', { token })
    expect(Value.Check(welcomeView, look.json)).toBe(true)
    expect(look.json).toEqual({ purpose: 'first', name: null, email: null, operatorName: null })
    const answer = await welcome(token, { first })
    expect(answer.headers['set-cookie']).toMatch(/^hf_operator=/)
    cookie = cookieFrom(answer.headers)
    expect((await call('GET', '/v1/operator/me')).json).toMatchObject({ name: 'Lin Mei', role: 'manager' })
    expect([answer.status, (await welcome(token, { first })).status]).toEqual([200, 410])
    expect(await ground.people.firstLink()).toBeUndefined()
  })

  it('prints a fresh link at each start of an empty house; the one before is worth nothing', async () => {
    const [old = '', fresh = ''] = [await ground.people.firstLink(), await ground.people.firstLink()]
    expect(codeOf(await welcome(old, { first }))).toBe('link-spent')
    expect((await welcome(fresh, { first })).status).toBe(200)
  })

  it('gives the first person the house that a configuration named', async () => {
    const operator = await ground.people.createOperator({ name: 'Named Before' })
    await begin()
    expect((await call('GET', '/v1/operator/me')).json).toMatchObject({ operator, operatorName: 'Harbour Lockers' })
  })

  it.each([
    ['too short a password', { password: 'short', first }, 'password-too-short'],
    ['nothing about the house', {}, 'link-spent'],
  ])('takes no first person with %s, and the link stays good', async (_what, more, code) => {
    const token = (await ground.people.firstLink()) ?? ''
    expect(codeOf(await welcome(token, more))).toBe(code)
    expect((await welcome(token, { first })).status).toBe(200)
  })

  it('forgets a link after its time', async () => {
    const token = (await ground.people.firstLink()) ?? ''
    ground.clock.advance(linkLife)
    expect(codeOf(await welcome(token, { first }))).toBe('link-spent')
    expect(codeOf(await welcome('x'.repeat(24), { first }))).toBe('link-spent')
  })

  it('invites a colleague in a role; the password is chosen by the one who was invited', async () => {
    await begin()
    const made = await invite('dispatcher')
    expect(Value.Check(staffLinkSchema, made.json)).toBe(true)
    const page = await call('GET', '/v1/operator/staff')
    expect(Value.Check(colleaguePage, page.json)).toBe(true)
    expect([(await rowOf('lin')).state, (await rowOf('dispatcher')).state]).toEqual(['active', 'invited'])
    const look = await call('POST', '/v1/operator/welcome/look', { token: made.json.token })
    expect(look.json).toMatchObject({ purpose: 'invite', email: 'dispatcher@example.com' })
    cookie = cookieFrom((await welcome(made.json.token)).headers)
    expect((await call('GET', '/v1/operator/me')).json).toMatchObject({ role: 'dispatcher' })
    expect((await call('GET', '/v1/operator/staff')).status).toBe(403)
    expect((await invite('manager')).status).toBe(403)
  })

  it('knows one account for an e-mail', async () => {
    await begin()
    expect(codeOf(await invite('viewer', 'LIN@example.com'))).toBe('staff-exists')
    expect((await invite('viewer', 'no e-mail')).status).toBe(400)
  })

  it('resets by a link: the old password and the old sessions end when the new one is chosen', async () => {
    await begin()
    const manager = cookie
    const theirs = await joined('technician')
    const { staff } = await rowOf('technician')
    const link = await call('POST', `/v1/operator/staff/${staff}/reset`)
    cookie = theirs
    expect((await call('GET', '/v1/operator/me')).status).toBe(200)
    await welcome(link.json.token, { password: 'another long password' })
    expect((await call('GET', '/v1/operator/me')).status).toBe(401)
    const signIn = async (word: string) =>
      (await call('POST', '/v1/operator/sign-in', { email: 'technician@example.com', password: word })).status
    expect([await signIn(password), await signIn('another long password')]).toEqual([401, 200])
    cookie = manager
    expect(codeOf(await call('POST', '/v1/operator/staff/stf_00000000000000000000000000/reset'))).toBeDefined()
  })

  it('lets a colleague go at once, and come back', async () => {
    await begin()
    const manager = cookie
    const theirs = await joined('viewer')
    const { staff } = await rowOf('viewer')
    expect((await call('PATCH', `/v1/operator/staff/${staff}`, { active: false })).status).toBe(200)
    cookie = theirs
    expect((await call('GET', '/v1/operator/me')).status).toBe(401)
    cookie = manager
    expect(codeOf(await call('POST', `/v1/operator/staff/${staff}/reset`))).toBe('staff-unknown')
    await call('PATCH', `/v1/operator/staff/${staff}`, { active: true, role: 'dispatcher' })
    expect(await rowOf('viewer')).toMatchObject({ state: 'active', role: 'dispatcher' })
  })

  it('never loses its last manager who can sign in', async () => {
    await begin()
    const { staff } = await rowOf('lin')
    const invited = await invite('manager')
    for (const change of [{ active: false }, { role: 'viewer' }]) {
      expect(codeOf(await call('PATCH', `/v1/operator/staff/${staff}`, change))).toBe('last-manager')
    }
    await http.inject({ method: 'POST', url: '/v1/operator/welcome', body: { token: invited.json.token, password } })
    expect((await call('PATCH', `/v1/operator/staff/${staff}`, { role: 'viewer' })).status).toBe(200)
  })

  it('pages the list, and shows no other house’s people (law 11)', async () => {
    await begin()
    const other = await ground.people.createOperator({ name: 'Other' })
    const made = { operator: other, email: 'o@example.com', name: 'O', role: 'manager', password } as const
    const stranger = await ground.people.createStaff(made)
    for (const n of [1, 2, 3]) await invite('viewer', `v${n}@example.com`)
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 9; page++) {
      const { json } = await call('GET', `/v1/operator/staff?limit=2${after}`)
      seen.push(...json.items.map(({ email }: { email: string }) => email))
      if (json.next === null) break
      after = `&after=${json.next}`
    }
    expect(seen.toSorted()).toEqual(['lin@example.com', 'v1@example.com', 'v2@example.com', 'v3@example.com'])
    const theirs = stranger.ok ? stranger.value : ''
    expect(codeOf(await call('PATCH', `/v1/operator/staff/${theirs}`, { active: false }))).toBe('staff-unknown')
  })
})
