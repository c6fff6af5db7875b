import { type CabinetId, idFromUuid, idToUuid, type OperatorId, readId } from '@holdfast/core/values/ids.ts'
import type { JournalPage } from '@holdfast/wire/http/desk/journal.ts'
import type { Query } from '../../platform/postgres/db.ts'

const pageSize = 500

type FactRow = { readonly incarnation: string; readonly seq: number; readonly hash: string; readonly entry: string }
type EndRow = {
  readonly incarnation: string
  readonly seq: number
  readonly hash: string
  readonly head_seq: number | null
  readonly head_signature: string | null
  readonly public_key: string | null
}

/** Entries as the cabinet wrote them, one incarnation after the other; undefined for a cabinet of somebody else (law 11). */
export async function readJournalPage(
  query: Query,
  operator: OperatorId,
  { cabinet, after }: { readonly cabinet: CabinetId; readonly after: string | undefined },
): Promise<JournalPage | undefined> {
  const place = readCursor(after)
  const own = [idToUuid(operator), idToUuid(cabinet)]
  const ends = await query<EndRow>(
    `select j.incarnation, j.seq, j.hash, j.head_seq, j.head_signature,
       case when j.incarnation = c.incarnation then c.public_key end as public_key
     from cabinet c left join cabinet_journal j on j.cabinet = c.cabinet
     where c.operator_id = $1 and c.cabinet = $2 order by j.incarnation`,
    own,
  )
  if (ends.length === 0) return undefined
  const rows = await query<FactRow>(
    `select incarnation, seq, hash, entry from cabinet_fact
     where operator_id = $1 and cabinet = $2 and (incarnation, seq) > ($3::uuid, $4::bigint)
     order by incarnation, seq limit ${pageSize}`,
    [...own, place.incarnation, place.seq],
  )
  const items = rows.map(({ incarnation, ...row }) => ({ incarnation: idFromUuid('incarnation', incarnation), ...row }))
  const last = items.at(-1)
  return {
    items,
    ends: ends.flatMap(({ incarnation, seq, hash, head_seq: headSeq, head_signature: signature, public_key: key }) =>
      // Enrolled and never heard: there is no journal yet.
      incarnation === null
        ? []
        : [{ incarnation: idFromUuid('incarnation', incarnation), seq, hash, headSeq, signature, key }],
    ),
    next: items.length < pageSize || last === undefined ? null : `${last.incarnation}.${last.seq}`,
  }
}

const nowhere = { incarnation: '00000000-0000-0000-0000-000000000000', seq: 0 }

/** A cursor that nobody gave begins at the beginning. */
function readCursor(after: string | undefined): { readonly incarnation: string; readonly seq: number } {
  const [name = '', digits = ''] = (after ?? '').split('.')
  const incarnation = readId('incarnation', name)
  const seq = /^\d{1,15}$/u.test(digits) ? Number(digits) : undefined
  return incarnation === undefined || seq === undefined ? nowhere : { incarnation: idToUuid(incarnation), seq }
}
