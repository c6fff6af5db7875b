import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PersonId, idToUuid, makeId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, durationMs, hours, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import type { PeoplePorts } from '../people.ts'
import { type Ground, carrier, emptyPeople, peopleOn } from '../people.testing.ts'
import { type Sessions, createSessions, sessionLife } from './sessions.ts'

type Audience = 'courier' | 'recipient' | 'operator'
const audiences: readonly Audience[] = ['courier', 'recipient', 'operator']

describe.each(await testEngines())('a session on $name', (engine) => {
  let db: Db
  let ground: Ground
  let sessions: Sessions
  let person: PersonId
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    // Only the ports of the platform are asked.
    sessions = createSessions(ground.ports as unknown as PeoplePorts)
    person = makeId('person', ground.clock.now(), new Uint8Array(10).fill(4))
  })
  afterAll(async () => await db.close())

  const employ = async (from = 0, until: number | null = null): Promise<void> =>
    void (await db.query('insert into employment (person, carrier_id, from_at, until_at) values ($1, $2, $3, $4)', [
      idToUuid(person),
      idToUuid(carrier),
      from,
      until,
    ]))
  const addStaff = async () => {
    const operator = await ground.people.createOperator({ name: 'Town' })
    const made = await ground.people.createStaff({
      operator,
      email: 'ann@example.com',
      name: 'Ann',
      role: 'manager',
      password: 'a long enough one',
    })
    if (!made.ok) throw new Error(made.refusal)
    return made.value
  }
  const open = async (audience: Audience): Promise<string> => {
    if (audience === 'courier') await employ()
    const { token } = await sessions.open(audience, audience === 'operator' ? await addStaff() : person)
    return token ?? ''
  }
  const enter = async (audience: Audience, token: string) =>
    await (audience === 'operator' ? sessions.gates.staff(token) : sessions.gates[audience](token))
  const isIn = async (audience: Audience, token: string): Promise<boolean> =>
    (await enter(audience, token)) !== undefined
  /** Used again and again, so that only its age may end it. */
  const keepAlive = async (audience: Audience, token: string, until: DurationMs): Promise<void> => {
    const step = durationMs(sessionLife[audience].idle / 2)
    for (let at = 0; at + step <= until; at += step) {
      ground.clock.advance(step)
      expect(await isIn(audience, token)).toBe(true)
    }
    ground.clock.advance(durationMs(until % step))
  }

  it.each(audiences)('lets a %s in by its own gate alone', async (audience) => {
    const token = await open(audience)
    for (const gate of audiences) expect([gate, await isIn(gate, token)]).toEqual([gate, gate === audience])
  })

  it.each(audiences.flatMap((audience) => [[audience, -1, true] as const, [audience, 0, false] as const]))(
    'of a %s left unused ends with its idle time %i ms: %s',
    async (audience, more, alive) => {
      const token = await open(audience)
      ground.clock.advance(durationMs(sessionLife[audience].idle + more))
      expect(await isIn(audience, token)).toBe(alive)
    },
  )

  it.each(audiences)('of a %s ends at its age, however busy it was', async (audience) => {
    const token = await open(audience)
    await keepAlive(audience, token, durationMs(sessionLife[audience].absolute - 1))
    expect(await isIn(audience, token)).toBe(true)
    ground.clock.advance(durationMs(1))
    expect(await isIn(audience, token)).toBe(false)
  })

  it('writes down that it was used at most once a minute', async () => {
    const token = await open('recipient')
    const seen = async () => (await db.query<{ seen_at: number }>('select seen_at from session'))[0]?.seen_at
    const born = ground.clock.now()
    ground.clock.advance(durationMs(minutes(1) - 1))
    await isIn('recipient', token)
    expect(await seen()).toBe(born)
    ground.clock.advance(durationMs(1))
    await isIn('recipient', token)
    expect(await seen()).toBe(born + minutes(1))
  })

  it('is over once it is ended, and others of the same person go on', async () => {
    const first = await open('recipient')
    const second = await open('recipient')
    const entered = await sessions.gates.recipient(first)
    if (entered === undefined) throw new Error('not in')
    await sessions.end(entered.sessionId)
    await sessions.end(entered.sessionId)
    expect([await isIn('recipient', first), await isIn('recipient', second)]).toEqual([false, true])
  })

  it.each([
    ['has not begun', seconds(1), null, false],
    ['begins now', durationMs(0), null, true],
    ['ends now', durationMs(-1000), durationMs(0), false],
    ['ends in a moment', durationMs(-1000), durationMs(1), true],
  ])('of a courier is worth what the employment is: it %s', async (_, from, until, alive) => {
    const now = ground.clock.now()
    await employ(now + from, until === null ? null : now + until)
    const { token = '' } = await sessions.open('courier', person)
    expect(await isIn('courier', token)).toBe(alive)
  })

  it('of a colleague ends when the colleague leaves, and a role that changes counts at once', async () => {
    const token = await open('operator')
    await db.query(`update staff set role = 'viewer'`)
    expect(await sessions.gates.staff(token)).toMatchObject({ role: 'viewer' })
    await db.query('update staff set left_at = $1', [ground.clock.now()])
    expect(await isIn('operator', token)).toBe(false)
  })

  it.each([
    ['nothing', ''],
    ['no base64', '!!!!'],
    ['one byte too few', base64FromBytes(new Uint8Array(15))],
    ['one byte too many', base64FromBytes(new Uint8Array(17))],
    ['a stranger’s token', base64FromBytes(new Uint8Array(16))],
  ])('is not opened by %s', async (_, token) => {
    await open('recipient')
    for (const audience of audiences) expect(await isIn(audience, token)).toBe(false)
  })

  it('has a token that stands nowhere, not even in the database', async () => {
    const token = await open('recipient')
    expect(JSON.stringify(await db.query('select * from session'))).not.toContain(token)
    const [row] = await db.query<{ hex: string }>(`select encode(token, 'hex') as hex from session`)
    expect(await isIn('recipient', base64FromBytes(Buffer.from(row?.hex ?? '', 'hex').subarray(0, 16)))).toBe(false)
  })

  it('is forgotten when the longest life there is has passed', async () => {
    await open('recipient')
    const count = async () => (await db.query('select from session')).length
    ground.clock.advance(sessionLife.recipient.absolute)
    await sessions.forget()
    expect(await count()).toBe(1)
    ground.clock.advance(hours(1))
    await sessions.forget()
    expect(await count()).toBe(0)
  })
})
