import type { Cause } from '@holdfast/core/access/cause.ts'
import type { Ledger } from '../ledger.ts'
import type { When } from '../when.ts'
import type { Claims } from './claim.ts'

/** Law 2: each pulse has one earlier intent of this boot with a cause that stands; an opening without one is suspected. */
export function pulses({ ledger, claim, owe }: Claims): When {
  const { doors } = ledger
  const outcome = (door: string, cause: Cause, how: string): void => {
    const intent = doors.get(door)?.intent
    claim(2, intent !== undefined && same(intent.cause, cause), () => `${door} ${how} for a cause that nobody intended`)
  }
  const oweSuspicion = (door: string): void => {
    const use = ledger.places.get(door)?.use
    if (use === 'suspect' || use === 'retired' || use === undefined) return
    owe(
      2,
      `${door} opened without a cause and stayed ${use}`,
      (event) => event.type === 'compartmentSuspected' && event.compartment === door,
    )
  }
  return {
    doorUnlockIntended: ({ door, cause }) => {
      claim(2, doors.has(door), () => `${door} is no door of this cabinet`)
      claim(2, doors.get(door)?.intent === undefined, () => `${door} was to be pulsed twice for one outcome`)
      claim(2, stands(ledger, door, cause), () => `${door} was to be opened by a ${cause.kind} that does not stand`)
    },
    doorPulsed: ({ door }) => {
      const intent = doors.get(door)?.intent
      claim(2, intent !== undefined, () => `${door} was pulsed without an intent`)
      claim(2, intent?.pulsed !== true, () => `${door} was pulsed twice`)
      claim(2, intent?.doubtful !== true, () => `${door} was pulsed after a restart`)
    },
    doorOpened: ({ door, cause, recovered }) => {
      const intent = doors.get(door)?.intent
      if (cause !== null) {
        outcome(door, cause, 'opened')
        claim(2, recovered === (intent?.doubtful ?? false), () => `${door} opened, and the restart between is denied`)
        return
      }
      claim(2, intent === undefined, () => `${door} opened without a cause while one was waiting`)
      oweSuspicion(door)
    },
    doorUnlatched: ({ door, explained }) => {
      claim(2, explained === (doors.get(door)?.intent !== undefined), () => `${door} came free for another reason`)
      if (!explained) oweSuspicion(door)
    },
    doorNotOpened: ({ door, cause }) => outcome(door, cause, 'did not open'),
    doorOutcomeUnknown: ({ door, cause }) => outcome(door, cause, 'is in doubt'),
  }
}

function stands(ledger: Ledger, door: string, cause: Cause): boolean {
  const { deposits, orders, session } = ledger
  switch (cause.kind) {
    case 'deposit':
    case 'recall':
    case 'pickup': {
      const deposit = deposits.get(cause.deposit)
      const atDoor = deposit?.place === door && deposit.stage !== 'over'
      return atDoor && session?.id === cause.session && (session.kind === 'pickup') === (cause.kind === 'pickup')
    }
    case 'order':
    case 'service': {
      const order = orders.get(cause.order)
      const who = cause.kind === 'order' ? cause.staff : cause.person
      const wanted = order !== undefined && order !== 'refused' && order.what === 'open' && order.staff === who
      return wanted && (cause.kind === 'order' || ledger.serviceSwitchClosed)
    }
    case 'look':
      return session?.id === cause.session && session.look === door && ledger.places.get(door)?.use === 'suspect'
    case 'emergency':
      return ledger.releasing.has(door)
  }
}

const same = (left: Cause, right: Cause): boolean => {
  const fields = new Map(Object.entries(left))
  return Object.entries(right).every(([name, value]) => fields.get(name) === value)
}
