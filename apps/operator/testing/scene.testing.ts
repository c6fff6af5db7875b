import { idFromBytes } from '@holdfast/core/values/ids.ts'
import type { IdKind } from '@holdfast/core/values/ids.ts'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type {
  CabinetSummary,
  CabinetView,
  CompartmentView,
  OrderRequest,
  OrderView,
} from '@holdfast/wire/http/cabinets.ts'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import type { OperatorParcel, TimelineEntry } from '@holdfast/wire/http/parcels.ts'
import type { Staff } from '@holdfast/wire/http/people.ts'
import { libraryLayout, northGateLayout } from '../../../tools/demo/layouts.ts'
import { timelineOf, undeliveredOf } from './story.testing.ts'
import type { HouseScene } from './house.testing.ts'

export interface Scene {
  readonly now: number
  readonly password: string
  me: Staff
  alerts: Alert[]
  cabinets: CabinetView[]
  orders: OrderView[]
  parcels: OperatorParcel[]
  timeline: TimelineEntry[]
  undelivered: Undelivered['items']
  /** A house at work unless told. */
  house?: HouseScene
}

export const idOf = (kind: IdKind, n: number): string => idFromBytes(kind, new Uint8Array(16).fill(n))

const minute = 60_000
const hour = 60 * minute

type Layout = typeof northGateLayout
type Exception = Partial<Pick<CompartmentView, 'use' | 'door' | 'suspicion'>>

function compartmentsOf(layout: Layout, odd: Readonly<Record<string, Exception>>, now: number): CompartmentView[] {
  return layout.compartments.map(({ id, label, size }, i) => {
    const loaded = i % 3 !== 1
    const view: CompartmentView = {
      id,
      label,
      size,
      epoch: i + 3,
      use: loaded ? 'loaded' : 'free',
      suspicion: null,
      door: 'shut',
      deposit: null,
      since: now - (i + 1) * 37 * minute,
      ...odd[label],
    }
    const holds = view.use === 'loaded' || (view.use === 'suspect' && loaded)
    return { ...view, deposit: holds ? idOf('deposit', i + 1) : null }
  })
}

type Place = Pick<CabinetSummary, 'name' | 'siteName' | 'address' | 'phone'>

interface Standing extends Place {
  readonly n: number
  readonly layout: Layout
  readonly odd: Readonly<Record<string, Exception>>
  readonly now: number
  readonly state: Partial<CabinetSummary>
  readonly silentLines?: string[]
}

function cabinetOf({ n, layout, odd, now, state, silentLines = [], ...place }: Standing): CabinetView {
  const compartments = compartmentsOf(layout, odd, now)
  const count = (fits: (one: CompartmentView) => boolean): number => compartments.filter(fits).length
  const summary: CabinetSummary = {
    cabinet: idOf('cabinet', n),
    ...place,
    enrolled: true,
    online: true,
    lastHeardAt: now - 12_000,
    doors: compartments.length,
    free: count(({ use }) => use === 'free'),
    loaded: count(({ use }) => use === 'loaded'),
    open: count(({ door }) => door === 'open'),
    suspect: count(({ use }) => use === 'suspect'),
    retired: count(({ use }) => use === 'retired'),
    openAlerts: 0,
    journal: 'ok',
    ...state,
  }
  return {
    summary,
    layout: JSON.parse(JSON.stringify(layout)) as CabinetView['layout'],
    compartments,
    incarnation: summary.enrolled ? idOf('incarnation', n) : null,
    head: summary.enrolled ? 1204 : 0,
    watermark: summary.enrolled ? (summary.online ? 1204 : 1187) : 0,
    silentLines,
  }
}

