import Type from 'typebox'
import { closed, idField, seqField } from '../../journal/fields.ts'
import { nullable, pageQuery } from '../shapes.ts'

const point = {
  incarnation: idField('incarnation'),
  seq: Type.Integer({ minimum: 0 }),
  hash: Type.String({ maxLength: 64 }),
}

/** GET /v1/operator/cabinets/:cabinet/journal: 500 entries a page, as the cabinet wrote them; `next` goes back as `after`. */
export const journalQuery = Type.Object({ after: pageQuery.after }, closed)
export const journalPageSchema = Type.Object(
  {
    items: Type.Array(Type.Object({ ...point, seq: seqField, entry: Type.String() }, closed)),
    /** How far each journal goes, and the newest head that the cabinet signed; `key` of the terminal that stands there now. */
    ends: Type.Array(
      Type.Object(
        {
          ...point,
          headSeq: nullable(Type.Integer({ minimum: 0 })),
          signature: nullable(Type.String({ maxLength: 128 })),
          key: nullable(Type.String({ maxLength: 200 })),
        },
        closed,
      ),
    ),
    next: nullable(Type.String({ maxLength: 200 })),
  },
  closed,
)
export type JournalPage = Type.Static<typeof journalPageSchema>
