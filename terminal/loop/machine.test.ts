import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cabinetDecider } from '@holdfast/core/cabinet/cabinet.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { givenAt, nth, sixDoors } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import { habits, moves } from '@holdfast/core/cabinet/laws/wishes.testing.ts'
import { flat, play } from '@holdfast/core/cabinet/laws/world.testing.ts'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { replay } from '@holdfast/core/decider/decider.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { journalFailure } from '../journal/failure.ts'
import { openJournal } from '../journal/open.ts'
import { createMemoryDisk, createMemoryStore } from '../journal/store.memory.ts'
import { silentLog } from '../platform/log.ts'
import { noReserve } from '../platform/reserve.ts'
import { newIdentity, seals } from '../terminal.testing.ts'
import { createGuard } from './guard.ts'
import { createMachine, snapshotEvery } from './machine.ts'
import { isEvent, packCabinet, unpackCabinet } from './snapshot.ts'

const identity = newIdentity()

function start(disk = createMemoryDisk()) {
  const store = createMemoryStore(disk)
  const journal = openJournal({ store, seals, keys: identity.keys, incarnation: identity.incarnation })
  const loaded = journal.load()
  let running = loaded.running
  const machine = createMachine({
    decider: cabinetDecider,
    journal,
    loaded,
    guard: createGuard(noReserve, silentLog),
    time: {
      running: () => running,
      wall: () => instant(0),
      moment: () => ({ running: (running = runningMs(running + 1)), wall: instant(0), trusted: false }),
      heard: () => {},
    },
    random: seals.random,
    outcomes: () => [],
  })
  return { disk, store, journal, loaded, machine }
}

/** Lives of a cabinet as core's own laws play them. */
const scene = fc.oneof(
  fc.record({ what: fc.constantFrom(...moves), a: fc.nat(59), b: fc.nat(59) }).map((move) => [move]),
  fc.tuple(fc.constantFrom(...habits), fc.nat(59)).map(([steps, a]) => steps.map((step) => ({ ...step, a }))),
)
const lives: readonly (readonly CabinetEvent[])[] = fc
  .sample(fc.array(scene, { minLength: 30, maxLength: 60, size: 'max' }), { numRuns: 40, seed: 11 })
  .map((scenes) => inDigests(play(cabinetDecider, scenes.flat())))
const long = lives.flat()

/** Core's laws name codes, parcels and nonces in words; a terminal writes digests. */
function inDigests<Value>(value: Value): Value {
  const digest = (word: string): string => Buffer.from(seals.hash(new TextEncoder().encode(word))).toString('hex')
  return JSON.parse(
    JSON.stringify(value, (_name, text: unknown) => {
      if (typeof text !== 'string') return text
      if (/^(n|nonce-)[a-z0-9]+$/.test(text)) return digest(text).slice(0, 32)
      return /^(tag|tail|parcel|renewed|guess)-\d/.test(text) ? digest(text) : text
    }),
  ) as Value
}

describe('a snapshot', () => {
  it('gives back the very cabinet that was packed, at every turn of many lives', () => {
    for (const life of lives) {
      const cabinet = replay(cabinetDecider.evolve, newCabinet, life)
      expect(flat(unpackCabinet(packCabinet(cabinet)))).toEqual(flat(cabinet))
    }
  })

  it('is made of events that a start can read, whatever happened', () => {
    expect(long.filter((event) => !isEvent(event))).toEqual([])
  })

  it('of before emergencies were known is read as one without', () => {
    const {
      emergency: _,
      release: __,
      ...packed
    } = JSON.parse(new TextDecoder().decode(packCabinet(newCabinet))) as Record<string, unknown>
    const older = new TextEncoder().encode(JSON.stringify(packed))
    expect(unpackCabinet(older)).toMatchObject({ emergency: null, release: null })
  })

  it('of another shape is not guessed at', () => {
    const packed = JSON.parse(new TextDecoder().decode(packCabinet(newCabinet))) as object
    const other = new TextEncoder().encode(JSON.stringify({ ...packed, shape: 99 }))
    expect(() => unpackCabinet(other)).toThrow(expect.objectContaining({ code: 'journal-broken' }))
  })

  it('stands in the transaction of its entries, so that a start folds few of them', () => {
    const { machine, disk } = start()
    for (let at = 0; at < long.length; at += 7) machine.record(long.slice(at, at + 7))
    const again = start(disk)
    expect(long.length).toBeGreaterThan(2 * snapshotEvery)
    expect(again.loaded.snapshot?.seq).toBeGreaterThan(long.length - snapshotEvery - 7)
    expect(again.loaded.after.length).toBe(long.length - (again.loaded.snapshot?.seq ?? 0))
    expect(flat(again.machine.cabinet())).toEqual(flat(machine.cabinet()))
    expect(flat(again.machine.cabinet())).toEqual(flat(replay(cabinetDecider.evolve, newCabinet, long)))
  })
})

