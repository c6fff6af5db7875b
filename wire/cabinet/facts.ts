import Type from 'typebox'
import { closed, idField, seqField } from '../journal/fields.ts'

/**
 * up/facts: line 1 this header, then 1 to 64 lines, each one journal entry exactly as the cabinet wrote it.
 * Entries are contiguous from `from`. Sent again until `down/acks` says that the cloud has committed them.
 */
export const factsHeaderSchema = Type.Object(
  {
    v: Type.Literal(1),
    cabinet: idField('cabinet'),
    incarnation: idField('incarnation'),
    from: seqField,
    /** Hash of the entry before `from`, base64url; zero bytes before the first. */
    previous: Type.String(),
    /** Sealed private parts of these entries that the cloud has not acknowledged. */
    privates: Type.Array(
      Type.Object(
        { seq: seqField, blind: Type.String({ maxLength: 64 }), blob: Type.String({ maxLength: 65536 }) },
        closed,
      ),
      { maxItems: 64 },
    ),
    /** Signed heads that lie within these entries. */
    heads: Type.Array(
      Type.Object(
        { seq: seqField, hash: Type.String({ maxLength: 64 }), signature: Type.String({ maxLength: 128 }) },
        closed,
      ),
      { maxItems: 64 },
    ),
  },
  closed,
)
export type FactsHeader = Type.Static<typeof factsHeaderSchema>

export const factsPerMessage = 64

/** One journal entry (`wire/seals/chain.ts` EntryContent); `event` is judged by `wire/journal/events.ts`. */
export const entrySchema = Type.Object(
  {
    seq: seqField,
    incarnation: idField('incarnation'),
    boot: Type.Integer({ minimum: 1 }),
    running: Type.Integer({ minimum: 0 }),
    wall: Type.Integer(),
    trusted: Type.Boolean(),
    event: Type.Unknown(),
    private: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
)
