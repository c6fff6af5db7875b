import { type CarrierId, type PersonId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

export type PersonRow = {
  readonly person: PersonId
  readonly phoneLocked: Uint8Array
  readonly name: string | null
  readonly locale: Locale
  readonly lowDoor: boolean
  readonly alwaysConsents: boolean
}

export type NewPerson = {
  readonly person: PersonId
  readonly phoneKey: Uint8Array
  readonly phoneLocked: Uint8Array
  readonly name: string | null
  readonly locale: Locale
  readonly at: Instant
}

export type EmploymentRow = { readonly carrier: CarrierId; readonly outlet: string | null }

type Raw = Omit<PersonRow, 'person'> & { readonly person: string }
type Person = { readonly person: string }

const columns = `person, phone_locked as "phoneLocked", name, locale, low_door as "lowDoor",
  always_consents as "alwaysConsents"`

const toRow = (raw: Raw): PersonRow => ({ ...raw, person: idFromUuid('person', raw.person) })

/** The person who has this phone; made where there is none. A name once told is kept until another is. */
export async function putPerson(query: Query, given: NewPerson): Promise<PersonId> {
  const [row] = await query<Person>(
    `insert into person as p (person, phone_key, phone_locked, name, locale, created_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (phone_key) do update set name = coalesce(excluded.name, p.name) returning person`,
    [idToUuid(given.person), given.phoneKey, given.phoneLocked, given.name, given.locale, given.at],
  )
  if (row === undefined) throw new Error('a person was neither made nor found')
  return idFromUuid('person', row.person)
}

export async function personByKey(query: Query, phoneKey: Uint8Array): Promise<PersonRow | undefined> {
  const [row] = await query<Raw>(`select ${columns} from person where phone_key = $1`, [phoneKey])
  return row === undefined ? undefined : toRow(row)
}

export async function personById(query: Query, person: PersonId): Promise<PersonRow | undefined> {
  const [row] = await query<Raw>(`select ${columns} from person where person = $1`, [idToUuid(person)])
  return row === undefined ? undefined : toRow(row)
}

/** `keys` in hex; so are those that come back. */
export async function consentingByKey(
  query: Query,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly person: PersonId }[]> {
  if (keys.length === 0) return []
  const rows = await query<Person & { readonly key: string }>(
    `select encode(phone_key, 'hex') as key, person from person
     where always_consents and phone_key in (select decode(k, 'hex') from unnest($1::text[]) k)`,
    [keys],
  )
  return rows.map(({ key, person }) => ({ key, person: idFromUuid('person', person) }))
}

export async function consentersAfter(
  query: Query,
  { after, most }: { readonly after: PersonId | null; readonly most: number },
): Promise<readonly PersonId[]> {
  const rows = await query<Person>(
    `select person from person where always_consents and ($1::uuid is null or person > $1) order by person limit $2`,
    [after === null ? null : idToUuid(after), most],
  )
  return rows.map(({ person }) => idFromUuid('person', person))
}

export async function changeWishes(
  tx: Tx,
  person: PersonId,
  wishes: { readonly locale: Locale | null; readonly lowDoor: boolean | null; readonly alwaysConsents: boolean | null },
): Promise<PersonRow | undefined> {
  const [row] = await tx.query<Raw>(
    `update person set locale = coalesce($2, locale), low_door = coalesce($3, low_door),
       always_consents = coalesce($4, always_consents)
     where person = $1 returning ${columns}`,
    [idToUuid(person), wishes.locale, wishes.lowDoor, wishes.alwaysConsents],
  )
  return row === undefined ? undefined : toRow(row)
}

export async function employmentsAt(query: Query, person: PersonId, at: Instant): Promise<readonly EmploymentRow[]> {
  const rows = await query<{ readonly carrier: string; readonly outlet: string | null }>(
    `select carrier_id as carrier, outlet from employment
     where person = $1 and from_at <= $2 and (until_at is null or until_at > $2) order by from_at, carrier_id`,
    [idToUuid(person), at],
  )
  return rows.map(({ carrier, outlet }) => ({ outlet, carrier: idFromUuid('carrier', carrier) }))
}

export async function employ(
  tx: Tx,
  person: PersonId,
  { carrier, outlet, at }: EmploymentRow & { readonly at: Instant },
): Promise<void> {
  await tx.query(
    `insert into employment (person, carrier_id, from_at, outlet) values ($1, $2, $3, $4) on conflict do nothing`,
    [idToUuid(person), idToUuid(carrier), at, outlet],
  )
}

/** Ends the employment, and with the last one the person's courier sessions. */
export async function dismiss(tx: Tx, person: PersonId, end: { readonly carrier: CarrierId; readonly at: Instant }) {
  await tx.query(
    `update employment set until_at = $3 where person = $1 and carrier_id = $2 and (until_at is null or until_at > $3)`,
    [idToUuid(person), idToUuid(end.carrier), end.at],
  )
  await tx.query(
    `update session set ended_at = $2 where subject = $1 and audience = 'courier' and ended_at is null
       and not exists (select from employment where person = $1 and (until_at is null or until_at > $2))`,
    [idToUuid(person), end.at],
  )
}
