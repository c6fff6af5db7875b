import Type from 'typebox'
import { closed, idField, instantField, localeField, textField } from '../../journal/fields.ts'
import { nullable, pageOf, pageQuery, phoneField } from '../shapes.ts'

const employmentView = Type.Object(
  {
    carrier: idField('carrier'),
    carrierName: textField(80),
    outlet: nullable(textField(80)),
    from: instantField,
    until: nullable(instantField),
  },
  closed,
)

/** GET /v1/operator/couriers?after=&limit=&search= → page: those employed by carriers that this operator looks after. */
export const courierRowSchema = Type.Object(
  {
    person: idField('person'),
    name: nullable(textField(80)),
    phoneMasked: textField(32),
    employments: Type.Array(employmentView),
  },
  closed,
)
export type CourierRow = Type.Static<typeof courierRowSchema>
export const courierPage = pageOf(courierRowSchema)
export const courierQuery = Type.Object({ ...pageQuery, search: Type.Optional(textField(64)) })

/** POST /v1/operator/couriers/:person/employments (manager, dispatcher) → 201 `courierRowSchema`; times from now unless told. */
export const employmentRequest = Type.Object(
  {
    carrier: idField('carrier'),
    outlet: Type.Optional(textField(80)),
    from: Type.Optional(instantField),
    until: Type.Optional(instantField),
  },
  closed,
)
export type EmploymentRequest = Type.Static<typeof employmentRequest>

/** POST /v1/operator/couriers (manager, dispatcher) → 201 `courierRowSchema`. A phone already known is the same person. */
export const courierRequest = Type.Object(
  {
    phone: phoneField,
    name: textField(80),
    locale: Type.Optional(localeField),
    employments: Type.Array(employmentRequest, { minItems: 1, maxItems: 10 }),
  },
  closed,
)
export type CourierRequest = Type.Static<typeof courierRequest>
