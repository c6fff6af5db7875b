import { behind, type DepositMark, type DoorMark, type Ledger } from './ledger.ts'
import type { When } from './when.ts'

/** Doors as their sensors told: unseen after each start, and after each intent waiting for one outcome. */
export function doorNotes(ledger: Ledger): When {
  const { doors, deposits, releasing } = ledger
  const mark = (door: string, change: Partial<Omit<DoorMark, 'large'>>): void => {
    const known = doors.get(door)
    if (known !== undefined) Object.assign(known, change)
  }
  const cycle = (door: string, named: string | undefined, now: DepositMark['cycle']): void => {
    const deposit = named === undefined ? undefined : deposits.get(named)
    if (deposit?.place === door) deposit.cycle = now
  }
  return {
    cabinetStarted: () => {
      for (const door of doors.values()) {
        door.position = 'unseen'
        if (door.intent !== undefined) door.intent.doubtful = true
      }
    },
    doorUnlockIntended: ({ door, cause }) => {
      mark(door, { intent: { cause, pulsed: false, doubtful: false } })
      if (cause.kind === 'emergency') releasing.delete(door)
    },
    doorPulsed: ({ door }) => {
      const intent = doors.get(door)?.intent
      if (intent !== undefined) intent.pulsed = true
    },
    doorUnlatched: ({ door }) => mark(door, { position: 'unlatched' }),
    doorOpened: ({ door, cause }) => {
      releasing.delete(door)
      mark(door, { position: 'open', lastSeen: 'open', intent: undefined })
      if (cause === null || !('deposit' in cause)) return
      cycle(door, cause.deposit, 'open')
      if (deposits.get(cause.deposit)?.place === door) deposits.get(cause.deposit)?.openedFor.add(cause.kind)
    },
    doorNotOpened: ({ door }) => mark(door, { intent: undefined }),
    doorOutcomeUnknown: ({ door, cause }) => {
      mark(door, { intent: undefined })
      cycle(door, 'deposit' in cause ? cause.deposit : undefined, 'unknown')
    },
    doorShut: ({ door }) => {
      mark(door, { position: 'shut', lastSeen: 'shut' })
      const deposit = behind(ledger, door)
      if (deposit?.cycle === 'open') deposit.cycle = 'shut'
    },
    doorLost: ({ door }) => mark(door, { position: 'unseen' }),
    doorFound: ({ door, sight }) => {
      mark(door, { position: sight, lastSeen: sight })
      if (sight === 'open') releasing.delete(door)
    },
  }
}
