import { type CarrierId, type PersonId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

export type KnownCourier = {
  readonly person: PersonId
  readonly name: string | null
  readonly phoneLocked: Uint8Array
}

export type KnownEmployment = {
  readonly person: PersonId
  readonly carrier: CarrierId
  readonly outlet: string | null
  readonly from: Instant
  readonly until: Instant | null
}

export type CourierPage = {
  readonly carriers: readonly CarrierId[]
  /** Of a name, anywhere in it; a phone is looked for by its key. */
  readonly name: string | null
  readonly phoneKey: Uint8Array | null
  readonly after: string | null
  readonly limit: number
}

/** `person`: this one alone. */
export async function readCouriers(
  query: Query,
  page: CourierPage,
  person?: PersonId,
): Promise<readonly KnownCourier[]> {
  const rows = await query<{ person: string; name: string | null; phoneLocked: Uint8Array }>(
    `select p.person, p.name, p.phone_locked as "phoneLocked" from person p
     where exists (select from employment e where e.person = p.person and e.carrier_id = any($1::uuid[]))
       and ($2::uuid is null or p.person > $2)
       and ($3::text is null or strpos(lower(p.name), lower($3)) > 0 or p.phone_key = $4)
       and ($6::uuid is null or p.person = $6)
     order by p.person limit $5`,
    [
      page.carriers.map(idToUuid),
      page.after,
      page.name,
      page.phoneKey,
      page.limit,
      person === undefined ? null : idToUuid(person),
    ],
  )
  return rows.map((row) => ({ ...row, person: idFromUuid('person', row.person) }))
}

/** All that these people had and have with these carriers, the newest first. */
export async function readEmployments(
  query: Query,
  people: readonly PersonId[],
  carriers: readonly CarrierId[],
): Promise<readonly KnownEmployment[]> {
  const rows = await query<{
    person: string
    carrier: string
    outlet: string | null
    from: Instant
    until: Instant | null
  }>(
    `select person, carrier_id as carrier, outlet, from_at as "from", until_at as "until" from employment
     where person = any($1::uuid[]) and carrier_id = any($2::uuid[]) order by from_at desc, carrier_id`,
    [people.map(idToUuid), carriers.map(idToUuid)],
  )
  return rows.map((row) => ({
    ...row,
    person: idFromUuid('person', row.person),
    carrier: idFromUuid('carrier', row.carrier),
  }))
}

/** False where one with this carrier reaches into the same time. */
export async function addEmployment(
  tx: Tx,
  { person, carrier, outlet, from, until }: KnownEmployment,
): Promise<boolean> {
  // One desk at a time, so that no two see room for one only.
  await tx.query('select from person where person = $1 for update', [idToUuid(person)])
  const rows = await tx.query(
    `insert into employment (person, carrier_id, from_at, until_at, outlet)
     select $1, $2, $3, $4::bigint, $5 where not exists (
       select from employment where person = $1 and carrier_id = $2
         and (until_at is null or until_at > $3) and ($4::bigint is null or from_at < $4::bigint))
     on conflict do nothing returning person`,
    [idToUuid(person), idToUuid(carrier), from, until, outlet],
  )
  return rows.length > 0
}