/** A usual afternoon: one busy cabinet, one whose SIM is gone, one not set up yet. */
export function sceneAt(now: number): Scene {
  const north = cabinetOf({
    n: 1,
    layout: northGateLayout,
    name: 'North Gate',
    siteName: 'North Gate Gardens',
    phone: '0571-8888-0000',
    address: '12 Harbour Street',
    now,
    odd: {
      A03: { use: 'suspect', suspicion: 'opened-without-cause' },
      A08: { use: 'loaded', door: 'open' },
      B02: { use: 'retired' },
      B05: { use: 'suspect', door: 'stuck', suspicion: 'did-not-open' },
    },
    state: { openAlerts: 2 },
  })
  const library = cabinetOf({
    n: 2,
    layout: libraryLayout,
    name: '市图书馆',
    siteName: '城东图书馆',
    address: '文化路 8 号',
    now,
    odd: { A02: { use: 'held', door: 'unlatched' }, B04: { use: 'free', door: 'unseen' } },
    state: { online: false, lastHeardAt: now - 47 * minute, openAlerts: 1, journal: 'full' },
    silentLines: ['relay-1'],
  })
  const market = cabinetOf({
    n: 3,
    layout: libraryLayout,
    name: '강변 시장',
    siteName: '강변역',
    address: '서울 광진구 강변역로 50',
    now,
    odd: {},
    state: { enrolled: false, online: false, lastHeardAt: null, loaded: 0, free: 18 },
  })
  const cabinets = [library, north, market]
  const parcels = parcelsOf(north, now)
  return {
    now,
    password: 'correct horse battery',
    me: {
      staff: idOf('staff', 1),
      name: 'Lin Mei',
      operator: idOf('operator', 1),
      operatorName: 'Harbour Lockers',
      role: 'manager',
    },
    alerts: alertsOf(north, library, now),
    cabinets,
    orders: [],
    parcels,
    timeline: timelineOf(now),
    undelivered: undeliveredOf(parcels[0]?.id ?? '', now),
  }
}

const placeOf = ({ summary }: CabinetView) => {
  const { cabinet, name, siteName, address } = summary
  return { cabinet, name, siteName, address }
}

export function doorOf(view: CabinetView, label: string) {
  const found = view.compartments.find((one) => one.label === label)
  if (found === undefined) throw new Error(`no door ${label}`)
  return { compartment: found.id, label, size: found.size }
}

function alertsOf(north: CabinetView, library: CabinetView, now: number): Alert[] {
  const alert = (n: number, kind: Alert['kind'], view: CabinetView, minutes: number): Alert => ({
    id: idOf('alert', n),
    kind,
    place: placeOf(view),
    door: null,
    raisedAt: now - minutes * minute,
    acknowledgedAt: null,
    acknowledgedBy: null,
    endedAt: null,
  })
  return [
    { ...alert(1, 'door-left-open', north, 6), door: doorOf(north, 'A08') },
    { ...alert(2, 'door-did-not-open', north, 31), door: doorOf(north, 'B05') },
    { ...alert(3, 'cabinet-offline', library, 46), acknowledgedAt: now - 40 * minute, acknowledgedBy: 'Park Jiwoo' },
  ]
}

function parcelsOf(north: CabinetView, now: number): OperatorParcel[] {
  const states = ['stored', 'overdue', 'refused', 'collected', 'disputed', 'expected'] as const
  const carriers = ['Swift Parcel', '顺达速运', '빠른택배']
  return states.map((state, i) => ({
    id: idOf('parcel', i + 1),
    trackingNumber:
      [
        'YT2840193775561',
        'SF1402938475610',
        'RR473124829KR',
        '1Z5R89390357567127',
        '00340123456789012340',
        'JT5120394857612',
      ][i] ?? '',
    carrierName: carriers[i % 3] ?? '',
    state,
    recipientPhoneMasked: `138******${String(10 + i * 7)}`,
    place: state === 'expected' ? null : placeOf(north),
    door: state === 'expected' || state === 'collected' ? null : doorOf(north, `A0${i + 1}`),
    reference: state === 'expected' || state === 'collected' ? null : `3F2A-91B${i}`,
    storedAt: state === 'expected' ? null : now - (i + 2) * hour,
    dueAt: state === 'expected' ? null : now + (20 - i * 12) * hour,
    changedAt: now - (i * 3 + 1) * 11 * minute,
  }))
}

/** What the cloud makes of a request: kept in the scene, first as asked. */
export function orderOf(scene: Scene, cabinet: string, request: OrderRequest): OrderView {
  const order: OrderView = {
    order: idOf('order', scene.orders.length + 1),
    cabinet,
    compartment: 'compartment' in request ? request.compartment : null,
    kind: request.kind,
    state: 'asked',
    reason: request.reason,
    refusal: null,
    staffName: scene.me.name,
    askedAt: scene.now + scene.orders.length,
    answeredAt: null,
  }
  scene.orders.push(order)
  return order
}
