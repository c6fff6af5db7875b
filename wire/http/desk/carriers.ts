import Type from 'typebox'
import { closed, idField, instantField, textField } from '../../journal/fields.ts'
import { endpointSchema } from '../carriers.ts'
import { nullable } from '../shapes.ts'

const codeField = Type.String({ minLength: 2, maxLength: 32, pattern: '^[a-z0-9][a-z0-9-]*$' })

/** GET /v1/operator/carriers. Keys and endpoints only of those that this operator looks after (`kept`). */
export const carrierDeskSchema = Type.Object(
  {
    id: idField('carrier'),
    code: textField(32),
    name: textField(80),
    kept: Type.Boolean(),
    keys: Type.Array(
      Type.Object({ id: idField('key'), hint: Type.String({ maxLength: 8 }), createdAt: instantField }, closed),
    ),
    endpoints: Type.Array(endpointSchema),
  },
  closed,
)
export type CarrierDesk = Type.Static<typeof carrierDeskSchema>
export const carrierDeskList = Type.Object({ items: Type.Array(carrierDeskSchema) }, closed)

/** POST /v1/operator/carriers (manager) → 201 `carrierDeskSchema`. */
export const carrierRequest = Type.Object({ code: codeField, name: textField(80) }, closed)
export type CarrierRequest = Type.Static<typeof carrierRequest>

/** POST /v1/operator/carriers/:carrier/keys (manager) → 201: the key is shown this once. DELETE …/keys/:key → 204. */
export const keyCreated = Type.Object({ id: idField('key'), key: textField(64) }, closed)
export type KeyCreated = Type.Static<typeof keyCreated>

/** POST /v1/operator/carriers/:carrier/endpoints/:endpoint/test → 200: what the endpoint answered to a signed test event. */
export const endpointTestSchema = Type.Object(
  {
    accepted: Type.Boolean(),
    status: nullable(Type.Integer()),
    problem: nullable(textField(64)),
    tookMs: Type.Integer({ minimum: 0 }),
    /** The headers that were sent, so that a receiver's log can be held beside them. */
    sent: Type.Object({ id: textField(64), timestamp: textField(20), signature: textField(120) }, closed),
  },
  closed,
)
export type EndpointTest = Type.Static<typeof endpointTestSchema>
