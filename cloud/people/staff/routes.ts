import { staffSchema, staffSignInRequest } from '@holdfast/wire/http/people.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { refuse, refusePlatform } from '../../platform/http/refusals.ts'
import { type Route, type StaffRole, route } from '../../platform/http/route.ts'
import { peopleCodes } from '../codes.ts'
import type { PeopleParts } from '../routes.ts'

export const everyone: readonly StaffRole[] = ['viewer', 'dispatcher', 'technician', 'manager']

export const staffRoutes = ({ staff, sessions }: PeopleParts): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/operator/sign-in',
    who: 'public',
    summary: 'Sign in as staff',
    schemas: { body: staffSignInRequest },
    replies: { 200: emptySchema },
    handle: async ({ body, ip }) => {
      const signedIn = await staff.signIn({ ...body, address: ip })
      if (!signedIn.ok) return refuse(peopleCodes, signedIn.refusal)
      return { status: 200, body: {}, cookies: [await sessions.open('operator', signedIn.value)] }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/operator/me',
    who: { staff: everyone },
    summary: 'Who is signed in, and as what',
    schemas: {},
    replies: { 200: staffSchema },
    handle: async ({ caller }) => {
      const me = await staff.profile(caller.staffId)
      return me === undefined ? refusePlatform('not-found') : { status: 200, body: me }
    },
  }),
]
