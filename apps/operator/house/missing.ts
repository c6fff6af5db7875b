import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import type { CarrierDesk } from '@holdfast/wire/http/desk/carriers.ts'

export type StepName = 'cabinet' | 'terminal' | 'carrier' | 'courier' | 'endpoint' | 'colleague'

export interface Step {
  readonly name: StepName
  readonly done: boolean
  /** Parcels go in and out without it. */
  readonly optional: boolean
}

export interface House {
  readonly cabinets: readonly Pick<CabinetSummary, 'enrolled'>[]
  readonly carriers: readonly Pick<CarrierDesk, 'kept' | 'keys' | 'endpoints'>[]
  readonly couriers: number
  readonly colleagues: number
}

/** What a house needs before the first parcel, in the order in which one does it. */
export function stepsOf({ cabinets, carriers, couriers, colleagues }: House): readonly Step[] {
  const kept = carriers.filter((carrier) => carrier.kept)
  const step = (name: StepName, done: boolean, optional = false): Step => ({ name, done, optional })
  return [
    step('cabinet', cabinets.length > 0),
    step(
      'terminal',
      cabinets.some(({ enrolled }) => enrolled),
    ),
    step(
      'carrier',
      kept.some(({ keys }) => keys.length > 0),
    ),
    step('courier', couriers > 0),
    step(
      'endpoint',
      kept.some(({ endpoints }) => endpoints.some(({ disabledAt }) => disabledAt === null)),
      true,
    ),
    step('colleague', colleagues > 1, true),
  ]
}

export const isReady = (steps: readonly Step[]): boolean => steps.every(({ done, optional }) => done || optional)
