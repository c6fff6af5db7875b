import type { PersonId } from '@holdfast/core/values/ids.ts'
import { minutes } from '@holdfast/core/values/instants.ts'
import { signInCodeRequest, signInRequest } from '@holdfast/wire/http/people.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import { type PeopleRefusal, peopleCodes } from '../codes.ts'
import type { Persons } from '../persons/persons.ts'
import type { PeopleParts } from '../routes.ts'

/** Phones behind one mobile carrier share addresses: wide enough for a site, too narrow to pump messages. */
export const addressLimits = { codes: 60, signIns: 120, window: minutes(15) } as const

const no = (code: PeopleRefusal): Reply => refuse(peopleCodes, code)

export const signInRoutes = (parts: PeopleParts): readonly Route[] => [codes(parts), signIn(parts)]

const codes = ({ phones, throttle, sendCode }: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/v1/sign-in/codes',
    who: 'public',
    summary: 'Send a sign-in code to a phone',
    schemas: { body: signInCodeRequest },
    replies: { 202: emptySchema },
    handle: async ({ body, ip }) => {
      const { codes: most, window: per } = addressLimits
      if (!(await throttle.allow({ what: 'code-address', who: ip, most, per }))) return no('sign-in-throttled')
      const phone = phones.read(body.phone)
      if (phone === undefined) return no('phone-unreadable')
      const sent = await sendCode({ phone, purpose: body.audience, locale: body.locale })
      return sent.ok ? { status: 202, body: {} } : no(sent.refusal)
    },
  })

const signIn = ({ phones, persons, codes, sessions, throttle }: PeopleParts): Route =>
  route({
    method: 'POST',
    path: '/v1/sign-in',
    who: 'public',
    summary: 'Sign in with the code that the phone received',
    schemas: { body: signInRequest },
    replies: { 200: emptySchema },
    handle: async ({ body: { phone: typed, audience, code }, ip }) => {
      const { signIns: most, window: per } = addressLimits
      if (!(await throttle.allow({ what: 'sign-in-address', who: ip, most, per }))) return no('sign-in-throttled')
      const phone = phones.read(typed)
      if (phone === undefined) return no('phone-unreadable')
      const judged = await codes.judge({ phone, purpose: audience, code })
      if (!judged.ok) return no(judged.refusal)
      // Only who holds the phone learns whether it is a courier's.
      const person = audience === 'recipient' ? await persons.ensure(phone, judged.value.locale) : undefined
      const known = person ?? (await employed(persons, await persons.personByPhone(phone)))
      if (known === undefined) return no('courier-unknown')
      return { status: 200, body: {}, cookies: [await sessions.open(audience, known)] }
    },
  })

async function employed(persons: Persons, person: PersonId | undefined): Promise<PersonId | undefined> {
  return person !== undefined && (await persons.employmentsOf(person)).length > 0 ? person : undefined
}
