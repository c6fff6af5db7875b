import Type from 'typebox'
import { closed, idField, instantField, textField } from '../../journal/fields.ts'
import { nullable, pageOf } from '../shapes.ts'

const roleField = Type.Enum(['viewer', 'dispatcher', 'technician', 'manager'])
const emailField = Type.String({ minLength: 3, maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+$' })
const passwordField = textField(200)
const tokenField = Type.String({ minLength: 16, maxLength: 64 })

/** GET /v1/operator/staff (manager) → page. */
export const colleagueSchema = Type.Object(
  {
    staff: idField('staff'),
    name: textField(80),
    email: textField(200),
    role: roleField,
    state: Type.Enum(['invited', 'active', 'left']),
    seenAt: nullable(instantField),
  },
  closed,
)
export type Colleague = Type.Static<typeof colleagueSchema>
export const colleaguePage = pageOf(colleagueSchema)

/** POST /v1/operator/staff (manager) → 201 `staffLinkSchema`. */
export const inviteRequest = Type.Object({ name: textField(80), email: emailField, role: roleField }, closed)
export type InviteRequest = Type.Static<typeof inviteRequest>

/** PATCH /v1/operator/staff/:staff (manager). Not active: signed out at once, and never in again. */
export const colleagueChange = Type.Object(
  { role: Type.Optional(roleField), active: Type.Optional(Type.Boolean()) },
  closed,
)
export type ColleagueChange = Type.Static<typeof colleagueChange>

/** Also of POST /v1/operator/staff/:staff/reset → 201. The token is shown once; it opens `/operator/#/welcome/<token>`. */
export const staffLinkSchema = Type.Object(
  { staff: idField('staff'), token: tokenField, expiresAt: instantField },
  closed,
)
export type StaffLink = Type.Static<typeof staffLinkSchema>

/** POST /v1/operator/welcome/look (public): whom the link is for. */
export const welcomeLook = Type.Object({ token: tokenField }, closed)
export const welcomeView = Type.Object(
  {
    purpose: Type.Enum(['first', 'invite', 'reset']),
    name: nullable(textField(80)),
    email: nullable(textField(200)),
    operatorName: nullable(textField(80)),
  },
  closed,
)
export type WelcomeView = Type.Static<typeof welcomeView>

/** POST /v1/operator/welcome (public) → 200 and the operator cookie. `first` belongs to the first link of a house alone. */
export const welcomeRequest = Type.Object(
  {
    token: tokenField,
    password: passwordField,
    first: Type.Optional(Type.Object({ operatorName: textField(80), name: textField(80), email: emailField }, closed)),
  },
  closed,
)
export type WelcomeRequest = Type.Static<typeof welcomeRequest>
