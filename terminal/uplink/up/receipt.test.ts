import { expect, it } from 'vitest'
import { journalFailure } from '../../journal/failure.ts'
import { createGuard } from '../../loop/guard.ts'
import { silentLog } from '../../platform/log.ts'
import { noReserve } from '../../platform/reserve.ts'
import { createReceipt } from './receipt.ts'

/** A disk on which the acknowledgement or the erasure that goes with it may find no room. */
function rig() {
  const full = { acknowledge: false, erasePrivate: false }
  const marks = { acknowledge: 0, erasePrivate: 0 }
  let writes = 0
  const write =
    (what: keyof typeof marks) =>
    (seq: number): boolean => {
      writes += 1
      if (full[what]) throw journalFailure('journal-disk-full')
      marks[what] = seq
      return true
    }
  const journal = {
    acknowledge: write('acknowledge'),
    erasePrivate: write('erasePrivate'),
    acknowledged: () => marks.acknowledge,
  }
  const receipt = createReceipt({ journal, guard: createGuard(noReserve, silentLog) })
  return { full, receipt, kept: () => [marks.acknowledge, marks.erasePrivate], writes: () => writes }
}

it('is kept at once, with the private parts erased, and never falls back', () => {
  const { receipt, kept, writes } = rig()
  receipt.heard(5)
  receipt.heard(3)
  receipt.keep()
  expect([kept(), writes()]).toEqual([[5, 5], 2])
})

it.each(['acknowledge', 'erasePrivate'] as const)(
  'is kept as soon as there is room, where a full disk did not take it to %s (laws 12 and 14)',
  (what) => {
    const { full, receipt, kept } = rig()
    full[what] = true
    receipt.heard(7)
    receipt.heard(4)
    receipt.keep()
    expect(kept()).not.toEqual([7, 7])
    full[what] = false
    receipt.keep()
    expect(kept()).toEqual([7, 7])
  },
)
