import Type from 'typebox'
import { readId } from '@holdfast/core/values/ids.ts'
import {
  colleagueChange,
  colleaguePage,
  inviteRequest,
  staffLinkSchema,
  welcomeLook,
  welcomeRequest,
  welcomeView,
} from '@holdfast/wire/http/desk/staff.ts'
import { emptySchema, pageQuery } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { minutes } from '@holdfast/core/values/instants.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import { peopleCodes } from '../codes.ts'
import type { Outcome } from '../people.ts'
import type { PeopleParts } from '../routes.ts'

const managers = { staff: ['manager'] } as const
const params = Type.Object({ staff: idField('staff') })
const pageMost = 50
/** A link has 144 bits: this bounds the work that a stranger may ask for, not the guessing. */
const triesMost = 60
const window = minutes(15)

const answer = <T>(outcome: Outcome<T>, status: number): Reply =>
  outcome.ok ? { status, body: outcome.value ?? {} } : refuse(peopleCodes, outcome.refusal)

export const deskRoutes = (parts: PeopleParts): readonly Route[] => [...welcome(parts), ...colleagueRoutes(parts)]

const welcome = ({ links, sessions, throttle }: PeopleParts): readonly Route[] => {
  const allowed = async (who: string): Promise<boolean> =>
    await throttle.allow({ what: 'staff-link', who, most: triesMost, per: window })
  return [
    route({
      method: 'POST',
      path: '/v1/operator/welcome/look',
      who: 'public',
      summary: 'Whom a one-time link is for',
      schemas: { body: welcomeLook },
      replies: { 200: welcomeView },
      handle: async ({ body, ip }) => {
        if (!(await allowed(ip))) return refuse(peopleCodes, 'sign-in-throttled')
        return answer(await links.look(body.token), 200)
      },
    }),
    route({
      method: 'POST',
      path: '/v1/operator/welcome',
      who: 'public',
      summary: 'Choose a password by a one-time link, and be signed in; the first one begins the house',
      schemas: { body: welcomeRequest },
      replies: { 200: emptySchema },
      handle: async ({ body, ip }) => {
        if (!(await allowed(ip))) return refuse(peopleCodes, 'sign-in-throttled')
        const used = await links.use(body)
        if (!used.ok) return refuse(peopleCodes, used.refusal)
        return { status: 200, body: {}, cookies: [await sessions.open('operator', used.value)] }
      },
    }),
  ]
}

const colleagueRoutes = ({ colleagues }: PeopleParts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/operator/staff',
    who: managers,
    summary: 'Who works at this desk',
    schemas: { query: Type.Object(pageQuery) },
    replies: { 200: colleaguePage },
    handle: async ({ caller, query: { after, limit = pageMost } }) => ({
      status: 200,
      body: await colleagues.list(caller.operatorId, { limit, ...(after === undefined ? {} : { after }) }),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/staff',
    who: managers,
    summary: 'Invite a colleague; the link is shown once',
    schemas: { body: inviteRequest },
    replies: { 201: staffLinkSchema },
    handle: async ({ caller, body }) => answer(await colleagues.invite(caller.operatorId, body), 201),
  }),
  route({
    method: 'POST',
    path: '/v1/operator/staff/:staff/reset',
    who: managers,
    summary: 'A link by which a colleague chooses a new password; shown once',
    schemas: { params },
    replies: { 201: staffLinkSchema },
    handle: async ({ caller, params: { staff: text } }) => {
      const staff = readId('staff', text)
      if (staff === undefined) return refuse(peopleCodes, 'staff-unknown')
      return answer(await colleagues.reset(caller.operatorId, staff), 201)
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/operator/staff/:staff',
    who: managers,
    summary: 'Change a colleague’s role, or let them go and come back',
    schemas: { params, body: colleagueChange },
    replies: { 200: emptySchema },
    handle: async ({ caller, params: { staff: text }, body }) => {
      const staff = readId('staff', text)
      if (staff === undefined) return refuse(peopleCodes, 'staff-unknown')
      return answer(await colleagues.change(caller.operatorId, staff, body), 200)
    },
  }),
]
