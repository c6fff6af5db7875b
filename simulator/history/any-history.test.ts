import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { cabinetDecider } from '@holdfast/core/cabinet/cabinet.ts'
import { habits, type Move, moves } from '@holdfast/core/cabinet/laws/wishes.testing.ts'
import { play } from '@holdfast/core/cabinet/laws/world.testing.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, journalOf, judged, nth } from './history.testing.ts'
import type { JournalRecord } from './records.ts'

const move: fc.Arbitrary<Move> = fc.record({ what: fc.constantFrom(...moves), a: fc.nat(59), b: fc.nat(59) })
const habit = fc
  .tuple(fc.constantFrom(...habits), fc.nat(59))
  .map(([steps, a]) => steps.map((step) => ({ ...step, a })))
const scene = fc.oneof({ weight: 3, arbitrary: habit }, { weight: 4, arbitrary: fc.tuple(move) })
const story = fc
  .array(scene, { minLength: 5, maxLength: 40, size: 'max' })
  .map((scenes) => asWritten(play(cabinetDecider, scenes.flat())))

/** The small world names tags and nonces in words and orders by turns; a terminal writes digests, and each order once. */
function asWritten(events: readonly CabinetEvent[]): readonly CabinetEvent[] {
  const renamed = new Map<string, string>()
  // What an order set going is told under its name, however many came since.
  const going = new Map<string, string>()
  return events.map((event, turn) => {
    if (event.type === 'orderAccepted' || event.type === 'orderRefused')
      renamed.set(event.order, nth('order', 1_000_000 + turn))
    const nameOf = (order: string): string => {
      const name = renamed.get(order) ?? order
      const door = 'door' in event ? event.door : 'release'
      const begins = event.type === 'doorUnlockIntended' || event.type === 'releaseBegun'
      const emergency = 'cause' in event && event.cause?.kind === 'emergency'
      const named = begins ? (emergency && door !== 'release' ? going.get('release') : name) : going.get(door)
      if (begins) going.set(door, named ?? name)
      return 'cause' in event ? (named ?? name) : name
    }
    return JSON.parse(JSON.stringify(event), (field, value: unknown) => {
      if (typeof value !== 'string') return value
      if (field === 'order') return nameOf(value)
      if (field === 'nonce') return hex(`${value} ${turn}`).slice(0, 32)
      const isDigest = field === 'tag' || field === 'tailTag' || field === 'parcel' || /^parcel-\d+$/u.test(value)
      return isDigest ? hex(value) : value
    }) as CabinetEvent
  })
}

/** What somebody with a hand on the disk can do, short of making the whole chain anew. */
const hand = fc.record({
  how: fc.constantFrom('edit', 'delete', 'swap', 'cut', 'double'),
  where: fc.nat(),
  to: fc.nat(),
})

function tampered(
  records: readonly JournalRecord[],
  { how, where, to }: typeof hand extends fc.Arbitrary<infer T> ? T : never,
) {
  const entries = records.filter(({ kind }) => kind === 'entry')
  const rest = records.filter(({ kind }) => kind !== 'entry')
  const at = where % entries.length
  const other = to % entries.length
  const one = entries[at]
  const two = entries[other]
  if (one?.kind !== 'entry' || two === undefined) return records
  switch (how) {
    case 'edit':
      return [...entries.with(at, { ...one, entry: flipped(one.entry, to) }), ...rest]
    case 'delete':
      return [...entries.toSpliced(at, 1), ...rest]
    case 'double':
      return [...entries.toSpliced(other, 0, one), ...rest]
    case 'cut':
      return [...entries.slice(0, at), ...rest]
    case 'swap':
      return at === other ? records.slice(1) : [...entries.with(at, two).with(other, one), ...rest]
  }
}

function flipped(text: string, to: number): string {
  const at = to % text.length
  return `${text.slice(0, at)}${String.fromCodePoint(text.charCodeAt(at) ^ (1 + (to % 7)))}${text.slice(at + 1)}`
}

describe('any life of a cabinet', () => {
  it('is found whole', () => {
    fc.assert(
      fc.property(story, (events) => {
        const { violations } = judged(journalOf(events))
        // The small world has no gate: a pulse that was given up may still leave beside the next one.
        expect(violations.filter(({ says }) => !/was pulsed \d+ ms after/u.test(says))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('is caught when anybody edits, deletes, swaps, doubles or cuts an entry (law 8)', () => {
    const journals = fc.sample(story, { numRuns: 8, seed: 5 }).map((events) => journalOf(events))
    fc.assert(
      fc.property(fc.constantFrom(...journals), hand, (journal, by) => {
        expect(judged(tampered(journal, by)).violations.map(({ law }) => law)).toContain(8)
      }),
      { numRuns: 300 },
    )
  })
})
