import type { Journal } from '../../journal/journal.ts'
import type { Guard } from '../../loop/guard.ts'

export interface ReceiptPorts {
  readonly journal: Pick<Journal, 'acknowledge' | 'acknowledged' | 'erasePrivate'>
  readonly guard: Pick<Guard, 'write'>
}

/** How far the cloud has committed, as it says and as the disk knows. */
export interface Receipt {
  heard(watermark: number): void
  /** Offers the disk what it did not take. */
  keep(): void
}

/**
 * Only now may private parts go, here as well: the cloud has them (law 14). What a full disk does not take is offered to
 * it again: where nothing more happens, no later acknowledgement would bring it.
 */
export function createReceipt({ journal, guard }: ReceiptPorts): Receipt {
  let due = 0
  const keep = (): void => {
    if (due === 0) return
    const kept = guard.write('other', () => {
      journal.acknowledge(due)
      journal.erasePrivate(due)
    })
    if (kept.ok) due = 0
  }
  return {
    keep,
    heard: (watermark) => {
      if (watermark <= journal.acknowledged()) return
      due = Math.max(due, watermark)
      keep()
    },
  }
}
