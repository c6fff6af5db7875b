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
}

/**
 * Takes what is due, a few for each endpoint, so that a slow one holds no other up; of each parcel only the oldest,
 * so that order holds. A worker that dies lets go when its claim ends. Its attempt counts.
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
       select w.endpoint, w.parcel, w.sequence, ep.url from carrier_endpoint ep
       cross join lateral (
         select d.endpoint, d.parcel, d.sequence from carrier_delivery d
         where d.endpoint = ep.endpoint and d.state = 'waiting' and d.due_at <= $1 and d.claimed_until <= $1
           and not exists (
             select from carrier_delivery o where o.endpoint = d.endpoint and o.parcel = d.parcel
               and o.sequence < d.sequence and o.state = 'waiting')
         order by d.due_at limit $4 for update of d skip locked) w
       where ep.disabled_at is null and ep.rests_until <= $1 and ep.endpoint <> all($3::uuid[]))
     update carrier_delivery d set claimed_until = $2, attempts = d.attempts + 1 from due
     where d.endpoint = due.endpoint and d.parcel = due.parcel and d.sequence = due.sequence
     returning d.endpoint, d.carrier_id, d.parcel, d.sequence, d.event, d.body, due.url, d.attempts`,
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
  }))
}

export type Settlement =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly dueAt: Instant; readonly problem: string; readonly restsUntil?: Instant }
  | { readonly state: 'given-up'; readonly problem: string; readonly disables?: boolean }

export async function settle(tx: Tx, delivery: Delivery, now: Instant, settlement: Settlement): Promise<void> {
  const { state } = settlement
  const problem = state === 'delivered' ? null : settlement.problem
  const dueAt = state === 'waiting' ? settlement.dueAt : null
  const settledAt = state === 'waiting' ? null : now
  await tx.query(
    `update carrier_delivery set state = $4, problem = $5, due_at = coalesce($6::bigint, due_at), settled_at = $7,
       claimed_until = 0
     where endpoint = $1 and parcel = $2 and sequence = $3`,
    [...delivery.key, state, problem, dueAt, settledAt],
  )
  const at = [idToUuid(delivery.carrier), idToUuid(delivery.endpoint)]
  if (state === 'delivered')
    await tx.query('update carrier_endpoint set delivered_at = $3 where carrier_id = $1 and endpoint = $2', [
      ...at,
      now,
    ])
  if (state === 'waiting' && settlement.restsUntil !== undefined)
    await tx.query('update carrier_endpoint set rests_until = $3 where carrier_id = $1 and endpoint = $2', [
      ...at,
      settlement.restsUntil,
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
