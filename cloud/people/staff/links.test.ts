import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OperatorId, StaffId } from '@holdfast/core/values/ids.ts'
import { durationMs } from '@holdfast/core/values/instants.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { emptyPeople, type Ground, peopleOn, peoplePorts } from '../people.testing.ts'
import { createThrottle } from '../sign-in/throttle.ts'
import { type Colleagues, createColleagues } from './colleagues.ts'
import { createLinks, linkLife, type Links } from './links.ts'
import { createStaffing, hashing, passwordLimits, type Staffing } from './staff.ts'

const password = 'a long enough password'
const first = { operatorName: 'Harbour Lockers', name: 'Lin Mei', email: 'lin@example.com' }
const spent = { ok: false, refusal: 'link-spent' }

describe.each(await testEngines())('staff and their links on $name', (engine) => {
  let db: Db
  let ground: Ground
  let links: Links
  let colleagues: Colleagues
  let staffing: Staffing
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    const ports = peoplePorts(ground)
    links = createLinks(ports, hashing(ports))
    colleagues = createColleagues(ports, links, hashing(ports))
    staffing = createStaffing(ports, createThrottle(ports))
  })
  afterAll(async () => await db.close())

  const staffOf = async (
    email: string,
    operator: OperatorId,
    role: 'manager' | 'viewer' = 'manager',
  ): Promise<StaffId> => {
    const made = await ground.people.createStaff({ operator, email, name: email, role, password })
    if (!made.ok) throw new Error(made.refusal)
    return made.value
  }
  const house = async () => await ground.people.createOperator({ name: 'Lockers' })
  const signIn = async (email: string, word = password, address = '203.0.113.1') =>
    await staffing.signIn({ email, password: word, address })

  it('lets one of two in who open the first link at the same moment, and makes one house', async () => {
    const token = (await links.first()) ?? ''
    const both = await Promise.all([links.use({ token, password, first }), links.use({ token, password, first })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both).toContainEqual(spent)
    expect(await db.query('select from operator')).toHaveLength(1)
    expect(await db.query('select from staff')).toHaveLength(1)
  })

  it('is opened once by one of many who were handed the same invitation', async () => {
    const made = await colleagues.invite(await house(), { name: 'Kim', email: 'kim@example.com', role: 'viewer' })
    const token = made.ok ? made.value.token : ''
    const words = ['one long password', 'two long passwords', 'three long passwords']
    const used = await Promise.all(words.map(async (word) => await links.use({ token, password: word })))
    expect(used.filter(({ ok }) => ok)).toHaveLength(1)
    const entered = await Promise.all(words.map(async (word) => await signIn('kim@example.com', word)))
    expect(entered.map(({ ok }) => ok)).toEqual(used.map(({ ok }) => ok))
  })

  it.each([
    [durationMs(linkLife - 1), true],
    [linkLife, false],
  ])('lives its time and no longer: after %i ms %s', async (passed, good) => {
    const made = await colleagues.invite(await house(), { name: 'Kim', email: 'kim@example.com', role: 'viewer' })
    ground.clock.advance(passed)
    const { token } = made.ok ? made.value : { token: '' }
    expect((await links.look(token)).ok).toBe(good)
    expect((await links.use({ token, password })).ok).toBe(good)
  })

  it('stands nowhere as it was told', async () => {
    const token = (await links.first()) ?? ''
    expect(JSON.stringify(await db.query('select token::text from staff_link'))).not.toContain(token)
    expect(ground.lines.join('\n')).not.toContain(token)
  })

  it.each(['', 'x', 'A'.repeat(24), '../../etc', '\u0000'])('is not %j', async (token) => {
    await links.first()
    expect(await links.look(token)).toEqual(spent)
    expect(await links.use({ token, password, first })).toEqual(spent)
  })

  it('counts the letters of a password as people see them', async () => {
    const token = (await links.first()) ?? ''
    const emoji = '🔑'.repeat(passwordLimits.shortest)
    expect(await links.use({ token, password: '🔑'.repeat(passwordLimits.shortest - 1), first })).toEqual({
      ok: false,
      refusal: 'password-too-short',
    })
    expect((await links.use({ token, password: emoji, first })).ok).toBe(true)
    expect((await signIn('lin@example.com', emoji)).ok).toBe(true)
  })

  it('takes the same password however its letters are composed', async () => {
    await staffOf('kim@example.com', await house())
    const [row] = await db.query<{ salt: Uint8Array }>('select salt from staff')
    expect(row?.salt.length).toBe(16)
    expect((await signIn(' KIM@example.com ', password.replaceAll('a', '\uFF41'))).ok).toBe(true)
  })

  it('leaves one manager where two send each other away at the same moment', async () => {
    const operator = await house()
    const [one, two] = [await staffOf('one@example.com', operator), await staffOf('two@example.com', operator)]
    const both = await Promise.all([
      colleagues.change(operator, one, { active: false }),
      colleagues.change(operator, two, { role: 'viewer' }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both).toContainEqual({ ok: false, refusal: 'last-manager' })
  })

  it('counts no manager of another house, none who left, and none who never came (law 11)', async () => {
    const [operator, other] = [await house(), await house()]
    const manager = await staffOf('one@example.com', operator)
    await staffOf('theirs@example.com', other)
    await colleagues.invite(operator, { name: 'Kim', email: 'kim@example.com', role: 'manager' })
    const gone = await staffOf('gone@example.com', operator)
    await colleagues.change(operator, gone, { active: false })
    expect(await colleagues.change(operator, manager, { role: 'viewer' })).toEqual({
      ok: false,
      refusal: 'last-manager',
    })
  })

  it('gives no hand on a colleague of another house (law 11)', async () => {
    const [operator, other] = [await house(), await house()]
    const theirs = await staffOf('theirs@example.com', other, 'viewer')
    const unknown = { ok: false, refusal: 'staff-unknown' }
    expect(await colleagues.reset(operator, theirs)).toEqual(unknown)
    expect(await colleagues.change(operator, theirs, { active: false })).toEqual(unknown)
    expect((await signIn('theirs@example.com')).ok).toBe(true)
  })

  it('makes one account of an e-mail that two invite at the same moment, in whatever letters', async () => {
    const operator = await house()
    const invite = async (email: string) => await colleagues.invite(operator, { name: 'Kim', email, role: 'viewer' })
    const both = await Promise.all([invite('kim@example.com'), invite('KIM@Example.com')])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both).toContainEqual({ ok: false, refusal: 'staff-exists' })
  })

  it('counts the tries of many who guess at once, whatever letters they write the account in', async () => {
    await staffOf('kim@example.com', await house())
    const guesses = Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? 'kim@example.com' : 'KIM@example.com '))
    const tried = await Promise.all(guesses.map(async (email) => await signIn(email, 'a wrong password')))
    const throttled = tried.filter((each) => !each.ok && each.refusal === 'sign-in-throttled')
    expect(throttled).toHaveLength(guesses.length - passwordLimits.perAccount)
    expect(await signIn('kim@example.com')).toEqual({ ok: false, refusal: 'sign-in-throttled' })
  })

  it('tells a stranger and a wrong password by one word', async () => {
    await staffOf('kim@example.com', await house())
    const failed = { ok: false, refusal: 'sign-in-failed' }
    expect(await signIn('kim@example.com', 'a wrong password')).toEqual(failed)
    expect(await signIn('nobody@example.com')).toEqual(failed)
  })
})
