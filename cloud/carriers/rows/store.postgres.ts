import { type CarrierId, idFromUuid, idToUuid, type OperatorId, type ParcelId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { ParcelEvent } from '@holdfast/wire/http/carriers.ts'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { Carrier, Endpoint, EndpointId, KeyId } from '../carriers.ts'

export async function insertCarrier(query: Query, carrier: Carrier, at: Instant): Promise<CarrierId> {
  const [row] = await query<{ carrier_id: string }>(
    `insert into carrier (carrier_id, code, name, created_at) values ($1, $2, $3, $4)
     on conflict (code) do update set name = excluded.name returning carrier_id`,
    [idToUuid(carrier.id), carrier.code, carrier.name, at],
  )
  return row === undefined ? carrier.id : idFromUuid('carrier', row.carrier_id)
}

export async function readCarriers(query: Query): Promise<readonly Carrier[]> {
  const rows = await query<{ carrier_id: string; code: string; name: string }>(
    'select carrier_id, code, name from carrier order by name',
  )
  return rows.map(({ carrier_id, code, name }) => ({ id: idFromUuid('carrier', carrier_id), code, name }))
}

type NewKey = {
  readonly hash: string
  readonly hint: string
  readonly id: KeyId
  readonly carrier: CarrierId
  readonly at: Instant
}

/** The key that stands; the same one again changes nothing, and one that was revoked stays so. */
export async function insertKey(query: Query, { hash, hint, id, carrier, at }: NewKey): Promise<KeyId> {
  const [row] = await query<{ key_id: string }>(
    `insert into carrier_key (key_hash, key_id, carrier_id, created_at, hint) values ($1, $2, $3, $4, $5)
     on conflict (key_hash) do update set hint = excluded.hint returning key_id`,
    [hash, idToUuid(id), idToUuid(carrier), at, hint],
  )
  return row === undefined ? id : idFromUuid('key', row.key_id)
}

export async function readKey(
  query: Query,
  hash: string,
): Promise<{ readonly id: KeyId; readonly carrier: CarrierId } | undefined> {
  const [row] = await query<{ key_id: string; carrier_id: string }>(
    'select key_id, carrier_id from carrier_key where key_hash = $1 and revoked_at is null',
    [hash],
  )
  if (row === undefined) return undefined
  return { id: idFromUuid('key', row.key_id), carrier: idFromUuid('carrier', row.carrier_id) }
}

export async function revokeKey(query: Query, carrier: CarrierId, key: KeyId, at: Instant): Promise<boolean> {
  const rows = await query(
    `update carrier_key set revoked_at = $3 where carrier_id = $1 and key_id = $2 and revoked_at is null
     returning key_id`,
    [idToUuid(carrier), idToUuid(key), at],
  )
  return rows.length > 0
}

/** False where the carrier has `most` already: its own row lets those who add at the same time count in turn. */
export async function insertEndpoint(
  tx: Tx,
  carrier: CarrierId,
  { endpoint, at, most }: { readonly endpoint: Endpoint; readonly at: Instant; readonly most: number },
): Promise<boolean> {
  tx.write('select from carrier where carrier_id = $1 for no key update', [idToUuid(carrier)])
  const rows = await tx.query(
    `insert into carrier_endpoint (carrier_id, endpoint, url, types, created_at) select $1::uuid, $2::uuid, $3, $4::text[], $5::bigint
     where (select count(*) from carrier_endpoint where carrier_id = $1) < $6 returning endpoint`,
    [idToUuid(carrier), uuidOf(endpoint), endpoint.url, endpoint.types, at, most],
  )
  return rows.length > 0
}

// Made by makeId or read from the row a line before.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const uuidOf = ({ id }: Endpoint): string => idToUuid(id as EndpointId)

export async function readEndpoints(query: Query, carrier: CarrierId): Promise<readonly Endpoint[]> {
  const rows = await query<{
    endpoint: string
    url: string
    types: Endpoint['types']
    disabled_at: Instant | null
    delivered_at: Instant | null
    waiting: number
  }>(
    `select e.endpoint, e.url, e.types, e.disabled_at, e.delivered_at,
       (select count(*) from carrier_delivery d where d.endpoint = e.endpoint and d.state = 'waiting') as waiting
     from carrier_endpoint e where e.carrier_id = $1 order by e.endpoint`,
    [idToUuid(carrier)],
  )
  return rows.map((row) => ({
    id: idFromUuid('endpoint', row.endpoint),
    url: row.url,
    types: row.types,
    disabledAt: row.disabled_at,
    lastDeliveredAt: row.delivered_at,
    waiting: row.waiting,
  }))
}

/** What was not brought yet goes with it: nobody can bring it any more. */
export async function deleteEndpoint(query: Query, carrier: CarrierId, endpoint: EndpointId): Promise<boolean> {
  const rows = await query(
    `with gone as (delete from carrier_endpoint where carrier_id = $1 and endpoint = $2 returning endpoint),
       dropped as (delete from carrier_delivery d using gone where d.endpoint = gone.endpoint and d.state <> 'delivered')
     select endpoint from gone`,
    [idToUuid(carrier), idToUuid(endpoint)],
  )
  return rows.length > 0
}

export type EventRow = { readonly tx: string; readonly place: number; readonly body: ParcelEvent }

export async function readEvents(
  query: Query,
  carrier: CarrierId,
  page: { readonly tx: string; readonly place: number; readonly limit: number },
): Promise<readonly EventRow[]> {
  return await query<EventRow>(
    `select tx::text, place, body from carrier_event
     where carrier_id = $1 and (tx, place) > ($2::xid8, $3) and tx < pg_snapshot_xmin(pg_current_snapshot())
     order by carrier_event.tx, place limit $4`,
    [idToUuid(carrier), page.tx, page.place, page.limit],
  )
}

/**
 * Given up, or failing since more than one attempt: of parcels in the operator's cabinets, and of parcels that no
 * cabinet knows yet where the operator looks after their carrier, for nobody else would see them (law 10). Test events
 * are of no parcel, and in no list.
 */
export async function readUndelivered(query: Query, operator: OperatorId): Promise<Undelivered['items']> {
  const rows = await query<{
    delivery: string
    parcel: string
    attempts: number
    problem: string | null
    created_at: Instant
  }>(
    `select delivery, parcel, attempts, problem, created_at from carrier_delivery d
     where ${isTheirs} and state <> 'delivered' and (state = 'given-up' or attempts > 1)
     order by created_at limit 200`,
    [idToUuid(operator)],
  )
  return rows.map((row) => ({
    id: row.delivery,
    kind: 'webhook',
    channel: 'webhook',
    about: idFromUuid('parcel', row.parcel),
    attempts: row.attempts,
    lastError: row.problem,
    since: row.created_at,
  }))
}

/** Of `carrier_delivery d`, for the operator in `$1` (law 11). */
export const isTheirs = `(d.operator_id = $1 or (d.operator_id is null
  and exists (select from carrier c where c.carrier_id = d.carrier_id and c.kept_by = $1)
  and exists (select from carrier_event e where e.carrier_id = d.carrier_id and e.parcel = d.parcel)))`

export async function readWebhookStory(
  query: Query,
  operator: OperatorId,
  parcel: ParcelId,
): Promise<readonly TimelineEntry[]> {
  const rows = await query<{ type: string; state: string; attempts: number; at: Instant; problem: string | null }>(
    `select type, state, attempts, coalesce(settled_at, created_at) as at, problem from carrier_delivery
     where parcel = $2 and (operator_id is null or operator_id = $1) order by sequence, endpoint`,
    [idToUuid(operator), idToUuid(parcel)],
  )
  return rows.map(({ type, state, attempts, at, problem }) => ({
    at,
    type,
    source: 'webhook',
    seq: null,
    detail: {
      state,
      attempts,
      problem,
    },
  }))
}
