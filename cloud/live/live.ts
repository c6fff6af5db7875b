import { closed } from '@holdfast/wire/journal/fields.ts'
import Type from 'typebox'
import type { CabinetId, OperatorId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { Cabinets } from '../cabinets/cabinets.ts'
import {
  type CabinetFactNews,
  type CabinetHealthNews,
  type CabinetRowsNews,
  type OrderNews,
  cabinetTopics,
} from '../cabinets/facts.ts'
import type { Insights } from '../insights/insights.ts'
import { type LiveEvent, type Route, stream } from '../platform/http/route.ts'
import type { OutboxEvent } from '../platform/outbox/events.ts'
import type { Outbox } from '../platform/outbox/outbox.ts'
import { type AlertNews, type Risks, alertsTopic } from '../risks/risks.ts'

export type LivePorts = {
  readonly outbox: Outbox
  readonly cabinets: Pick<Cabinets, 'summaries'>
  readonly risks: Pick<Risks, 'alerts'>
  readonly parcels: Pick<Insights, 'parcels'>
}

export type Live = { readonly routes: readonly Route[] }

const pageLength = 500

/** What happens in an operator's cabinets, as it happens: the outbox read on from the client's cursor. */
export function createLive(ports: LivePorts): Live {
  return {
    routes: [
      stream({
        path: '/v1/live',
        who: { staff: ['viewer', 'dispatcher', 'technician', 'manager'] },
        summary:
          'Server-sent events of the operator’s cabinets; resumes from Last-Event-ID, `reset` where that is too old.',
        // `after`: for a page that opens the stream itself, since no browser lets it set Last-Event-ID.
        schemas: { query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 64 })) }, closed) },
        open: ({ caller, lastEventId, query }, signal) =>
          follow(ports, { operator: caller.operatorId, from: lastEventId ?? query.after }, signal),
      }),
    ],
  }
}

async function* follow(
  ports: LivePorts,
  who: { readonly operator: OperatorId; readonly from: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  let cursor = who.from
  while (!signal.aborted) {
    const page = await ports.outbox.readAfter(cursor, pageLength)
    const fresh = cursor === undefined
    cursor = page.next
    if (page.kind === 'reset') {
      // One who has just come loads everything anyway.
      if (!fresh) yield { id: page.next, event: 'reset', data: {} }
      continue
    }
    const told = page.events.length === 0 ? [] : await eventsOf(ports, who.operator, page.events)
    // The cursor goes with the last: a page is told again from its beginning or not at all.
    for (const [i, event] of told.entries()) yield i === told.length - 1 ? { id: page.next, ...event } : event
    if (page.events.length < pageLength) await ports.outbox.news(signal)
  }
}

type Gathered = {
  readonly events: LiveEvent[]
  readonly cabinets: Set<CabinetId>
  readonly alerts: Set<AlertNews['alert']>
  readonly parcels: Set<ParcelId>
}

/** Tenants are kept apart here and again by each question asked (law 11). */
async function eventsOf(
  ports: LivePorts,
  operator: OperatorId,
  page: readonly OutboxEvent[],
): Promise<readonly LiveEvent[]> {
  const gathered: Gathered = { events: [], cabinets: new Set(), alerts: new Set(), parcels: new Set() }
  for (const event of page) if (operatorOf(event) === operator) gather(gathered, event)
  const [cabinets, alerts, parcels] = await Promise.all([
    ports.cabinets.summaries(operator, [...gathered.cabinets]),
    ports.risks.alerts(operator, [...gathered.alerts]),
    gathered.parcels.size === 0 ? [] : ports.parcels.parcels(operator, [...gathered.parcels]),
  ])
  return [
    ...gathered.events,
    ...cabinets.map((data) => ({ event: 'cabinet', data })),
    ...alerts.map((data) => ({ event: 'alert', data })),
    ...parcels.map((data) => ({ event: 'parcel', data })),
  ]
}

function operatorOf({ payload }: OutboxEvent): unknown {
  return typeof payload === 'object' && payload !== null && 'operator' in payload ? payload.operator : undefined
}

/** Topics and their payloads are written together: the topic names the type. */
function gather({ events, cabinets, alerts, parcels }: Gathered, { topic, payload }: OutboxEvent): void {
  /* oxlint-disable typescript/no-unsafe-type-assertion */
  switch (topic) {
    case cabinetTopics.facts: {
      const { cabinet, seq, event, label, at } = payload as CabinetFactNews
      events.push({ event: 'fact', data: { cabinet, seq, type: event.type, label, at } })
      return
    }
    case cabinetTopics.rows: {
      const { cabinet, compartments } = payload as CabinetRowsNews
      for (const compartment of compartments) events.push({ event: 'compartment', data: { cabinet, compartment } })
      cabinets.add(cabinet)
      return
    }
    case cabinetTopics.health:
      cabinets.add((payload as CabinetHealthNews).cabinet)
      return
    case cabinetTopics.orders:
      events.push({ event: 'order', data: (payload as OrderNews).order })
      return
    case alertsTopic:
      alerts.add((payload as AlertNews).alert)
      cabinets.add((payload as AlertNews).cabinet)
      return
    case 'parcel-events':
      parcels.add((payload as { readonly parcel: ParcelId }).parcel)
  }
  /* oxlint-enable typescript/no-unsafe-type-assertion */
}
