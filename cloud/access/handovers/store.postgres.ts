import { type CabinetId, type DepositId, idFromUuid, idToUuid, type PersonId } from '@holdfast/core/values/ids.ts'
import { days, type Instant } from '@holdfast/core/values/instants.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Db } from '../../platform/postgres/db.ts'

export type Handover = {
  readonly cabinet: CabinetId
  readonly deposit: DepositId
  readonly owner: PersonId
  /** Whoever opened the link first. */
  readonly helper: PersonId | null
}

type Row = {
  readonly cabinet: string
  readonly deposit: string
  readonly owner: string
  readonly helper: string | null
}

const listedAtMost = 100
/** Longer than any parcel waits. */
const kept = days(60)

export type Given = Omit<Handover, 'helper'> & { readonly tokenHash: Uint8Array; readonly at: Instant }

/** One for each deposit: a new link ends the one before, and whoever held it. */
export async function putHandover({ query }: Db, { cabinet, deposit, owner, tokenHash, at }: Given): Promise<void> {
  await query(
    `insert into handover (cabinet, deposit, owner, token_hash, made_at) values ($1, $2, $3, $4, $5)
     on conflict (cabinet, deposit) do update set owner = $3, token_hash = $4, helper = null, made_at = $5`,
    [idToUuid(cabinet), idToUuid(deposit), idToUuid(owner), tokenHash, at],
  )
}

export async function dropHandover(
  { query }: Db,
  { cabinet, deposit, owner }: Omit<Handover, 'helper'>,
): Promise<boolean> {
  const gone = await query(
    'delete from handover where cabinet = $1 and deposit = $2 and owner = $3 returning cabinet',
    [idToUuid(cabinet), idToUuid(deposit), idToUuid(owner)],
  )
  return gone.length > 0
}

/** The first one has it; to others the link is as if it had never been. */
export async function claimHandover(
  { query }: Db,
  tokenHash: Uint8Array,
  helper: PersonId,
): Promise<Handover | undefined> {
  const [row] = await query<Row>(
    `update handover set helper = $2 where token_hash = $1 and (helper is null or helper = $2)
     returning cabinet, deposit, owner, helper`,
    [tokenHash, idToUuid(helper)],
  )
  return row === undefined ? undefined : fromRow(row)
}

export async function handoversOf({ query }: Db, person: PersonId): Promise<readonly Handover[]> {
  const rows = await query<Row>(
    `select cabinet, deposit, owner, helper from handover where owner = $1 or helper = $1 order by made_at limit $2`,
    [idToUuid(person), listedAtMost],
  )
  return rows.map(fromRow)
}

export async function forgetHandovers({ db, clock }: Pick<Ports, 'db' | 'clock'>): Promise<void> {
  await db.query('delete from handover where made_at < $1', [clock.now() - kept])
}

const fromRow = ({ cabinet, deposit, owner, helper }: Row): Handover => ({
  cabinet: idFromUuid('cabinet', cabinet),
  deposit: idFromUuid('deposit', deposit),
  owner: idFromUuid('person', owner),
  helper: helper === null ? null : idFromUuid('person', helper),
})
