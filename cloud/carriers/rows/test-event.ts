import { type CarrierId, type Id, idToUuid, makeId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { WebhookTest } from '@holdfast/wire/http/carriers.ts'
import type { Ports } from '../../platform/ports.ts'
import type { EndpointId } from '../carriers.ts'

export type TestPlace = { readonly carrier: CarrierId; readonly endpoint: EndpointId }

/**
 * One delivery among the others, so that it goes through the very same signing, address check and schedule. It has no
 * parcel: its own id stands in that column, and it is nobody's to see in a list (its `operator_id` is null).
 */
export async function putTest(
  { db, clock, seals }: Pick<Ports, 'db' | 'clock' | 'seals'>,
  source: string,
  { carrier, endpoint }: TestPlace,
): Promise<boolean> {
  const at = clock.now()
  const event = makeId('event', at, seals.random(10))
  const body = testBody({ event, endpoint, source, at })
  const rows = await db.query(
    `insert into carrier_delivery
       (endpoint, parcel, sequence, carrier_id, delivery, event, type, body, state, created_at, due_at)
     select endpoint, $3, 1, carrier_id, gen_random_uuid(), $3, $4, $5, 'waiting', $6, 0 from carrier_endpoint
     where carrier_id = $1 and endpoint = $2 and disabled_at is null returning event`,
    [idToUuid(carrier), idToUuid(endpoint), idToUuid(event), body.type, JSON.stringify(body), at],
  )
  return rows.length > 0
}

type Told = {
  readonly event: Id<'event'>
  readonly endpoint: EndpointId
  readonly source: string
  readonly at: Instant
}

export const testBody = ({ event, endpoint, source, at }: Told): WebhookTest => ({
  specversion: '1.0',
  id: event,
  source,
  type: 'webhook.test',
  subject: endpoint,
  time: new Date(at).toISOString(),
  datacontenttype: 'application/json',
  data: { endpoint },
})
