import { refuse } from '../../decider/decider.ts'
import type { Given } from '../../decider/decider.ts'
import type { RebuildCommand } from '../commands.ts'
import type { RebuiltEvent } from '../events.ts'
import { type Answer, answer } from '../sessions/hand.ts'
import type { Cabinet, Deposit } from '../state.ts'
import type { RebuiltCompartment, RebuiltDeposit } from './told.ts'

/**
 * A new terminal in a cabinet with a past takes it over, once, before anything else happens. Doors behind which a
 * deposit is known keep it; every other door is in quarantine until somebody has looked: the lost terminal may have
 * known more than it told (laws 3 and 16).
 */
export function rebuildCabinet(cabinet: Cabinet, { compartments }: RebuildCommand, { now: at }: Given): Answer {
  const isUntouched = [...cabinet.compartments.values()].every(({ epoch, use }) => epoch === 0 && use === 'free')
  if (!isUntouched || cabinet.deposits.size > 0) return refuse('cabinet-has-a-past')
  const known = new Map(compartments.map((one) => [one.compartment, one]))
  const each = cabinet.layout.compartments.map(({ id }): RebuiltEvent => {
    const { epoch = 0, retired = false, holds = null } = known.get(id) ?? {}
    return { type: 'compartmentRebuilt', compartment: id, epoch, retired, holds, at }
  })
  return answer(...each)
}

/** What the cloud's copy says of a cabinet whose terminal is lost. A deposit that was still being made never was one. */
export function rebuildOf(cabinet: Cabinet): readonly RebuiltCompartment[] {
  return [...cabinet.compartments.values()].map(({ id, epoch, use, deposit: bound }) => {
    const deposit = bound === null ? undefined : cabinet.deposits.get(bound)
    const holds = deposit === undefined ? null : holdsOf(deposit)
    return { compartment: id, epoch, retired: use === 'retired', holds }
  })
}

function holdsOf(deposit: Deposit): RebuiltDeposit | null {
  const stage = stageOf(deposit)
  if (stage === undefined) return null
  const { id, carrier, person, parcels, need, codes, usedGeneration } = deposit
  const generation = Math.max(0, usedGeneration ?? 0, ...codes.map((code) => code.generation))
  return { id, carrier, person, parcels, need, stage, generation }
}

/** A pickup or recall that nobody saw the end of: the parcel is believed inside, and its owner or courier looks. */
function stageOf({ stage, before }: Deposit): RebuiltDeposit['stage'] | undefined {
  switch (stage) {
    case 'filling':
    case 'cancelling':
      return undefined
    case 'stored':
    case 'collecting':
    case 'undoing':
      return 'stored'
    case 'refused':
    case 'putting-back':
      return 'refused'
    case 'recalling':
      return before
  }
}
