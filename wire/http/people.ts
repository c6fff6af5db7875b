import Type from 'typebox'
import { closed, idField, localeField, textField } from '../journal/fields.ts'
import { nullable, phoneField } from './shapes.ts'

const audience = Type.Enum(['courier', 'recipient'])

/** POST /v1/sign-in/codes (public) → 202, whether the phone is known or not. */
export const signInCodeRequest = Type.Object(
  { phone: phoneField, audience, locale: Type.Optional(localeField) },
  closed,
)

/** POST /v1/sign-in (public) → 200 and the audience's cookie. */
export const signInRequest = Type.Object(
  { phone: phoneField, code: Type.String({ pattern: '^[0-9]{6}$' }), audience },
  closed,
)

/** POST /v1/courier/sign-out, /v1/recipient/sign-out, /v1/operator/sign-out → 204. */

export const employmentSchema = Type.Object(
  { carrier: idField('carrier'), carrierName: textField(80), outlet: nullable(textField(80)) },
  closed,
)

/** GET /v1/courier/me */
export const courierSchema = Type.Object(
  {
    person: idField('person'),
    phoneMasked: textField(32),
    name: nullable(textField(80)),
    locale: localeField,
    employments: Type.Array(employmentSchema),
  },
  closed,
)
export type Courier = Type.Static<typeof courierSchema>

/** GET /v1/recipient/me; PATCH /v1/recipient/me with `recipientWishes`. */
export const recipientSchema = Type.Object(
  {
    person: idField('person'),
    phoneMasked: textField(32),
    locale: localeField,
    lowDoor: Type.Boolean(),
    alwaysConsents: Type.Boolean(),
  },
  closed,
)
export type Recipient = Type.Static<typeof recipientSchema>

export const recipientWishes = Type.Object(
  {
    locale: Type.Optional(localeField),
    lowDoor: Type.Optional(Type.Boolean()),
    alwaysConsents: Type.Optional(Type.Boolean()),
  },
  closed,
)

/** POST /v1/operator/sign-in (public) → 200 and the operator cookie. */
export const staffSignInRequest = Type.Object({ email: textField(200), password: textField(200) }, closed)

/** GET /v1/operator/me */
export const staffSchema = Type.Object(
  {
    staff: idField('staff'),
    name: textField(80),
    operator: idField('operator'),
    operatorName: textField(80),
    role: Type.Enum(['viewer', 'dispatcher', 'technician', 'manager']),
  },
  closed,
)
export type Staff = Type.Static<typeof staffSchema>
