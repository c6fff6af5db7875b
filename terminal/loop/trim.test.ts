import { after, days, durationMs, instant, type RunningMs, runningMs } from '@holdfast/core/values/instants.ts'
import { expect, it } from 'vitest'
import { openJournal } from '../journal/open.ts'
import { createMemoryDisk, createMemoryStore } from '../journal/store.memory.ts'
import { silentLog } from '../platform/log.ts'
import { noReserve } from '../platform/reserve.ts'
import { newIdentity, seals } from '../terminal.testing.ts'
import { createGuard } from './guard.ts'
import { createTrimmer, entriesKept, trimEvery } from './trim.ts'

const young = runningMs(1_000)

/** 70 acknowledged entries behind a snapshot, under a signed head at 64. */
function rig() {
  const { keys, incarnation } = newIdentity()
  const disk = createMemoryDisk()
  const journal = openJournal({ store: createMemoryStore(disk), seals, keys, incarnation })
  const moment = (running: RunningMs) => ({ running, wall: instant(0), trusted: false })
  const entries = Array.from({ length: 70 }, () => ({ event: { type: 'x' } }))
  journal.append(moment(young), entries, { snapshot: new Uint8Array(1) })
  let now: RunningMs = young
  const trimmer = createTrimmer({ journal, guard: createGuard(noReserve, silentLog), time: { running: () => now } })
  const trimAt = (at: RunningMs): void => {
    now = at
    trimmer.trim()
  }
  return { disk, journal, trimAt, first: () => journal.read(1, 1)[0]?.seq }
}

it('lets acknowledged entries go after thirty days of running time, and not before', () => {
  const { journal, trimAt, first } = rig()
  journal.acknowledge(70)
  trimAt(after(young, durationMs(entriesKept - 1)))
  expect(first()).toBe(1)
  trimAt(after(young, durationMs(entriesKept + trimEvery)))
  expect(first()).toBe(65)
})

it('keeps what the cloud does not have, however old', () => {
  const { journal, trimAt, first } = rig()
  journal.acknowledge(10)
  trimAt(after(young, days(400)))
  expect(first()).toBe(1)
})

it('asks once a day, and again at once where the disk did not take it', () => {
  const { disk, journal, trimAt, first } = rig()
  const old = after(young, days(40))
  trimAt(old)
  journal.acknowledge(70)
  trimAt(after(old, durationMs(trimEvery - 1)))
  expect(first()).toBe(1)
  disk.beforeWrite = () => {
    throw Object.assign(new Error('full'), { code: 'journal-disk-full' })
  }
  trimAt(after(old, trimEvery))
  expect(first()).toBe(1)
  disk.beforeWrite = () => {}
  trimAt(after(old, trimEvery))
  expect(first()).toBe(65)
})
