import { maskPhone } from '@holdfast/core/parcel/phone.ts'
import { courierSchema, recipientSchema, recipientWishes } from '@holdfast/wire/http/people.ts'
import { refusePlatform } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import type { PeopleParts } from '../routes.ts'
import type { Profile } from './persons.ts'

export const personRoutes = (parts: PeopleParts): readonly Route[] => [courier(parts), ...recipients(parts)]

const courier = ({ persons, carriers }: PeopleParts): Route =>
  route({
    method: 'GET',
    path: '/v1/courier/me',
    who: 'courier',
    summary: 'Who is signed in, and for which carriers',
    schemas: {},
    replies: { 200: courierSchema },
    handle: async ({ caller }) => {
      const [me, employments, all] = await Promise.all([
        persons.profile(caller.personId),
        persons.employmentsOf(caller.personId),
        carriers(),
      ])
      if (me === undefined) return refusePlatform('not-found')
      const names = new Map(all.map(({ id, name }) => [id, name]))
      const { person, name, locale, phone } = me
      const withNames = employments.map(({ carrier, outlet }) => ({
        carrier,
        carrierName: names.get(carrier) ?? carrier,
        outlet,
      }))
      return { status: 200, body: { person, phoneMasked: maskPhone(phone), name, locale, employments: withNames } }
    },
  })

const recipients = ({ persons }: PeopleParts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/recipient/me',
    who: 'recipient',
    summary: 'Who is signed in, and what they wish',
    schemas: {},
    replies: { 200: recipientSchema },
    handle: async ({ caller }) => recipient(await persons.profile(caller.personId)),
  }),
  route({
    method: 'PATCH',
    path: '/v1/recipient/me',
    who: 'recipient',
    summary: 'Change language, door height and standing consent',
    schemas: { body: recipientWishes },
    replies: { 200: recipientSchema },
    handle: async ({ caller, body }) => recipient(await persons.wish(caller.personId, body)),
  }),
]

function recipient(me: Profile | undefined): Reply {
  if (me === undefined) return refusePlatform('not-found')
  const { person, phone, locale, lowDoor, alwaysConsents } = me
  return { status: 200, body: { person, phoneMasked: maskPhone(phone), locale, lowDoor, alwaysConsents } }
}
