import type { DepositMark, Ledger } from '../ledger.ts'
import type { When } from '../when.ts'
import type { Claims } from './claim.ts'

const reopeningsMost = 2
const reopeningMs = 15 * 60_000
const usedTagsKept = 10_000

/** Laws 4 and 5: a code opens one session, a dead one none, and never a lower generation after a higher. */
export function codes({ ledger, claim }: Claims): When {
  const { deposits } = ledger
  const reopens = (deposit: DepositMark | undefined, at: number): void => {
    const pickup = deposit?.pickup
    const may = pickup !== undefined && pickup.reopened < reopeningsMost && at < pickup.startedAt + reopeningMs
    claim(4, may, () => `${deposit?.id} was opened again too often or too late`)
  }
  const higher = (id: string, generation: number): void => {
    const highest = deposits.get(id)?.highest ?? -1
    claim(5, generation > highest, () => `generation ${generation} of ${id} was drawn after ${highest}`)
  }
  return {
    codeAccepted: ({ deposit: id, generation }) => {
      const deposit = deposits.get(id)
      const used = deposit?.used ?? -1
      claim(5, generation >= used, () => `generation ${generation} of ${id} opened after ${used}`)
      claim(4, deposit?.codes.has(generation) === true, () => `a dead code of ${id} was accepted`)
      const opens = deposit?.stage === 'stored' || deposit?.stage === 'collecting'
      claim(4, opens, () => `a code of ${id} was accepted while it was ${deposit?.stage}`)
    },
    pickupSessionOpened: (event) => {
      const deposit = deposits.get(event.deposit)
      const last = ledger.lastEvent
      const fits =
        event.via !== 'code' ||
        (last?.type === 'codeAccepted' && last.deposit === event.deposit && last.generation === event.generation)
      claim(4, fits, () => `${event.session} opened by a code that nobody typed`)
      const waits = deposit?.stage === 'stored' || deposit?.stage === 'collecting'
      claim(4, waits, () => `${event.session} opened for ${event.deposit}, which is ${deposit?.stage ?? 'unknown'}`)
      if (deposit?.stage === 'collecting') reopens(deposit, event.at)
    },
    pickupReopened: ({ deposit, at }) => reopens(deposits.get(deposit), at),
    depositPrepared: ({ deposit, codes: drawn }) => {
      for (const { generation } of drawn) higher(deposit, generation)
    },
    codeRenewed: ({ deposit, code }) => higher(deposit, code.generation),
  }
}

/** Law 7, second half: no two codes alive in a cabinet are equal, nor equal to one of the last 10,000 dead. */
export function tags({ ledger, claim }: Claims): When {
  const recent = new Set<string>()
  const drawn = (tag: string): void => {
    claim(7, !recent.has(tag) && !isAlive(ledger, tag), () => 'a code was drawn that lives or lived already')
    recent.add(tag)
    const [oldest] = recent
    if (recent.size > usedTagsKept && oldest !== undefined) recent.delete(oldest)
  }
  return {
    depositPrepared: ({ codes: both }) => {
      for (const { tag } of both) drawn(tag)
    },
    codeRenewed: ({ code }) => drawn(code.tag),
  }
}

function isAlive({ deposits }: Ledger, tag: string): boolean {
  for (const deposit of deposits.values()) for (const alive of deposit.codes.values()) if (alive === tag) return true
  return false
}