describe('a machine after a power cut', () => {
  const cuts = fc.record({ step: fc.integer({ min: 20, max: 200 }), every: fc.integer({ min: 2, max: 9 }) })

  it('stands where the last synced transaction left it, wherever the cut fell, snapshots included', () => {
    fc.assert(
      fc.property(cuts, ({ step, every }) => {
        const disk = createMemoryDisk()
        let { machine } = start(disk)
        let synced: readonly CabinetEvent[] = []
        for (let at = 0, turn = 1; at < long.length; at += step, turn += 1) {
          const batch = long.slice(at, at + step)
          disk.beforeWrite = () => {
            if (turn % every === 0) throw journalFailure('journal-failed')
          }
          if (machine.record(batch)) synced = [...synced, ...batch]
          disk.beforeWrite = () => {}
          if (turn % every === 0) machine = start(disk).machine
        }
        expect(flat(machine.cabinet())).toEqual(flat(replay(cabinetDecider.evolve, newCabinet, synced)))
      }),
      { numRuns: 6 },
    )
  })
})

describe('a decision', () => {
  const layout = { type: 'takeLayout', layout: sixDoors } as const
  const unknown = { type: 'endSession', session: nth('session', 9) } as const

  it('of several commands is taken whole or not at all', () => {
    const { machine, journal } = start()
    expect(machine.decide([layout, unknown])).toEqual({ accepted: false, refusal: 'session-unknown' })
    expect([journal.head().seq, machine.cabinet().layout.compartments.length]).toEqual([0, 0])
    expect(machine.decide([layout])).toMatchObject({ accepted: true })
    expect(journal.head().seq).toBe(1)
  })

  it('that the disk did not take changes nothing and tells nobody', () => {
    const { machine, disk, journal } = start()
    const told: unknown[] = []
    machine.onCommitted((news) => told.push(news))
    disk.beforeWrite = () => {
      throw journalFailure('journal-failed')
    }
    expect(machine.decide([layout])).toEqual({ accepted: false, refusal: 'journal-failing' })
    expect(machine.absorb({ type: 'started', boot: 1 })).toEqual([])
    expect([told, journal.head().seq, machine.cabinet()]).toEqual([[], 0, newCabinet])
  })

  it('keeps its answer in the same transaction, and the sealed part beside the deposit’s own event', () => {
    const { machine, journal } = start()
    const order = { id: nth('order', 1), outcome: Uint8Array.of(7) }
    const deposit = nth('deposit', 1)
    const events = [
      { type: 'serviceSwitchTurned', closed: true, at: runningMs(1) },
      { type: 'depositCancelled', deposit, why: 'courier', at: runningMs(1) },
    ] as const
    machine.record(events, { inbox: [order], sealed: { deposit, blob: Uint8Array.of(1, 2) } })
    expect(journal.seen(order.id)).toEqual(order.outcome)
    expect(journal.read(1, 9).map((entry) => entry.private?.blob)).toEqual([undefined, Uint8Array.of(1, 2)])
  })

  it('that no start could read again is a bug, and is not written', () => {
    const { machine, journal } = start()
    const broken = { type: 'serviceSwitchTurned', closed: true, at: runningMs(-1) } as const
    expect(() => machine.record([broken])).toThrow('no start could read')
    expect(journal.head().seq).toBe(0)
  })

  it('is told to every listener in the order of the journal, also where one causes more', () => {
    const { machine } = start()
    const heard: string[] = []
    machine.onCommitted(({ events }) => {
      const [first] = events
      if (first?.type === 'layoutTaken') machine.absorb({ type: 'started', boot: 1 })
      heard.push(`a ${first?.type}`)
    })
    machine.onCommitted(({ events }) => heard.push(`b ${events[0]?.type}`))
    machine.decide([layout])
    expect(heard).toEqual(['a layoutTaken', 'b layoutTaken', 'a cabinetStarted', 'b cabinetStarted'])
  })

  it('says when something falls due, and nothing before', () => {
    const { machine } = start()
    expect(machine.due()).toBeUndefined()
    machine.decide([layout])
    const [door] = sixDoors.compartments
    machine.absorb({
      type: 'door',
      door: door?.id ?? nth('compartment', 1),
      fact: { type: 'doorSeen', sight: 'open', witness: 'leaf' },
    })
    expect(machine.due()).toBe(cabinetDecider.due(machine.cabinet()))
    expect(cabinetDecider.absorb(machine.cabinet(), { type: 'timePassed' }, givenAt(runningMs(2)))).toEqual([])
  })
})
