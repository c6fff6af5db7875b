import { idToUuid, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { ParcelEvent } from '@holdfast/wire/http/carriers.ts'
import { type ParcelNews, type ParcelNewsType, parcelTopics } from '../../parcels/events.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { Ports } from '../../platform/ports.ts'

/** Of a parcel's history what a carrier hears; the rest (moved doors, new codes, surprises) is not its business. */
const types: Partial<Readonly<Record<ParcelNewsType, ParcelEvent['type']>>> = {
  announced: 'parcel.announced',
  deposited: 'parcel.deposited',
  collected: 'parcel.collected',
  refused: 'parcel.refused',
  recalled: 'parcel.recalled',
  returned: 'parcel.returned',
  overdue: 'parcel.overdue',
  cancelled: 'parcel.cancelled',
  'never-arrived': 'parcel.never-arrived',
  disputed: 'parcel.disputed',
  corrected: 'parcel.corrected',
  'not-mine': 'parcel.not-mine',
  'consent-declined': 'parcel.consent-declined',
}

const lanes = 4

/** Writes what carriers may pull and, for each of their endpoints, what is to be brought: one statement a batch. */
export function createTelling(ports: Ports, source: string, written: () => void): Consumer {
  return {
    name: 'carriers-events',
    topics: [parcelTopics.events],
    kinds: { [parcelTopics.events]: Object.keys(types) },
    partitions: lanes,
    handleAll: async (tx, events) => {
      const rows = events.flatMap(({ payload, at }) => rowOf(ports, source, { news: newsOf(payload), heardAt: at }))
      if (rows.length === 0) return
      const brought = await tx.query(insertEvents, [JSON.stringify(rows)])
      if (brought.length > 0) tx.onCommit(written)
    },
  }
}

// Only the parcels write to their topic.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const newsOf = (payload: unknown): ParcelNews => payload as ParcelNews

const insertEvents = `with told as (
    insert into carrier_event (carrier_id, event, parcel, operator_id, sequence, type, at, body)
    select carrier_id, event, parcel, operator_id, sequence, type, at, body
    from jsonb_to_recordset($1::jsonb) as t (carrier_id uuid, event uuid, parcel uuid, operator_id uuid,
      sequence integer, type text, at bigint, body jsonb)
    on conflict (carrier_id, parcel, sequence) do nothing returning *)
  insert into carrier_delivery
    (endpoint, parcel, sequence, carrier_id, operator_id, delivery, event, type, body, state, created_at, due_at)
  select ep.endpoint, t.parcel, t.sequence, t.carrier_id, t.operator_id, gen_random_uuid(), t.event, t.type,
    t.body::text, 'waiting', t.at, 0
  from told t join carrier_endpoint ep on ep.carrier_id = t.carrier_id
  where ep.disabled_at is null and t.type = any(ep.types) returning endpoint`

function rowOf(
  { seals }: Ports,
  source: string,
  { news, heardAt }: { readonly news: ParcelNews; readonly heardAt: number },
): readonly object[] {
  const type = types[news.type]
  if (type === undefined) return []
  const event = makeId('event', instant(heardAt), seals.random(10))
  const body: ParcelEvent = {
    specversion: '1.0',
    id: event,
    source,
    type,
    subject: news.parcel,
    time: new Date(news.at).toISOString(),
    datacontenttype: 'application/json',
    data: {
      parcel: news.parcel,
      trackingNumber: news.trackingNumber,
      sequence: news.sequence,
      cabinet: news.cabinet,
      deposit: news.deposit,
      compartment: news.label,
      reason: news.reason,
    },
  }
  return [
    {
      carrier_id: idToUuid(news.carrier),
      event: idToUuid(event),
      parcel: idToUuid(news.parcel),
      operator_id: news.operator === null ? null : idToUuid(news.operator),
      sequence: news.sequence,
      type,
      at: news.at,
      body,
    },
  ]
}
