import { expect, it } from 'vitest'
import { days, durationMs, hours, instant } from '@holdfast/core/values/instants.ts'
import { keepHouse } from './housekeeping.ts'
import { createManualClock } from './platform/clock.ts'
import { silentLog } from './platform/log.ts'

const start = instant(1_800_000_000_000)

/** A house whose rooms write down what they are told to forget; `breaks` names one that cannot. */
function houseWith(breaks?: string, laggards: readonly { readonly name: string }[] = []) {
  const clock = createManualClock(start)
  const told: (readonly [string, number | undefined])[] = []
  const warned: string[] = []
  const room = (name: string) => async (before?: number) => {
    if (name === breaks) throw new Error('no')
    told.push([name, before === undefined ? undefined : clock.now() - before])
  }
  const house = {
    clock,
    log: { ...silentLog, warn: (_fields: unknown, words: string) => void warned.push(words) },
    outbox: { prune: room('outbox'), laggards: async () => laggards },
    idempotency: { forget: room('keys') },
    notices: { erase: room('words') },
    carriers: { forget: room('webhooks') },
    people: { forget: room('people') },
    access: { forget: room('access') },
    wordsKept: days(14),
  }
  // Only what housekeeping asks of each room is there.
  const stop = keepHouse(house as unknown as Parameters<typeof keepHouse>[0])
  const passes = async (hoursLong: number): Promise<void> => {
    for (let i = 0; i < hoursLong; i += 1) {
      clock.advance(hours(1))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { clock, told, warned, stop, passes }
}

it('forgets once an hour what nobody may ask for any more, each after its own term (law 14)', async () => {
  const { told, passes, clock } = houseWith()
  clock.advance(durationMs(hours(1) - 1))
  expect(told).toEqual([])
  clock.advance(durationMs(1))
  await passes(0)
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toEqual([
    ['outbox', days(3)],
    ['keys', days(2)],
    ['words', days(14)],
    ['webhooks', days(30)],
    ['people', undefined],
    ['access', undefined],
  ])
})

it('goes on the next hour where a room failed, and says so', async () => {
  const { told, warned, passes } = houseWith('keys')
  await passes(3)
  expect(told.filter(([room]) => room === 'outbox')).toHaveLength(3)
  expect(warned).toEqual(Array.from({ length: 3 }, () => 'housekeeping failed'))
})

it('names each hour whoever keeps events from being forgotten', async () => {
  const { warned, passes } = houseWith(undefined, [{ name: 'gone' }])
  await passes(2)
  expect(warned).toEqual(Array.from({ length: 2 }, () => 'outbox kept for a consumer that lags'))
})

it.each(['outbox', 'keys', 'words', 'webhooks', 'people', 'access'])(
  'forgets in every other room though %s cannot: one fault keeps nobody’s data',
  async (breaks) => {
    const { told, passes } = houseWith(breaks)
    await passes(1)
    expect(told).toHaveLength(5)
  },
)

it('rests once it is stopped', async () => {
  const { told, passes, stop } = houseWith()
  await passes(1)
  stop()
  await passes(5)
  expect(told).toHaveLength(6)
})
