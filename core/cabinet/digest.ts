import type { CompartmentId, DepositId } from '../values/ids.ts'
import type { Compartment } from '../compartment/compartment.ts'
import type { Cabinet } from './state.ts'

export interface DigestInput {
  readonly compartments: readonly (readonly [CompartmentId, number, Compartment['use'], DepositId | null])[]
  readonly codesDead: number
}

/** What cabinet and cloud must agree on after an outage: both hash the canonical form of this. */
export function digestInput(cabinet: Cabinet): DigestInput {
  const compartments = [...cabinet.compartments.values()]
    .map(({ id, epoch, use, deposit }) => [id, epoch, use, deposit] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return { compartments, codesDead: cabinet.codesDead }
}
