import { behind, type DepositMark } from '../ledger.ts'
import type { When } from '../when.ts'
import type { Claims } from './claim.ts'

/** Law 1: in one compartment and epoch never two live deposits. */
export function oneDeposit({ ledger, claim }: Claims): When {
  const { deposits, places } = ledger
  const enters = (id: string, place: string): void => {
    const other = behind(ledger, place)
    claim(1, other === undefined || other.id === id, () => `${id} goes to ${place}, where ${other?.id} lives`)
  }
  return {
    depositBegun: ({ deposit, compartment }) => {
      claim(1, !deposits.has(deposit), () => `${deposit} began twice`)
      enters(deposit, compartment)
    },
    depositMoved: ({ deposit, from, to }) => {
      claim(1, deposits.get(deposit)?.place === from, () => `${deposit} moved away from ${from}, where it was not`)
      enters(deposit, to)
    },
    compartmentHeld: ({ compartment, epoch, deposit: id }) => {
      const place = places.get(compartment)
      const deposit = deposits.get(id)
      claim(1, place?.use === 'free', () => `${compartment} was held while ${place?.use}`)
      claim(1, place !== undefined && epoch > place.epoch, () => `${compartment} was held in epoch ${epoch} again`)
      const bound = deposit?.place === compartment && deposit.epoch === epoch
      claim(1, bound, () => `${compartment} was held for ${id}, which is elsewhere`)
    },
    compartmentLoaded: ({ compartment, deposit }) => {
      claim(1, behind(ledger, compartment)?.id === deposit, () => `${compartment} was loaded with ${deposit}`)
    },
  }
}

/** Law 3, and Custody: what was acknowledged stays behind its door until somebody was seen to take it out. */
export function wayOut({ ledger, claim, owe }: Claims): When {
  const { deposits, places } = ledger
  const empty = (place: string, how: string): void => {
    const left = behind(ledger, place)
    claim(3, left === undefined, () => `${place} was ${how} with ${left?.id} inside`)
  }
  const taken = (id: string, by: 'pickup' | 'recall', how: string): void => {
    const deposit = deposits.get(id)
    claim(3, deposit?.openedFor.has(by) === true, () => `${id} was ${how}, and no door opened for it`)
  }
  return {
    depositMade: ({ deposit: id }) => {
      const deposit = deposits.get(id)
      claim(3, deposit?.stage === 'filling', () => `${id} was made while ${deposit?.stage ?? 'unknown'}`)
      claim(3, (deposit?.codes.size ?? 0) > 0, () => `${id} was made and no code opens it`)
      claim(3, deposit?.cycle === 'shut', () => `${id} was made, and nobody saw its door open and shut`)
      const place = places.get(deposit?.place ?? '')
      if (place?.use === 'suspect' || place?.use === 'retired') return
      owe(3, `${id} is not behind its door`, (event) => event.type === 'compartmentLoaded' && event.deposit === id)
    },
    compartmentReleased: ({ compartment }) => empty(compartment, 'freed'),
    compartmentFaulted: ({ compartment }) => empty(compartment, 'retired'),
    compartmentRetired: ({ compartment }) => empty(compartment, 'retired'),
    compartmentInspected: ({ compartment, seen }) => {
      if (seen === 'empty') empty(compartment, 'called empty')
    },
    depositCollected: ({ deposit }) => taken(deposit, 'pickup', 'collected'),
    depositRefused: ({ deposit }) => taken(deposit, 'pickup', 'refused'),
    depositRecalled: ({ deposit }) => taken(deposit, 'recall', 'recalled'),
    depositCancelled: ({ deposit: id }) => {
      const deposit = deposits.get(id)
      claim(3, mayCancel(deposit), () => `${id} was cancelled after it was acknowledged`)
    },
    depositDisputed: ({ deposit: id }) => {
      const looked = ledger.lastEvent?.type === 'orderAccepted' && ledger.lastEvent.what === 'inspect'
      const byCourier = ledger.session?.look !== undefined && ledger.session.look === deposits.get(id)?.place
      if (!looked && !byCourier) taken(id, 'pickup', 'disputed')
    },
    layoutTaken: ({ layout }) => {
      const there = new Set<string>(layout.compartments.map(({ id }) => id))
      for (const { id, place, stage } of deposits.values())
        claim(3, stage === 'over' || there.has(place), () => `${place} left the cabinet with ${id} inside`)
    },
  }
}

/** Before it was made; or by its own courier, who was seen to open its door again. */
const mayCancel = (deposit: DepositMark | undefined): boolean =>
  deposit?.stage === 'filling' || (deposit?.stage === 'leaving' && deposit.openedFor.has('deposit'))

/** Law 11 inside a cabinet: nobody deposits or recalls for another carrier. */
export function oneCarrier({ ledger, claim }: Claims): When {
  const same = (carrier: string | undefined, says: string): void => {
    const { session } = ledger
    if (session?.kind === 'courier')
      claim(11, carrier === session.carrier, () => `${says} by a courier of another carrier`)
  }
  return {
    depositBegun: ({ deposit, carrier }) => same(carrier, `${deposit} was begun`),
    recallBegun: ({ deposit }) => same(ledger.deposits.get(deposit)?.carrier, `${deposit} was recalled`),
  }
}
