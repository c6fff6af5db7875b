import type { RebuiltEvent } from '../events.ts'
import { withEntry } from '../folds/entries.ts'
import type { Cabinet, Deposit } from '../state.ts'

/** A known deposit is back behind its door, without codes; of any other door nobody can say what is behind it. */
export function evolveRebuilt(cabinet: Cabinet, { compartment, epoch, retired, holds }: RebuiltEvent): Cabinet {
  const before = cabinet.compartments.get(compartment)
  if (before === undefined) return cabinet
  const use = holds !== null ? 'loaded' : retired ? 'retired' : 'suspect'
  const suspicion = use === 'suspect' ? 'new-incarnation' : null
  const after = { ...before, epoch, use, suspicion, deposit: holds?.id ?? null } as const
  const changed = { ...cabinet, compartments: withEntry(cabinet.compartments, compartment, after) }
  if (holds === null) return changed
  const deposit: Deposit = {
    id: holds.id,
    compartment,
    epoch,
    carrier: holds.carrier,
    person: holds.person,
    session: null,
    parcels: holds.parcels,
    need: holds.need,
    stage: holds.stage,
    before: holds.stage,
    cycle: 'none',
    codes: [],
    usedGeneration: holds.generation,
    renewals: [],
    pickup: null,
    complaint: null,
  }
  return { ...changed, deposits: withEntry(changed.deposits, deposit.id, deposit) }
}
