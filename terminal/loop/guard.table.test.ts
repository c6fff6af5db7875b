import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JournalFault, journalFailure } from '../journal/failure.ts'
import { silentLog } from '../platform/log.ts'
import { createGuard, type Writing } from './guard.ts'

type Disk = 'fine' | 'full' | 'failing'
const faults: Readonly<Record<Disk, JournalFault | undefined>> = {
  fine: undefined,
  full: 'journal-disk-full',
  failing: 'journal-failed',
}

/** A guard over a disk that is as the test says, with a reserve that makes room once. */
function rig(held = true) {
  const at = { disk: 'fine' as Disk, held, room: true }
  const told: string[] = []
  const guard = createGuard(
    {
      release: () => {
        const had = at.held
        at.held = false
        if (had && at.disk === 'full') at.disk = 'fine'
        return had
      },
      refill: () => at.room && (at.held = held),
    },
    silentLog,
  )
  guard.onChange(() => told.push(guard.health()))
  const written: string[] = []
  const write = (writing: Writing, what = 'x') =>
    guard.write(writing, () => {
      const fault = faults[at.disk]
      if (fault !== undefined) throw journalFailure(fault)
      return written.push(what)
    })
  return { at, guard, told, written, write }
}

describe('what the guard lets through', () => {
  it.each<[Disk, boolean, Writing, true | string, string]>([
    ['fine', true, 'deposit', true, 'ok'],
    ['fine', true, 'other', true, 'ok'],
    ['full', true, 'deposit', 'journal-full', 'full'],
    ['full', true, 'other', true, 'full'],
    ['failing', true, 'deposit', 'journal-failing', 'failing'],
    ['failing', true, 'other', 'journal-failing', 'failing'],
  ])('disk %s, reserve %s, a %s: %s, and then it is %s', (disk, held, writing, outcome, health) => {
    const { at, guard, write, written } = rig(held)
    at.disk = disk
    const told = write(writing)
    expect(told.ok ? true : told.refusal).toBe(outcome)
    expect([guard.health(), written.length]).toEqual([health, outcome === true ? 1 : 0])
  })

  it('gives the reserve once: the next full disk takes nothing more, until there is room again', () => {
    const { at, guard, write, told } = rig()
    at.disk = 'full'
    expect(write('other').ok).toBe(true)
    at.disk = 'full'
    expect(write('other')).toEqual({ ok: false, refusal: 'journal-failing' })
    at.room = false
    expect(guard.recover(() => void (at.disk === 'full' && raise('journal-disk-full')))).toBe(false)
    at.disk = 'fine'
    expect(guard.recover(() => undefined)).toBe(true)
    expect(guard.health()).toBe('full')
    at.room = true
    expect([guard.recover(() => undefined), guard.health()]).toEqual([true, 'ok'])
    expect(told).toEqual(['full', 'failing', 'full', 'ok'])
  })

  it('takes no deposit over a forked history, and everything else, and says it once', () => {
    const { guard, write, told } = rig()
    guard.fork()
    guard.fork()
    expect([write('deposit'), write('other').ok]).toEqual([{ ok: false, refusal: 'journal-forked' }, true])
    expect([guard.forked(), told]).toEqual([true, ['ok']])
  })

  it('hides no mistake of a program behind a disk', () => {
    const { guard } = rig()
    expect(() => guard.write('other', () => raise('not a fault of the journal'))).toThrow('not a fault of the journal')
    expect(guard.health()).toBe('ok')
  })

  it('whatever the disk does: nothing is said to be written that was not, and no deposit on a full one', () => {
    const steps = fc.array(
      fc.tuple(
        fc.constantFrom<Disk>('fine', 'full', 'failing'),
        fc.constantFrom<Writing>('deposit', 'other'),
        fc.boolean(),
      ),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(steps, (plan) => {
        const { at, guard, write, written } = rig()
        for (const [n, [disk, writing, recovers]] of plan.entries()) {
          at.disk = disk
          const before = guard.health()
          const { ok } = write(writing, String(n))
          expect(written.at(-1) === String(n)).toBe(ok)
          if (writing === 'deposit' && before === 'full') expect(ok).toBe(false)
          if (recovers) guard.recover(() => void (faults[at.disk] !== undefined && raise(faults[at.disk] ?? '')))
        }
      }),
    )
  })
})

function raise(code: string): never {
  throw code.startsWith('journal-') ? journalFailure(code as JournalFault) : new RangeError(code)
}
