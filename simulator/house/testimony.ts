import { idFromUuid } from '@holdfast/core/values/ids.ts'
import type { HistoryRecord } from '../history/records.ts'
import type { House } from './house.ts'

interface Alert {
  readonly cabinet: string
  readonly kind: string
  readonly compartment: string | null
}

interface Webhook {
  readonly event: string
  readonly body: string
  readonly state: 'waiting' | 'delivered' | 'given-up'
  readonly attempts: number
  readonly parcel: string
  readonly carrier_id: string
}

interface Message {
  readonly message: string
  readonly state: string
  readonly attempts: number
}

/** What the tables say once all is quiet, and what came to phones and to the carrier. */
export async function testifies({ rows, outward }: Pick<House, 'rows' | 'outward'>): Promise<readonly HistoryRecord[]> {
  const alerts = await rows<Alert>('select cabinet, kind, compartment from alert', [])
  // The desk's list of doors to look into is the work order of a door in quarantine.
  const listed = await rows<Alert>(
    `select cabinet, 'to-look-into' as kind, compartment from cabinet_compartment where use = 'suspect'`,
    [],
  )
  const webhooks = await rows<Webhook>(
    'select event, body, state, attempts, parcel, carrier_id from carrier_delivery order by parcel, sequence',
    [],
  )
  const messages = await rows<Message>('select message, state, attempts from message', [])
  const places = new Map<string, number>()
  const said = new Map(outward.arrivals.map(({ key, says }) => [key, says]))
  return [
    ...[...alerts, ...listed].map(({ cabinet, kind, compartment }): HistoryRecord => {
      const door = compartment === null ? null : idFromUuid('compartment', compartment)
      return { kind: 'alert', cabinet: idFromUuid('cabinet', cabinet), what: kind, compartment: door }
    }),
    ...webhooks.map(({ event, body, parcel, carrier_id: owner, ...row }): HistoryRecord => {
      const place = (places.get(parcel) ?? 0) + 1
      places.set(parcel, place)
      const key = idFromUuid('event', event)
      return { kind: 'effect', key, says: body, state: stateOf(row), line: parcel, place, owner }
    }),
    ...messages.map(({ message, ...row }): HistoryRecord => {
      const key = idFromUuid('message', message)
      return { kind: 'effect', key, says: said.get(key) ?? '', state: stateOf(row) }
    }),
    ...outward.arrivals.map(({ key, says }) => ({ kind: 'arrival', key, says }) as const),
    { kind: 'settled' },
  ]
}

/** After two tries the next one is minutes away: an operator sees it among what is not delivered. */
const triedInVain = 2

function stateOf({ state, attempts }: { readonly state: string; readonly attempts: number }) {
  if (state === 'delivered') return 'done'
  if (state === 'waiting' || state === 'queued') return attempts >= triedInVain ? 'undelivered' : 'waiting'
  return 'undelivered'
}
