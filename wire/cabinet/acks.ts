import Type from 'typebox'
import { closed, idField, seqField } from '../journal/fields.ts'

/**
 * down/acks: everything up to `watermark` of this incarnation is committed in the cloud's database.
 * `gapFrom` asks for the entries from there on; `forked` says that the same number came with another hash.
 */
export const ackSchema = Type.Object(
  {
    v: Type.Literal(1),
    cabinet: idField('cabinet'),
    incarnation: idField('incarnation'),
    watermark: Type.Integer({ minimum: 0 }),
    gapFrom: Type.Optional(seqField),
    forked: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Ack = Type.Static<typeof ackSchema>
