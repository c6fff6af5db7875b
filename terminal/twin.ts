import type { Entry } from '@holdfast/wire/seals/chain.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { createBoards, type LineConfig } from './boards/boards.ts'
import type { OpenDuplex } from './boards/line/duplex.ts'
import type { LockReading } from './boards/watch/watch.ts'
import { journalFailure } from './journal/failure.ts'
import { openJournal } from './journal/open.ts'
import { createMemoryDisk, createMemoryStore } from './journal/store.memory.ts'
import type { TerminalClock } from './platform/clock.ts'
import { silentLog } from './platform/log.ts'
import type { Store } from './journal/store.ts'
import type { CabinetIdentity } from './platform/parse-identity.ts'
import { noReserve } from './platform/reserve.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import type { ConnectBroker } from './uplink/broker/link.ts'

/** What outlives the twin's power cuts. */
export interface TwinDisk {
  readonly memory: ReturnType<typeof createMemoryDisk>
  /** Entries from `from` on, oldest first, as they lie on the disk. */
  entries(from: number, limit: number): readonly Entry[]
  /** Up to where the cloud has acknowledged. */
  acknowledged(): number
  /** Throws where reads fail; the world's own eyes read past it. */
  beforeRead(): void
  /** From now on the terminal's reads or writes fail, or there is no room; undefined mends it. */
  fail(how: DiskFault | undefined): void
}

export type DiskFault = 'full' | 'writes' | 'reads'

export interface TwinPorts {
  readonly identity: CabinetIdentity
  readonly clock: TerminalClock
  readonly seals: Seals
  readonly disk: TwinDisk
  /** Asked before each write: false loses it and all later ones, as a power cut in that moment does. */
  readonly powered: () => boolean
  readonly lines: readonly LineConfig[]
  readonly open: (line: LineConfig) => OpenDuplex
  readonly connect: ConnectBroker
  /** A store with a fault of its own in front of the disk; the disk itself unless told. */
  readonly front?: (store: Store) => Store
  /** Hears each reading of a lock before the terminal does. */
  readonly seen: (reading: LockReading) => void
}

export function createTwinDisk(): TwinDisk {
  const memory = createMemoryDisk()
  const store = createMemoryStore(memory)
  let failing: DiskFault | undefined
  memory.beforeWrite = () => {
    if (failing === 'full') throw journalFailure('journal-disk-full')
    if (failing === 'writes') throw journalFailure('journal-failed')
  }
  return {
    memory,
    entries: store.entries,
    acknowledged: () => store.marks()?.acknowledged ?? 0,
    beforeRead: () => {
      if (failing === 'reads') throw journalFailure('journal-failed')
    },
    fail: (how) => {
      failing = how
    },
  }
}

/** The real terminal on a disk in memory: for the simulator, where power, wires and time are somebody else's. */
export function createTwin(ports: TwinPorts): Promise<Terminal> {
  const { identity, clock, seals, lines } = ports
  const { keys, incarnation } = identity
  const own = createMemoryStore(ports.disk.memory)
  const store = ports.front?.(own) ?? own
  const fading = {
    ...store,
    entries: (from: number, limit: number) => {
      ports.disk.beforeRead()
      return store.entries(from, limit)
    },
    write: (batch: Parameters<typeof store.write>[0]): void => {
      if (ports.powered()) store.write(batch)
    },
  }
  return createTerminal({
    identity,
    clock,
    seals,
    journal: openJournal({ store: fading, seals, keys, incarnation }),
    reserve: noReserve,
    boards: (locks) => {
      const boards = createBoards({ lines, locks }, { clock, open: ports.open })
      boards.onReading(ports.seen)
      return boards
    },
    network: { connect: ports.connect },
    log: silentLog,
  })
}
