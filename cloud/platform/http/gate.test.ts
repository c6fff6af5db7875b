import { describe, expect, it } from 'vitest'
import type { CarrierId, OperatorId, PersonId, SessionId, StaffId } from '@holdfast/core/values/ids.ts'
import { type Admission, type Credentials, admit, cookieOf } from './gate.ts'
import type { Gates, StaffRole, Who } from './route.ts'

const sessionId = 'ses_1' as SessionId
const roles: readonly StaffRole[] = ['viewer', 'dispatcher', 'technician', 'manager']

/** Gates that know one good secret of each kind and write down what they were asked. */
function gatesOf() {
  const asked: string[] = []
  const person =
    <Kind extends 'courier' | 'recipient'>(kind: Kind) =>
    async (token: string) => {
      asked.push(`${kind} ${token}`)
      return token === kind ? { kind, personId: 'per_1' as PersonId, sessionId } : undefined
    }
  const gates: Gates = {
    carrier: async (key) => {
      asked.push(`carrier ${key}`)
      return key === 'hfk_good' ? { kind: 'carrier', carrierId: 'car_1' as CarrierId, keyId: 'k' } : undefined
    },
    courier: person('courier'),
    recipient: person('recipient'),
    staff: async (token) => {
      asked.push(`staff ${token}`)
      const role = roles.find((each) => each === token)
      const who = { staffId: 'stf_1' as StaffId, operatorId: 'opr_1' as OperatorId, sessionId }
      return role === undefined ? undefined : { kind: 'staff', ...who, role }
    },
  }
  return { gates, asked }
}

const shown = (more: Partial<Credentials> = {}): Credentials => ({
  method: 'POST',
  headers: { host: 'cloud.example' },
  cookies: {},
  ...more,
})
const whatCame = (admission: Admission): unknown => {
  if (admission.kind === 'admitted') return admission.caller.kind
  const { body } = admission.reply as { body: { error: { code: string } } }
  return `${admission.reply.status} ${body.error.code}`
}
const ask = async (who: Who, given: Partial<Credentials> = {}): Promise<unknown> =>
  whatCame(await admit(who, gatesOf().gates, shown(given)))

const everyCookie = { [cookieOf.courier]: 'courier', [cookieOf.recipient]: 'recipient', [cookieOf.operator]: 'manager' }
const key = { host: 'cloud.example', authorization: 'Bearer hfk_good' }

describe('who is let in', () => {
  it.each([
    ['public', 'public'],
    ['carrier', '401 api-key-invalid'],
    ['courier', '401 not-signed-in'],
    ['recipient', '401 not-signed-in'],
    [{ staff: roles }, '401 not-signed-in'],
  ] as const)('with nothing in hand, at a route for %j: %s', async (who, came) => {
    expect(await ask(who)).toBe(came)
  })

  it.each([
    ['carrier', '401 api-key-invalid'],
    ['courier', 'courier'],
    ['recipient', 'recipient'],
    [{ staff: ['manager'] }, 'staff'],
  ] as const)('with every cookie there is, at a route for %j: %s', async (who, came) => {
    expect(await ask(who, { cookies: everyCookie })).toBe(came)
  })

  it.each([
    ['carrier', 'carrier'],
    ['courier', '401 not-signed-in'],
    ['recipient', '401 not-signed-in'],
    [{ staff: roles }, '401 not-signed-in'],
  ] as const)('with a carrier’s key alone, at a route for %j: %s', async (who, came) => {
    expect(await ask(who, { headers: key })).toBe(came)
  })

  it('reads each audience’s own cookie and no other', async () => {
    for (const [who, own] of [
      ['courier', 'courier'],
      ['recipient', 'recipient'],
    ] as const) {
      const { gates, asked } = gatesOf()
      await admit(who, gates, shown({ cookies: everyCookie }))
      expect(asked).toEqual([`${who} ${own}`])
      const others = Object.fromEntries(Object.entries(everyCookie).filter(([name]) => name !== cookieOf[who]))
      expect(await ask(who, { cookies: others })).toBe('401 not-signed-in')
    }
  })

  it('asks nobody who calls a public route', async () => {
    const { gates, asked } = gatesOf()
    await admit('public', gates, shown({ cookies: everyCookie, headers: key }))
    expect(asked).toEqual([])
  })

  it.each(roles.flatMap((role) => roles.map((needed) => [role, needed] as const)))(
    'a %s at a route for a %s',
    async (role, needed) => {
      const came = role === needed ? 'staff' : '403 role-missing'
      expect(await ask({ staff: [needed] }, { cookies: { hf_operator: role } })).toBe(came)
    },
  )

  it.each([
    ['Basic aGZrX2dvb2Q6', '401 api-key-invalid'],
    ['hfk_good', '401 api-key-invalid'],
    ['Bearer ', '401 api-key-invalid'],
    ['Bearer hfk_bad', '401 api-key-invalid'],
    ['Bearer hfk_good ', '401 api-key-invalid'],
    ['Bearer hfk_good', 'carrier'],
  ])('a key shown as “%s”', async (authorization, came) => {
    expect(await ask('carrier', { headers: { authorization } })).toBe(came)
  })
})

describe('a page of somewhere else that borrows a person’s cookie', () => {
  const host = 'cloud.example'
  it.each([
    ['POST', 'https://cloud.example', 'courier'],
    ['POST', 'http://cloud.example', 'courier'],
    ['POST', 'https://evil.example', '403 origin-refused'],
    ['POST', 'https://cloud.example.evil.example', '403 origin-refused'],
    ['POST', 'https://cloud.example:8443', '403 origin-refused'],
    ['POST', 'https://sub.cloud.example', '403 origin-refused'],
    ['POST', 'null', '403 origin-refused'],
    ['POST', '', '403 origin-refused'],
    ['PUT', 'https://evil.example', '403 origin-refused'],
    ['PATCH', 'https://evil.example', '403 origin-refused'],
    ['DELETE', 'https://evil.example', '403 origin-refused'],
    ['GET', 'https://evil.example', 'courier'],
  ])('%s from “%s”', async (method, origin, came) => {
    expect(await ask('courier', { method, headers: { host, origin }, cookies: everyCookie })).toBe(came)
  })

  it('is turned away before its cookie is looked at', async () => {
    const { gates, asked } = gatesOf()
    await admit('courier', gates, shown({ headers: { host, origin: 'https://evil.example' }, cookies: everyCookie }))
    expect(asked).toEqual([])
  })

  it('is no matter for a carrier’s program, which has no cookies', async () => {
    expect(await ask('carrier', { headers: { ...key, origin: 'https://evil.example' } })).toBe('carrier')
  })
})
