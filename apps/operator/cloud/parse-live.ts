import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { CabinetSummary, CompartmentView, OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { LiveEventName } from '@holdfast/wire/http/live.ts'
import type { OperatorParcel } from '@holdfast/wire/http/parcels.ts'
import type { LiveEvent } from '../../kit/cloud/live.ts'

export interface FactNews {
  readonly cabinet: string
  readonly seq: number
  readonly type: string
  readonly label: string | null
  readonly at: number
}

export type LiveNews =
  | { readonly type: 'cabinet'; readonly data: CabinetSummary }
  | {
      readonly type: 'compartment'
      readonly data: { readonly cabinet: string; readonly compartment: CompartmentView }
    }
  | { readonly type: 'alert'; readonly data: Alert }
  | { readonly type: 'order'; readonly data: OrderView }
  | { readonly type: 'parcel'; readonly data: OperatorParcel }
  | { readonly type: 'fact'; readonly data: FactNews }

/** `reset` is the stream's own affair. */
const named: Readonly<Record<Exclude<LiveEventName, 'reset'>, true>> = {
  cabinet: true,
  compartment: true,
  alert: true,
  order: true,
  parcel: true,
  fact: true,
}

export const liveNames: readonly string[] = Object.keys(named)

/** The cloud is trusted to keep wire's shapes; an event that this page does not know is left alone. */
export const parseLive = ({ type, data }: LiveEvent): LiveNews | undefined =>
  Object.hasOwn(named, type) ? ({ type, data } as LiveNews) : undefined
