import { behind, type DepositMark, type Ledger } from './ledger.ts'
import type { When } from './when.ts'

type Born = Pick<DepositMark, 'id' | 'carrier' | 'place' | 'epoch' | 'stage' | 'highest'>

const newDeposit = (born: Born): DepositMark => ({
  ...born,
  cycle: 'none',
  openedFor: new Set(),
  codes: new Map(),
  used: -1,
  pickup: undefined,
})

/** Deposits from the first touch to the end, and the codes that open them. */
export function depositNotes(ledger: Ledger): When {
  return { ...stageNotes(ledger), ...endNotes(ledger), ...pickupNotes(ledger), ...codeNotes(ledger) }
}

const change = ({ deposits }: Ledger, id: string, by: (deposit: DepositMark) => void): void => {
  const deposit = deposits.get(id)
  if (deposit !== undefined) by(deposit)
}

function stageNotes(ledger: Ledger): When {
  const { deposits } = ledger
  return {
    depositBegun: ({ deposit: id, carrier, compartment: place, epoch }) => {
      deposits.set(id, newDeposit({ id, carrier, place, epoch, stage: 'filling', highest: -1 }))
    },
    compartmentRebuilt: ({ compartment: place, epoch, holds }) => {
      if (holds === null) return
      const { id, carrier, stage, generation: highest } = holds
      deposits.set(id, { ...newDeposit({ id, carrier, place, epoch, stage, highest }), used: highest })
    },
    depositMoved: ({ deposit, to: place, epoch }) =>
      change(ledger, deposit, (known) => Object.assign(known, { place, epoch, cycle: 'none' })),
    depositMade: ({ deposit }) => change(ledger, deposit, (known) => rest(known, 'stored')),
    depositRefused: ({ deposit }) =>
      change(ledger, deposit, (known) => {
        rest(known, 'refused')
        known.codes.clear()
      }),
    depositKept: ({ deposit }) =>
      change(ledger, deposit, (known) =>
        rest(known, known.stage === 'leaving' && known.wasRefused === true ? 'refused' : 'stored'),
      ),
  }
}

/** It waits behind its door, and nobody is busy with it. */
function rest(deposit: DepositMark, stage: 'stored' | 'refused'): void {
  deposit.stage = stage
  deposit.pickup = undefined
  deposit.cycle = 'none'
}

function endNotes(ledger: Ledger): When {
  const ends = ({ deposit }: { readonly deposit: string }): void =>
    change(ledger, deposit, (known) => {
      known.stage = 'over'
      known.codes.clear()
    })
  const leaves = ({ deposit }: { readonly deposit: string }): void =>
    change(ledger, deposit, (known) => {
      known.wasRefused = known.stage === 'refused'
      known.stage = 'leaving'
      known.cycle = 'none'
      known.openedFor.clear()
    })
  return {
    depositCancelled: ends,
    depositDisputed: ends,
    depositCollected: ends,
    depositRecalled: ends,
    undoBegun: leaves,
    recallBegun: leaves,
  }
}

function pickupNotes(ledger: Ledger): When {
  const begins = (deposit: string, at: number, generation: number | null): void =>
    change(ledger, deposit, (known) => {
      known.stage = 'collecting'
      known.cycle = 'none'
      known.pickup = { startedAt: at, reopened: 0, generation }
    })
  const again = (deposit: string): void =>
    change(ledger, deposit, ({ pickup }) => {
      if (pickup !== undefined) pickup.reopened += 1
    })
  return {
    pickupSessionOpened: ({ deposit, generation, at }) =>
      ledger.deposits.get(deposit)?.stage === 'collecting' ? again(deposit) : begins(deposit, at, generation),
    pickupContinued: ({ deposit, at }) => begins(deposit, at, null),
    pickupReopened: ({ deposit }) => again(deposit),
    // Its owner's opening came to nothing: the code that was used may have had its one session (law 4).
    compartmentInspected: ({ compartment, seen }) => {
      const deposit = behind(ledger, compartment)
      if (seen === 'empty' || deposit?.stage !== 'collecting') return
      const spent = deposit.pickup?.generation ?? -1
      for (const generation of deposit.codes.keys()) if (generation <= spent) deposit.codes.delete(generation)
      deposit.stage = 'stored'
      deposit.cycle = 'none'
      deposit.pickup = undefined
    },
  }
}

function codeNotes(ledger: Ledger): When {
  const dies = (id: string, isDead: (generation: number) => boolean): void =>
    change(ledger, id, ({ codes }) => {
      for (const generation of codes.keys()) if (isDead(generation)) codes.delete(generation)
    })
  const lives = (id: string, generation: number, tag: string): void =>
    change(ledger, id, (deposit) => {
      deposit.codes.set(generation, tag)
      deposit.highest = Math.max(deposit.highest, generation)
    })
  return {
    depositPrepared: ({ deposit, codes }) => {
      for (const { generation, tag } of codes) lives(deposit, generation, tag)
    },
    codeRenewed: ({ deposit, code }) => {
      dies(deposit, () => true)
      lives(deposit, code.generation, code.tag)
    },
    codeAccepted: ({ deposit, generation }) => {
      dies(deposit, (other) => other < generation)
      change(ledger, deposit, (known) => {
        known.used = Math.max(known.used, generation)
      })
    },
    codesRevoked: ({ deposit, through }) => dies(deposit, (generation) => generation <= through),
  }
}
