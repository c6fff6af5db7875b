import { expect, it } from 'vitest'
import { isSound, playRounds, type Round, summaryOf } from './rounds.ts'

const round = (changes: Partial<Round> = {}): Round => ({
  readyMs: 500,
  caughtUpMs: 900,
  acknowledged: 10,
  pulses: 2,
  lost: [],
  secondPulses: [],
  broken: [],
  ...changes,
})

it('sums what each round put at stake, over lives that begin anew', () => {
  const lives = [10, 25, 40, 5, 9].map((acknowledged) => round({ acknowledged, pulses: acknowledged * 2 }))
  expect(summaryOf(lives)).toMatchObject({ rounds: 5, acknowledged: 49, pulses: 98 })
})

it('counts a loss once, however often it is seen, and tells how soon all were ready', () => {
  const rounds = [round({ readyMs: 2_000.4 }), round({ lost: ['entry 7'] }), round({ lost: ['entry 7', 'entry 9'] })]
  expect(summaryOf(rounds)).toMatchObject({
    lost: 2,
    secondPulses: 0,
    broken: 0,
    readyP99Ms: 2_000,
    caughtUpP99Ms: 900,
  })
})

it.each<[string, Partial<Round>]>([
  ['a lost fact', { lost: ['entry 7'] }],
  ['a second pulse', { secondPulses: ['a second pulse on A01'] }],
  ['a broken law', { broken: ['law 8: a gap'] }],
])('is unsound with %s, and says it', async (_, found) => {
  const said: string[] = []
  const rounds = [round(), round(found)]
  const kind = { round: async () => rounds.shift() ?? round(), stop: async () => [] }
  const summary = await playRounds(kind, { rounds: 2, say: (line) => said.push(line) })
  expect([isSound(summary), said.at(-1)]).toEqual([false, `  ${Object.values(found).flat().join()}`])
})

it('ends when the time is up, and is not sound where nothing was played', async () => {
  const kind = { round: async () => round(), stop: async () => [] }
  let left = 3
  const summary = await playRounds(kind, { rounds: 9, say: () => undefined, isLate: () => (left -= 1) < 0 })
  expect([summary.rounds, isSound(summary)]).toEqual([3, true])
  expect(isSound(summaryOf([]))).toBe(false)
})
