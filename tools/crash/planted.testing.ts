import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { Boards } from '@holdfast/terminal/boards/boards.ts'
import { createMemoryDisk, createMemoryStore } from '@holdfast/terminal/journal/store.memory.ts'
import type { Batch, Store } from '@holdfast/terminal/journal/store.ts'
import { readEvent } from '@holdfast/terminal/loop/snapshot.ts'
import { readEntry } from '@holdfast/wire/seals/chain.ts'

const lateMs = 300

/** What is written counts as synced at once and reaches the disk only later. */
export function syncedLate(disk: Store): Store {
  const shown = createMemoryStore(createMemoryDisk())
  const [marks, snapshot] = [disk.marks(), disk.snapshot()]
  shown.write({
    entries: disk.entries(1, Number.MAX_SAFE_INTEGER),
    heads: disk.heads(1),
    kept: disk.kept(),
    ...(marks === undefined ? {} : { marks }),
    ...(snapshot === undefined ? {} : { snapshot }),
  })
  const late = new Set<Batch>()
  const sync = (batch: Batch): void => {
    if (late.delete(batch)) disk.write(batch)
  }
  return {
    ...shown,
    seen: (order) => shown.seen(order) ?? disk.seen(order),
    write: (batch) => {
      shown.write(batch)
      late.add(batch)
      setTimeout(sync, lateMs, batch)
    },
    close: () => {
      for (const batch of late) sync(batch)
      disk.close()
    },
  }
}

/** Whoever starts pulses once more what was meant last, lest it was lost. */
export function pulsedAgain(boards: Pick<Boards, 'unlock' | 'onReading'>, store: Store, layout: CabinetLayout): void {
  const events = store.entries(1, Number.MAX_SAFE_INTEGER).map(({ bytes }) => readEvent(readEntry(bytes)?.event))
  const last = events.findLast(({ type }) => type === 'doorUnlockIntended')
  const door = layout.compartments.find(({ id }) => last?.type === 'doorUnlockIntended' && last.door === id)
  const forget = boards.onReading(({ lock }) => {
    if (lock.board !== door?.lock.board || lock.channel !== door.lock.channel) return
    forget()
    void boards.unlock(lock)
  })
}
