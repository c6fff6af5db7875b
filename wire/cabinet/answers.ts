import Type from 'typebox'
import { closed, idField, nonceField, textField } from '../journal/fields.ts'

/**
 * up/answers: what became of an order. `accepted` when the intent is synced; then `opened`, `not-opened` or
 * `unknown` from the sensors. A duplicate order is answered with its stored outcome and never pulses.
 */
export const answerSchema = Type.Object(
  {
    v: Type.Literal(1),
    cabinet: idField('cabinet'),
    incarnation: idField('incarnation'),
    order: idField('order'),
    outcome: Type.Enum(['accepted', 'done', 'opened', 'not-opened', 'unknown', 'refused']),
    reason: Type.Optional(textField(64)),
    /** Answer to `askNonce`. */
    nonce: Type.Optional(nonceField),
    /** This order had been answered before. */
    repeated: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Answer = Type.Static<typeof answerSchema>
