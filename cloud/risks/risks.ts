import {
  type CabinetId,
  type CompartmentId,
  type OperatorId,
  type StaffId,
  idToUuid,
  makeId,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { Cabinets } from '../cabinets/cabinets.ts'
import { type CabinetFactNews, type CabinetHealthNews, cabinetTopics } from '../cabinets/facts.ts'
import { type ParcelNews, parcelTopics } from '../parcels/events.ts'
import type { People } from '../people/people.ts'
import type { Route } from '../platform/http/route.ts'
import type { OutboxEvent } from '../platform/outbox/events.ts'
import type { Tx } from '../platform/postgres/db.ts'
import type { Directory, Ports } from '../platform/ports.ts'
import {
  type Turn,
  turningFacts,
  turnOfWord,
  turnsOfDeposit,
  turnsOfEvent,
  turnsOfHealth,
  turnsOfNobody,
} from './causes.ts'
import { createHelp, type Help } from './help/help.ts'
import { helpRoutes } from './help/routes.ts'
import { riskRoutes } from './routes.ts'
import {
  type AlertId,
  type AlertRow,
  acknowledgeAlert,
  countOpen,
  endAlerts,
  raiseAlerts,
  readAlerts,
} from './store.postgres.ts'

/** What somebody must look at: raised and ended by what cabinets tell, acknowledged by people. */
export type Risks = {
  readonly list: (operator: OperatorId, state: 'open' | 'all') => Promise<readonly Alert[]>
  readonly alerts: (operator: OperatorId, only: readonly AlertId[]) => Promise<readonly Alert[]>
  readonly acknowledge: (operator: OperatorId, word: Acknowledgement) => Promise<Alert | undefined>
  readonly openAlerts: (cabinets: readonly CabinetId[]) => Promise<ReadonlyMap<CabinetId, number>>
  /** What people ask by phone. */
  readonly help: Help
  readonly routes: readonly Route[]
}

export type Acknowledgement = { readonly alert: AlertId; readonly staff: StaffId; readonly note: string | null }

/** Outbox topic, key = cabinet: an alert was raised, acknowledged or ended. Ask `alerts` for it. */
export const alertsTopic = 'risk-alerts'
export type AlertNews = { readonly operator: OperatorId; readonly cabinet: CabinetId; readonly alert: AlertId }

export type RisksPorts = Ports & {
  readonly places: Cabinets['places']
  readonly directory: Pick<Directory, 'staffName'>
  readonly people: Pick<People, 'allow' | 'phoneOf'>
}

export function createRisks(ports: RisksPorts): Risks {
  const { db, clock, outbox } = ports
  const withPlaces = async (rows: readonly AlertRow[]): Promise<readonly Alert[]> => {
    const places = await ports.places(rows.map(({ cabinet }) => cabinet))
    return rows.flatMap(({ cabinet, ...row }) => {
      const place = places.get(cabinet)
      if (place === undefined) return []
      const { name, siteName, address } = place
      return [{ ...row, place: { cabinet, name, siteName, address } }]
    })
  }
  const asked = {
    list: async (operator: OperatorId, state: 'open' | 'all') =>
      await withPlaces(await readAlerts(db.query, operator, { openOnly: state === 'open' })),
    alerts: async (operator: OperatorId, only: readonly AlertId[]) =>
      only.length === 0 ? [] : await withPlaces(await readAlerts(db.query, operator, { openOnly: false, only })),
    acknowledge: async (operator: OperatorId, { alert, staff, note }: Acknowledgement) => {
      const name = await ports.directory.staffName(staff)
      const row = await db.transaction(async (tx) => {
        const found = await acknowledgeAlert(tx, operator, { alert, name, note, at: clock.now() })
        if (found !== undefined) await tell(ports, tx, [{ operator, cabinet: found.cabinet, alert }])
        return found
      })
      return row === undefined ? undefined : (await withPlaces([row]))[0]
    },
  }
  const help = createHelp({
    ...ports,
    shown: async (row) => (await withPlaces([row]))[0],
    tell: async (tx, news) => await tell(ports, tx, news),
  })
  outbox.add({
    name: 'risks',
    topics: [cabinetTopics.facts, cabinetTopics.health, parcelTopics.events],
    kinds: { [cabinetTopics.facts]: turningFacts, [parcelTopics.events]: ['not-mine', 'corrected'] },
    handleAll: async (tx, events) => await take(ports, tx, events),
  })
  return {
    ...asked,
    help,
    openAlerts: async (cabinets) => await countOpen(db.query, cabinets),
    routes: [...riskRoutes(asked), ...helpRoutes(help)],
  }
}

async function tell({ outbox }: Ports, tx: Tx, news: readonly AlertNews[]): Promise<void> {
  await outbox.publish(
    tx,
    news.map((payload) => ({ topic: alertsTopic, key: payload.cabinet, payload })),
  )
}

type Seen = Turn & {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly at: Instant
  readonly label: string | null
  readonly size: Size | null
}

/** As if each were told by itself: of every cause its first turn at once, then its second, … */
async function take(ports: Ports, tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
  const stories = storiesIn(events.flatMap(readNews))
  const longest = Math.max(0, ...stories.map(({ length }) => length))
  for (let step = 0; step < longest; step += 1) {
    const turns = stories.flatMap((story) => story[step] ?? [])
    const raised = await raiseAlerts(
      tx,
      turns.filter(({ on }) => on).map((each) => raiseRow(ports, each)),
    )
    const over = await endAlerts(
      tx,
      turns.filter(({ on }) => !on).map((each) => ({ ...placeRow(each), kind: each.kind, at: each.at })),
    )
    await tell(ports, tx, [...raised, ...over])
  }
}

/** Each cause by itself, in order; what only says again what was said last is left out. */
function storiesIn(seen: readonly Seen[]): readonly (readonly Seen[])[] {
  const stories = new Map<string, Seen[]>()
  for (const each of seen) {
    const key = `${each.cabinet} ${each.kind} ${each.door ?? ''}`
    const story = stories.get(key) ?? []
    if (story.at(-1)?.on !== each.on) story.push(each)
    stories.set(key, story)
  }
  return [...stories.values()]
}

function readNews({ topic, payload }: OutboxEvent): readonly Seen[] {
  if (topic === cabinetTopics.health) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the cabinets as this type.
    const { cabinet, operator, at, change } = payload as CabinetHealthNews
    return turnsOfHealth(change).map((turn) => ({ ...turn, cabinet, operator, at, label: null, size: null }))
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the parcels as this type.
  if (topic === parcelTopics.events) return readWord(payload as ParcelNews)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the cabinets as this type.
  const { cabinet, operator, at, label, size, event, context } = payload as CabinetFactNews
  const owned = context === null ? turnsOfNobody(event) : turnsOfDeposit(event, context.compartment)
  const turns = [...turnsOfEvent(event), ...owned]
  return turns.map((turn) => ({ ...turn, cabinet, operator, at, label, size }))
}

function readWord({ type, cabinet, operator, at, door }: ParcelNews): readonly Seen[] {
  const turn = door === undefined ? undefined : turnOfWord(type, door.compartment)
  if (turn === undefined || cabinet === null || operator === null) return []
  return [{ ...turn, cabinet, operator, at, label: door?.label ?? null, size: door?.size ?? null }]
}

const uuidOf = (door: CompartmentId | null): string | null => (door === null ? null : idToUuid(door))
const placeRow = ({ cabinet, door }: Seen) => ({ cabinet: idToUuid(cabinet), compartment: uuidOf(door) })

function raiseRow({ seals }: Ports, each: Seen) {
  const alert = idToUuid(makeId('alert', each.at, seals.random(10)))
  const { kind, label, size, at, operator } = each
  return { ...placeRow(each), alert, operator: idToUuid(operator), kind, label, size, at, person: null, asker: null }
}
