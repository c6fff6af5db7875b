import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { type Chain, type Complain, createChain } from './chain.ts'
import type { Claims } from './laws/claim.ts'
import { codes, tags } from './laws/codes.ts'
import { attempts, openings } from './laws/counters.ts'
import { oneCarrier, oneDeposit, wayOut } from './laws/deposits.ts'
import { orders, type Signed } from './laws/orders.ts'
import { findPersonal, seenOpen, shutIn } from './laws/people.ts'
import { pulses } from './laws/pulses.ts'
import { type Ledger, newLedger } from './ledger.ts'
import { createNotes } from './notes.ts'
import type { JournalRecord } from './records.ts'
import { hear } from './when.ts'

/** One journal under all laws that a journal alone can be judged by. */
export interface JournalJudge {
  readonly chain: Chain
  readonly ledger: Ledger
  /** Doors that opened or came free without anybody's right, and calls for help: each needs an alert (laws 2, 17). */
  readonly alarming: readonly Alarming[]
  take(record: JournalRecord): void
}

export interface Alarming {
  readonly law: number
  readonly compartment: string | null
}

export interface JournalPorts {
  readonly seals: Seals
  readonly incarnation: string
  readonly complain: Complain
  /** Counts a claim, whether it holds or not. */
  readonly checked: (law: number) => void
  readonly signed: Signed | undefined
  /** Of a copy of what is judged elsewhere only the chain is asked: it says nothing that the first did not say. */
  readonly isCopy: boolean
}

/** What follows in one decision follows within so many entries. */
const owedWithin = 4

interface Owed {
  readonly law: number
  readonly says: string
  readonly isPaid: (event: CabinetEvent) => boolean
  left: number
}

export function createJournalJudge(ports: JournalPorts): JournalJudge {
  const { complain, checked } = ports
  const chain = createChain(ports.seals, ports.incarnation, complain)
  const ledger = newLedger()
  const noteDown = createNotes(ledger)
  const alarming: Alarming[] = []
  let owed: readonly Owed[] = []
  const say: Complain = (law, says) => complain(law, `${says} (entry ${chain.length()})`)
  const claims: Claims = {
    ledger,
    claim: (law, holds, says) => {
      checked(law)
      if (!holds) say(law, says())
    },
    owe: (law, says, isPaid) => {
      checked(law)
      owed = [...owed, { law, says, isPaid, left: owedWithin }]
    },
  }
  const laws = [oneDeposit, pulses, wayOut, oneCarrier, codes, tags, attempts, openings, seenOpen, shutIn]
  const books = [...laws.map((law) => law(claims)), orders({ ...claims, signed: ports.signed })]

  const settleOwed = (event: CabinetEvent): void => {
    owed = owed.filter((one) => {
      if (one.isPaid(event)) return false
      one.left -= 1
      if (one.left === 0) say(one.law, one.says)
      return one.left > 0
    })
  }
  return {
    chain,
    ledger,
    alarming,
    take: (record) => {
      if (record.kind === 'entry') checked(8)
      const event = chain.take(record)
      if (event === undefined || ports.isCopy) return
      checked(14)
      const found = findPersonal(event)
      if (found !== undefined) say(14, `an entry says ${found.length} characters that may be a person's`)
      if (owed.length > 0) settleOwed(event)
      for (const book of books) hear(book, event)
      const alarm = alarmOf(event)
      if (alarm !== undefined) alarming.push(alarm)
      noteDown(event)
    },
  }
}

function alarmOf(event: CabinetEvent): Alarming | undefined {
  if (event.type === 'doorOpened' && event.cause === null) return { law: 2, compartment: event.door }
  if (event.type === 'doorUnlatched' && !event.explained) return { law: 2, compartment: event.door }
  return event.type === 'emergencyRaised' ? { law: 17, compartment: null } : undefined
}
