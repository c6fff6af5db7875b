import type { OperatorId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { OperatorParcel, ParcelStory, TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import type { Cabinets } from '../cabinets/cabinets.ts'
import type { Carriers } from '../carriers/carriers.ts'
import type { Notices } from '../notices/notices.ts'
import type { Parcels } from '../parcels/parcels.ts'
import type { Route } from '../platform/http/route.ts'
import { insightsRoutes } from './routes.ts'

/** What an operator asks across the house: parcels found and their stories told. It keeps no rows of its own. */
export type Insights = {
  readonly search: Parcels['search']
  /** Cabinet's facts, the cloud's acts, messages and webhooks in one order; undefined: none of this operator's. */
  readonly story: (operator: OperatorId, parcel: ParcelId) => Promise<ParcelStory | undefined>
  readonly parcels: (operator: OperatorId, parcels: readonly ParcelId[]) => Promise<readonly OperatorParcel[]>
  readonly routes: readonly Route[]
}

export type InsightsPorts = {
  readonly parcels: Pick<Parcels, 'search' | 'history' | 'operatorParcels'>
  readonly cabinets: Pick<Cabinets, 'story'>
  readonly carriers: Pick<Carriers, 'story'>
  readonly notices: Pick<Notices, 'story'>
}

export function createInsights({ parcels, cabinets, carriers, notices }: InsightsPorts): Insights {
  const story: Insights['story'] = async (operator, parcel) => {
    const found = await parcels.history(operator, parcel)
    if (found === undefined) return undefined
    const [facts, webhooks, messages] = await Promise.all([
      Promise.all(found.deposits.map(async (at) => await cabinets.story(operator, at))),
      carriers.story(operator, parcel),
      notices.story({ parcel, deposits: found.deposits.map(({ deposit }) => deposit) }),
    ])
    const told: readonly TimelineEntry[] = [
      ...found.lines,
      ...facts.flat().map(({ seq, type, label, at }): TimelineEntry => {
        return { at, source: 'cabinet', type, seq, detail: { label } }
      }),
      ...webhooks,
      ...messages.map(({ at, template, channel, status, attempts }): TimelineEntry => {
        return { at, source: 'notice', type: template, seq: null, detail: { channel, status, attempts } }
      }),
    ]
    return { parcel: found.parcel, timeline: [...told].sort(byTime) }
  }
  const faces = { search: parcels.search, parcels: parcels.operatorParcels, story }
  return { ...faces, routes: insightsRoutes(faces) }
}

const order = ['cabinet', 'cloud', 'notice', 'webhook'] as const

/** What happened at one instant is told in the order of causes: a fact, its consequence, who was told. */
const byTime = (left: TimelineEntry, right: TimelineEntry): number =>
  left.at - right.at || order.indexOf(left.source) - order.indexOf(right.source) || (left.seq ?? 0) - (right.seq ?? 0)
