import { readEntry } from '@holdfast/wire/seals/chain.ts'
import type { TwinDisk } from '@holdfast/terminal/twin.ts'
import { eventOf } from '../cloud/fold.ts'
import { lineName } from '../street.ts'
import type { Plant, Scene } from './defects.ts'

const pulseMs = 300

/** What a driver, a disk or a program at its start would do wrong, done to coils and disk in its place. */
export const metalDefects: Readonly<Record<string, Plant>> = {
  'a-coil-that-draws-by-itself': () => ({
    boots: ({ metal, clock }) => void clock.after(30_000, () => metal.line(lineName).pulse(1, 3, pulseMs)),
  }),
  'an-unlock-sent-again-when-nothing-answers': () => ({ boots: repeatsUnlocks() }),
  'a-second-pulse-after-a-crash': () => ({ boots: pulsesAgain }),
  'acknowledged-before-it-is-synced': losesUnsynced,
  'the-neighbours-coil-draws-too': () => ({ boots: drawsBeside() }),
  'a-door-is-free-before-it-is-closed': () => ({ boots: callsShut() }),
}

function repeatsUnlocks(): (scene: Scene) => void {
  let isListening = false
  let isOurs = false
  return ({ metal, clock }) => {
    if (isListening) return
    isListening = true
    metal.subscribe(({ lock, door }) => {
      if (door.coilUntil === undefined || isOurs) return
      clock.after(1_000, () => {
        isOurs = true
        if (metal.door(lock).leaf === 'shut') metal.line(lineName).pulse(lock.board, lock.channel, pulseMs)
        isOurs = false
      })
    })
  }
}

function drawsBeside(): (scene: Scene) => void {
  let isListening = false
  let pulses = 0
  return ({ metal, clock }) => {
    if (isListening) return
    isListening = true
    metal.subscribe(({ lock, door }) => {
      if (door.coilUntil === undefined || lock.channel === 1) return
      pulses += 1
      if (pulses % 5 === 0) clock.after(1, () => metal.line(lineName).pulse(lock.board, 1, pulseMs))
    })
  }
}

/** A second after a door has opened its contacts say that it is shut, whatever stands open. */
function callsShut(): (scene: Scene) => void {
  let isListening = false
  return ({ metal, clock }) => {
    if (isListening) return
    isListening = true
    metal.subscribe(({ lock, door }) => {
      if (door.leaf === 'shut') return
      clock.after(1_000, () => metal.setDefects(lock, { leafSays: 'shut', latchSays: 'caught' }))
    })
  }
}

/** Whatever was meant and has no end in the journal is done once more. */
function pulsesAgain({ disk, metal }: Scene): void {
  const { last, layout } = meantLast(disk)
  const plan = layout.find(({ id }) => id === last)
  if (plan !== undefined) metal.line(lineName).pulse(plan.lock.board, plan.lock.channel, pulseMs)
}

type Plans = readonly { readonly id: string; readonly lock: { readonly board: number; readonly channel: number } }[]

function meantLast(disk: TwinDisk): { readonly last: string | undefined; readonly layout: Plans } {
  let last: string | undefined
  let layout: Plans = []
  for (const { bytes } of disk.entries(1, Number.POSITIVE_INFINITY)) {
    const content = readEntry(bytes)
    if (content === undefined) continue
    const event = eventOf(content)
    if (event.type === 'layoutTaken') layout = event.layout.compartments
    if (event.type === 'doorUnlockIntended') last = event.door
    if ((event.type === 'doorPulsed' || event.type === 'doorOpened') && event.door === last) last = undefined
  }
  return { last, layout }
}

const syncEveryMs = 2_000

/** The disk says "synced" and means it every two seconds: a cut takes the rest along. */
function losesUnsynced(): ReturnType<Plant> {
  let kept: TwinDisk['memory']['rows'] | undefined
  let isTicking = false
  const keep = ({ disk, clock }: Pick<Scene, 'disk' | 'clock'>): void => {
    const { rows } = disk.memory
    const { entries, parts, heads, orders } = rows
    kept = {
      ...rows,
      entries: new Map(entries),
      parts: new Map(parts),
      heads: new Map(heads),
      orders: new Map(orders),
      kept: new Map(rows.kept),
    }
    clock.after(syncEveryMs, () => keep({ disk, clock }))
  }
  return {
    boots: (scene) => {
      if (isTicking) return
      isTicking = true
      keep(scene)
    },
    darkens: ({ disk: { memory } }) => {
      if (kept === undefined) return
      const { rows } = memory
      rows.marks = kept.marks
      rows.snapshot = kept.snapshot
      rows.last = kept.last
      refill(rows.entries, kept.entries)
      refill(rows.parts, kept.parts)
      refill(rows.heads, kept.heads)
      refill(rows.orders, kept.orders)
      refill(rows.kept, kept.kept)
    },
  }
}

function refill<Key, Value>(table: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  table.clear()
  for (const [key, value] of from) table.set(key, value)
}
