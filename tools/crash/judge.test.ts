import { describe, expect, it } from 'vitest'
import { lost, p99, secondPulses } from './judge.ts'

const entry = (seq: number, event: object, wall = seq * 1_000): string => JSON.stringify({ seq, wall, event })
const intent = (seq: number, door: string): string => entry(seq, { type: 'doorUnlockIntended', door })
const journal = [
  intent(1, 'one'),
  entry(2, { type: 'depositMade', deposit: 'd1' }),
  entry(3, { type: 'orderAccepted', order: 'o1' }),
  intent(4, 'one'),
  intent(5, 'two'),
]
const held = new Map(journal.slice(0, 3).map((text, nth) => [nth + 1, text]))
const told = [
  { event: 'depositMade', of: 'd1' },
  { event: 'orderAccepted', of: 'o1' },
]

describe('what was acknowledged', () => {
  it('is all there in a journal that kept it, and in one that has more', () => {
    expect(lost(journal, held, told)).toEqual([])
    expect(lost(journal.slice(0, 3), held, told)).toEqual([])
  })

  it.each<[string, readonly string[], readonly string[]]>([
    ['a lost tail', journal.slice(0, 2), ['entry 3, acknowledged', 'orderAccepted o1, told to a person']],
    [
      'an empty disk',
      [],
      [1, 2, 3]
        .map((seq) => `entry ${seq}, acknowledged`)
        .concat(['depositMade d1, told to a person', 'orderAccepted o1, told to a person']),
    ],
    [
      'another entry under a number that the cloud has',
      journal.with(2, entry(3, { type: 'orderAccepted', order: 'o2' })),
      ['entry 3, acknowledged', 'orderAccepted o1, told to a person'],
    ],
    [
      'an entry that reads the same with another byte',
      journal.with(0, `${intent(1, 'one')} `),
      ['entry 1, acknowledged'],
    ],
  ])('is found missing after %s', (_, left, says) => {
    expect(lost(left, held, told)).toEqual(says)
  })

  it('to a person alone is found missing where the cloud had heard nothing yet', () => {
    expect(lost(journal, new Map(), [{ event: 'depositMade', of: 'd2' }])).toEqual(['depositMade d2, told to a person'])
  })
})

describe('pulses', () => {
  const at = (door: string, wallMs: number) => ({ door, wallMs })

  it('follow an intent each, however late; an intent may stay without one', () => {
    expect(secondPulses(journal, [at('one', 1_000), at('one', 4_900), at('two', 5_000)])).toEqual([])
    expect(secondPulses(journal, [at('one', 3_999)])).toEqual([])
    expect(secondPulses(journal, [])).toEqual([])
  })

  it.each<[string, readonly ReturnType<typeof at>[], string]>([
    ['a second one for an intent', [at('one', 1_010), at('one', 1_800)], 'a second pulse on one for entry 1'],
    ['one before any intent', [at('two', 4_999)], 'a pulse on two without an intent'],
    ['one on a door that nobody meant', [at('three', 9_000)], 'a pulse on three without an intent'],
    [
      'one repeated after a crash, though the next intent stayed without',
      [at('one', 1_010), at('one', 3_500), at('two', 5_100)],
      'a second pulse on one for entry 1',
    ],
  ])('are found out: %s', (_, pulses, says) => {
    expect(secondPulses(journal, pulses)).toEqual([says])
  })
})

it('takes the slowest but one of a hundred, and the slowest of fewer', () => {
  expect(p99(Array.from({ length: 100 }, (_, n) => n + 1))).toBe(99)
  expect(p99([3, 1, 2])).toBe(3)
  expect(p99([])).toBe(0)
})
