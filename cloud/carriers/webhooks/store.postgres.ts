import { type CarrierId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { EndpointId } from '../carriers.ts'
import { isTheirs } from '../rows/store.postgres.ts'

export type Delivery = {
  readonly endpoint: EndpointId
  readonly carrier: CarrierId
  readonly url: string
  /** Names the row; outside it is the event's id that counts. */
  readonly key: readonly [endpoint: string, parcel: string, sequence: number]
  readonly event: string
  readonly body: string
  readonly attempts: number
  /** The attempt before found nobody. */
  readonly unreached: boolean
  /** Out of its turn, and none of R-67's attempts. */
  readonly knocks: boolean
}

type Row = {
  readonly endpoint: string
  readonly carrier_id: string
  readonly parcel: string
  readonly sequence: number
  readonly event: string
  readonly body: string
  readonly url: string
  readonly attempts: number
  readonly unreached: boolean
  readonly knocks: boolean
}

/** Of `carrier_delivery d` at the endpoint `ep`: free to be taken at `$1`, and the oldest of its parcel, so that order holds. */
const isFree = `d.endpoint = ep.endpoint and d.state = 'waiting' and d.claimed_until <= $1
  and not exists (
    select from carrier_delivery o where o.endpoint = d.endpoint and o.parcel = d.parcel
      and o.sequence < d.sequence and o.state = 'waiting')`
const isOpen = 'ep.disabled_at is null and ep.rests_until <= $1 and ep.endpoint <> all($3::uuid[])'

/**
 * Takes what is due, a few for each endpoint, so that a slow one holds no other up. A worker that dies lets go when its
 * claim ends. Its attempt counts. Of those that found nobody it takes one more, which knocks, or a few once one was brought.
 */
export async function claimDue(
  tx: Tx,
  claim: {
    readonly now: Instant
    readonly until: Instant
    readonly busy: readonly EndpointId[]
    readonly each: number
  },
): Promise<readonly Delivery[]> {
  const rows = await tx.query<Row>(
    `with due as (
       select w.*, ep.url from carrier_endpoint ep
       cross join lateral (
         select d.endpoint, d.parcel, d.sequence, false as knocks from carrier_delivery d
         where ${isFree} and d.due_at <= $1
         order by d.due_at limit $4 for update of d skip locked) w
       where ${isOpen}),
     early as (
       select w.*, ep.url from carrier_endpoint ep
       cross join lateral (
         select d.endpoint, d.parcel, d.sequence, true as knocks from carrier_delivery d
         where ${isFree} and d.due_at > $1 and d.unreached
         order by d.due_at limit case ep.knock_at when 0 then $4 else 1 end for update of d skip locked) w
       where ${isOpen} and ep.knock_at <= $1 and (ep.knock_at = 0 or not exists (
         select from carrier_delivery u where u.endpoint = ep.endpoint and u.state = 'waiting' and u.unreached
           and u.claimed_until > $1)))
     update carrier_delivery d set claimed_until = $2, attempts = d.attempts + (not taken.knocks)::integer
     from (select * from due union all select * from early) taken
     where d.endpoint = taken.endpoint and d.parcel = taken.parcel and d.sequence = taken.sequence
     returning d.endpoint, d.carrier_id, d.parcel, d.sequence, d.event, d.body, taken.url, d.attempts, d.unreached,
       taken.knocks`,
    [claim.now, claim.until, claim.busy.map(idToUuid), claim.each],
  )
  return rows.map((row) => ({
    endpoint: idFromUuid('endpoint', row.endpoint),
    carrier: idFromUuid('carrier', row.carrier_id),
    url: row.url,
    key: [row.endpoint, row.parcel, row.sequence],
    event: idFromUuid('event', row.event),
    body: row.body,
    attempts: row.attempts,
    unreached: row.unreached,
    knocks: row.knocks,
  }))
}

export type Settlement =
  | { readonly state: 'delivered' }
  | {
      readonly state: 'waiting'
      /** Undefined: as it stands in the schedule. */
      readonly dueAt?: Instant | undefined
      readonly problem: string
      readonly restsUntil?: Instant | undefined
      /** It found nobody: when to knock next. */
      readonly knockAt?: Instant | undefined
    }
  | { readonly state: 'given-up'; readonly problem: string; readonly disables?: boolean }

export async function settle(tx: Tx, delivery: Delivery, now: Instant, settlement: Settlement): Promise<void> {
  const { state } = settlement
  const problem = state === 'delivered' ? null : settlement.problem
  const { dueAt, knockAt, restsUntil } = state === 'waiting' ? settlement : {}
  const settledAt = state === 'waiting' ? null : now
  await tx.query(
    `update carrier_delivery set state = $4, problem = $5, due_at = coalesce($6::bigint, due_at), settled_at = $7,
       claimed_until = 0, unreached = $8
     where endpoint = $1 and parcel = $2 and sequence = $3`,
    [...delivery.key, state, problem, dueAt ?? null, settledAt, knockAt !== undefined],
  )
  const at = [idToUuid(delivery.carrier), idToUuid(delivery.endpoint)]
  if (state === 'delivered')
    await tx.query(
      `update carrier_endpoint set delivered_at = $3, knock_at = case when $4::boolean then 0 else knock_at end
       where carrier_id = $1 and endpoint = $2`,
      [...at, now, delivery.unreached],
    )
  if (knockAt !== undefined)
    await tx.query('update carrier_endpoint set knock_at = $3 where carrier_id = $1 and endpoint = $2', [
      ...at,
      knockAt,
    ])
  if (restsUntil !== undefined)
    await tx.query('update carrier_endpoint set rests_until = $3 where carrier_id = $1 and endpoint = $2', [
      ...at,
      restsUntil,
    ])
  if (state === 'given-up' && settlement.disables === true) {
    await tx.query('update carrier_endpoint set disabled_at = $3 where carrier_id = $1 and endpoint = $2', [...at, now])
    await tx.query(
      `update carrier_delivery set state = 'given-up', problem = $2, settled_at = $3
       where endpoint = $1 and state = 'waiting'`,
      [idToUuid(delivery.endpoint), settlement.problem, now],
    )
  }
}

/** Back to the start of the schedule; false where the operator has no such row (law 11), or nobody would bring it. */
export async function resetDelivery(
  query: Query,
  at: { readonly operator: string; readonly delivery: string; readonly now: Instant },
): Promise<boolean> {
  const rows = await query(
    `update carrier_delivery d set state = 'waiting', attempts = 0, due_at = $3, claimed_until = 0, settled_at = null
     where ${isTheirs} and delivery = $2 and state <> 'delivered'
       and endpoint in (select endpoint from carrier_endpoint where disabled_at is null) returning delivery`,
    [at.operator, at.delivery, at.now],
  )
  return rows.length > 0
}

const forgottenAtOnce = 5_000

/** Page by page, so that no statement holds many rows for long. */
export async function forgetDelivered(query: Query, before: Instant): Promise<void> {
  for (const statement of forgetting) {
    let gone: number
    do gone = (await query(statement, [before, forgottenAtOnce])).length
    while (gone === forgottenAtOnce)
  }
}

const forgetting = [
  `delete from carrier_delivery where (endpoint, parcel, sequence) in (
     select endpoint, parcel, sequence from carrier_delivery
     where state = 'delivered' and settled_at < $1 order by settled_at limit $2) returning parcel`,
  `delete from carrier_event where (carrier_id, tx, place) in (
     select carrier_id, tx, place from carrier_event where at < $1 order by at limit $2) returning parcel`,
] as const
