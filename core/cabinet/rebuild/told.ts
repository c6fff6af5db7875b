import type { CompartmentId } from '../../values/ids.ts'
import type { Deposit } from '../state.ts'

/** What a lost terminal's cabinet is known to hold: the cloud's copy of the story, up to where it was told. */
export interface RebuiltCompartment {
  readonly compartment: CompartmentId
  readonly epoch: number
  readonly retired: boolean
  readonly holds: RebuiltDeposit | null
}

/** Codes do not come over: their tags belong to the lost key. `generation`: the highest that was ever drawn (law 5). */
export interface RebuiltDeposit extends Pick<Deposit, 'id' | 'carrier' | 'person' | 'parcels' | 'need'> {
  readonly stage: 'stored' | 'refused'
  readonly generation: number
}
