import type { Audience, Route, Who } from '../platform/http/route.ts'
import { route } from '../platform/http/route.ts'
import type { Directory } from '../platform/ports.ts'
import type { People } from './people.ts'
import type { Persons } from './persons/persons.ts'
import type { Phones } from './persons/phones.ts'
import { personRoutes } from './persons/routes.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { Codes } from './sign-in/code.ts'
import { signInRoutes } from './sign-in/routes.ts'
import type { Throttle } from './sign-in/throttle.ts'
import type { Couriers } from './couriers/couriers.ts'
import { courierDeskRoutes } from './couriers/routes.ts'
import type { Colleagues } from './staff/colleagues.ts'
import { deskRoutes } from './staff/desk.routes.ts'
import type { Links } from './staff/links.ts'
import { everyone, staffRoutes } from './staff/routes.ts'
import type { Staffing } from './staff/staff.ts'

export type PeopleParts = {
  readonly phones: Phones
  readonly persons: Persons
  readonly codes: Codes
  readonly sessions: Sessions
  readonly staff: Staffing
  readonly links: Links
  readonly colleagues: Colleagues
  readonly couriers: Couriers
  readonly throttle: Throttle
  readonly sendCode: People['sendCode']
  readonly carriers: Directory['carriers']
}

export const peopleRoutes = (parts: PeopleParts): readonly Route[] => [
  ...signInRoutes(parts),
  ...staffRoutes(parts),
  ...deskRoutes(parts),
  ...courierDeskRoutes(parts),
  ...personRoutes(parts),
  ...signOuts(parts),
]

function signOuts({ sessions }: PeopleParts): readonly Route[] {
  const of = (audience: Audience, who: Exclude<Who, 'public' | 'carrier'>): Route =>
    route({
      method: 'POST',
      path: `/v1/${audience}/sign-out`,
      who,
      summary: 'End this session',
      schemas: {},
      replies: {},
      handle: async ({ caller }) => {
        await sessions.end(caller.sessionId)
        return { status: 204, cookies: [{ audience }] }
      },
    })
  return [of('courier', 'courier'), of('recipient', 'recipient'), of('operator', { staff: everyone })]
}
