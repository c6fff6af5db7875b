import { expect, it } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { openCarried } from '@holdfast/wire/carry/facts.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { openJournal } from '../../journal/open.ts'
import { journalFailure } from '../../journal/failure.ts'
import { createMemoryDisk, createMemoryStore } from '../../journal/store.memory.ts'
import { createGuard } from '../../loop/guard.ts'
import type { Committed } from '../../loop/machine.ts'
import { silentLog } from '../../platform/log.ts'
import { noReserve } from '../../platform/reserve.ts'
import { newIdentity, seals } from '../../terminal.testing.ts'
import { createCarry } from './carry.ts'

const at = runningMs(5)
const deposit = nth('deposit', 1)
const [session, compartment] = [nth('session', 1), nth('compartment', 1)]
const begun = (of = deposit): CabinetEvent => ({
  type: 'depositBegun',
  deposit: of,
  session,
  carrier: nth('carrier', 1),
  person: nth('person', 1),
  compartment,
  epoch: 1,
  parcels: ['a'.repeat(64)],
  need: { size: 'S', box: null, lowDoor: false },
  consent: { kind: 'parcel', ref: 'con_1', cardVersion: 1 },
  inspection: { offered: true, damaged: false, weightOff: false },
  at,
})
const prepared: CabinetEvent = { type: 'depositPrepared', deposit, codes: [], at }
const made = (of = deposit): CabinetEvent => ({ type: 'depositMade', deposit: of, by: 'person', at })
const shut: CabinetEvent = { type: 'doorShut', door: compartment, witness: 'leaf', at }

function rig() {
  const { cabinet, incarnation, keys } = newIdentity()
  const disk = { isReadable: true }
  const store = createMemoryStore(createMemoryDisk())
  const entries: typeof store.entries = (from, limit) => {
    if (!disk.isReadable) throw journalFailure('journal-failed')
    return store.entries(from, limit)
  }
  const journal = openJournal({ store: { ...store, entries }, seals, keys, incarnation })
  const guard = createGuard(noReserve, silentLog)
  let listen = (_committed: Committed): void => {}
  const onCommitted = (listener: typeof listen) => {
    listen = listener
    return () => {}
  }
  const carry = createCarry({ cabinet, journal, guard, seals, key: keys.privateKey, machine: { onCommitted } })
  const write = (events: readonly CabinetEvent[], blob?: Uint8Array): void => {
    const moment = { running: at, wall: instant(0), trusted: false }
    const entries = events.map((event) => ({ event, ...(blob === undefined ? {} : { private: blob }) }))
    listen({ events, entries: journal.append(moment, entries) })
  }
  const read = (texts: readonly string[]) => {
    const parts = texts.flatMap((text) => readPart(text) ?? [])
    const [series] = parts.reduce<ReadonlyMap<string, Series>>(collect, new Map()).values()
    const whole = series === undefined ? undefined : wholeOf(series)
    return whole === undefined ? undefined : openCarried(seals, keys.publicKey, whole)
  }
  return { carry, disk, journal, write, read }
}

it('gives a made deposit’s entries with their private parts, signed, and nothing of the rest', () => {
  const { carry, write, read } = rig()
  const blob = seals.random(500)
  write([shut, begun()])
  write([prepared], blob)
  write([shut, made()])
  const found = read(carry.texts(deposit))
  if (found?.ok !== true) throw new Error('not what a cabinet signs')
  expect(found.facts.deposit).toBe(deposit)
  expect(found.facts.entries.map(({ content }) => content.seq)).toEqual([2, 3, 5])
  expect(found.facts.entries.map((entry) => entry.private?.blob)).toEqual([undefined, blob, undefined])
})

it('shows the same texts at each look, so that the screen stands still', () => {
  const { carry, write } = rig()
  write([begun(), prepared, made()])
  expect(carry.texts(deposit)).toBe(carry.texts(deposit))
})

it('has nothing of a deposit that is not made, was cancelled, or that it never saw begin', () => {
  const { carry, write } = rig()
  write([begun(), prepared])
  expect(carry.texts(deposit)).toEqual([])
  write([{ type: 'depositCancelled', deposit, why: 'courier', at }, made()])
  expect([carry.texts(deposit), carry.texts(nth('deposit', 2))]).toEqual([[], []])
})

it('has nothing that the cloud has acknowledged', () => {
  const { carry, write, journal } = rig()
  write([begun(), prepared, made()])
  journal.acknowledge(2)
  expect(carry.texts(deposit).length).toBeGreaterThan(0)
  journal.acknowledge(3)
  expect(carry.texts(deposit)).toEqual([])
})

it('keeps deposits apart that are made side by side', () => {
  const { carry, write, read } = rig()
  const other = nth('deposit', 2)
  write([begun(), begun(other), made(other), prepared, made()])
  const seqsOf = (of: typeof deposit): readonly number[] => {
    const found = read(carry.texts(of))
    return found?.ok === true ? found.facts.entries.map(({ content }) => content.seq) : []
  }
  expect([seqsOf(deposit), seqsOf(other)]).toEqual([
    [1, 4, 5],
    [2, 3],
  ])
})

it('gives nothing while the disk cannot be read, and all of it once it can', () => {
  const { carry, disk, write, read } = rig()
  write([begun(), prepared, made()])
  disk.isReadable = false
  expect(carry.texts(deposit)).toEqual([])
  disk.isReadable = true
  expect(read(carry.texts(deposit))).toMatchObject({ ok: true, facts: { deposit } })
})
