import {
  idFromUuid,
  idToUuid,
  type CabinetId,
  type CarrierId,
  type OrderId,
  type PersonId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Hold } from '@holdfast/wire/http/courier/day.ts'
import type { Query } from '../../platform/postgres/db.ts'

type Row = {
  readonly cabinet: string
  readonly hold: string
  readonly person: string
  readonly size: Size
  readonly state: Hold['state']
  readonly refusal: string | null
  readonly label: string | null
  readonly asked_at: number
  readonly until_at: number | null
}

const viewOf = (row: Row): Hold => ({
  hold: idFromUuid('order', row.hold),
  cabinet: idFromUuid('cabinet', row.cabinet),
  size: row.size,
  state: row.state,
  refusal: row.refusal,
  label: row.label,
  askedAt: row.asked_at,
  until: row.until_at,
})

export type NewHold = {
  readonly cabinet: CabinetId
  readonly hold: OrderId
  readonly person: PersonId
  readonly carrier: CarrierId
  readonly size: Size
  readonly at: Instant
}

/** The cabinet's own word may have come first: then it stands. */
export async function insertHold(query: Query, made: NewHold): Promise<Hold> {
  const [row] = await query<Row>(
    `insert into courier_hold as h (cabinet, hold, person, carrier_id, size, state, asked_at)
     values ($1, $2, $3, $4, $5, 'asked', $6)
     on conflict (cabinet, hold) do update set asked_at = h.asked_at returning *`,
    [idToUuid(made.cabinet), idToUuid(made.hold), idToUuid(made.person), idToUuid(made.carrier), made.size, made.at],
  )
  if (row === undefined) throw new Error('an insert gave no row')
  return viewOf(row)
}

export async function readHolds(query: Query, person: PersonId, since: Instant): Promise<readonly Hold[]> {
  const rows = await query<Row>(
    `select * from courier_hold
     where person = $1 and (asked_at > $2 or state in ('asked', 'waiting', 'held')) order by asked_at`,
    [idToUuid(person), since],
  )
  return rows.map(viewOf)
}

export async function readHold(
  query: Query,
  person: PersonId,
  hold: OrderId,
): Promise<{ readonly cabinet: string; readonly state: Hold['state'] } | undefined> {
  const [row] = await query<Row>('select * from courier_hold where person = $1 and hold = $2', [
    idToUuid(person),
    idToUuid(hold),
  ])
  return row
}

export type LiveHold = {
  readonly cabinet: CabinetId
  readonly person: PersonId
  readonly state: Hold['state']
  readonly doorSize: Size | null
}

/** Who waits and who holds, everywhere: a handful. */
export async function countLive(query: Query): Promise<readonly LiveHold[]> {
  const rows = await query<Row & { readonly door_size: Size | null }>(
    `select * from courier_hold where state in ('asked', 'waiting', 'held')`,
    [],
  )
  return rows.map(({ cabinet, person, state, door_size }) => ({
    cabinet: idFromUuid('cabinet', cabinet),
    person: idFromUuid('person', person),
    state,
    doorSize: door_size,
  }))
}

export type Told = {
  readonly cabinet: CabinetId
  readonly hold: OrderId
  readonly state: Hold['state']
  readonly label?: string | null
  readonly doorSize?: Size | null
  readonly until?: Instant | null
}

/** What the cabinet says of one that is known. */
export async function tellHold(query: Query, told: Told): Promise<void> {
  const { label = null, doorSize = null, until = null } = told
  await query(
    `update courier_hold set state = $3, label = $4, door_size = $5, until_at = $6, refusal = null
     where cabinet = $1 and hold = $2`,
    [idToUuid(told.cabinet), idToUuid(told.hold), told.state, label, doorSize, until],
  )
}

/** No hold came of it, unless the cabinet has said otherwise: its word stands. */
export async function refuseHold(
  query: Query,
  { cabinet, hold, refusal }: Pick<Told, 'cabinet' | 'hold'> & { readonly refusal: string },
): Promise<void> {
  await query(
    `update courier_hold set state = 'refused', refusal = $3 where cabinet = $1 and hold = $2 and state = 'asked'`,
    [idToUuid(cabinet), idToUuid(hold), refusal],
  )
}
