import { describe, expect, it } from 'vitest'
import { createProgress } from '../say/progress.ts'
import type { Stage } from './stage.ts'
import { createNumbers } from './stage.ts'
import { knowing } from './steps/knowing.ts'
import { type TourStep, playStory } from './tour.ts'

/** What a person reads while a story is played. */
async function played(steps: readonly TourStep[], stage: Partial<Stage> = {}) {
  const written: string[] = []
  const progress = createProgress({ isTTY: false, columns: 80, write: (text) => void written.push(text) }, () => 0)
  const code = await playStory(steps, stage as Stage, progress)
  return { code, text: written.join('') }
}

const step = (name: string, play: TourStep['play']): TourStep => ({ name, play })
const fine = (name: string) => step(name, () => Promise.resolve(`${name} came true`))

describe('a tour', () => {
  it('that comes true ends with 0 and a line for each step', async () => {
    const { code, text } = await played([fine('one'), fine('two')])
    expect(code).toBe(0)
    expect(text).toContain('✓ one · one came true')
    expect(text).toMatch(/ok {2}two {3}[\d.]+ s {2}two came true/)
    expect(text).toMatch(/2 of 2 steps came true in [\d.]+ s\n/)
  })

  it.each([
    ['throws', () => Promise.reject(new Error('waited 15 s for door A07'))],
    ['throws at once', () => raise('waited 15 s for door A07')],
    ['throws a word', () => Promise.reject('waited 15 s for door A07' as unknown as Error)],
  ])('whose step %s ends with 1, says why, and plays no step that stands on it', async (_how, play) => {
    const after: string[] = []
    const { code, text } = await played([
      fine('one'),
      step('two', play),
      step('three', () => Promise.resolve(String(after.push('three')))),
    ])
    expect(code).toBe(1)
    expect(after).toEqual([])
    expect(text).toContain('✗ two · waited 15 s for door A07')
    expect(text).toMatch(/FAILED {2}two/)
    expect(text).toContain('1 not played')
  })

  it('that has nothing to play has nothing to fail', async () => {
    expect(await played([])).toMatchObject({ code: 0, text: expect.stringContaining('0 of 0 steps') })
  })
})

const raise = (words: string): never => {
  throw new Error(words)
}

describe('the tour’s tracking numbers', () => {
  it('are the same for one name, other for another, and another tour’s are not ours', () => {
    const today = createNumbers(1_795_470_000_000)
    const later = createNumbers(1_795_470_000_001)
    const names = Array.from({ length: 40 }, (_, n) => `parcel ${n}`)
    const drawn = names.map(today.draw)
    expect(names.map(today.draw)).toEqual(drawn)
    expect(new Set([...drawn, ...names.map(later.draw)]).size).toBe(80)
    for (const number of drawn) expect(number).toMatch(/^SFT\d{12}$/)
    expect(drawn.every(today.isOurs)).toBe(true)
    expect(drawn.some(later.isOurs)).toBe(false)
  })
})

describe('the step that looks into the carrier’s inbox', () => {
  const types = ['announced', 'deposited', 'collected', 'refused', 'recalled', 'returned', 'cancelled']
  const hook = (n: number, change: object = {}) => ({
    id: `evt_${n}`,
    at: n,
    verified: true,
    repeated: false,
    type: `parcel.${types[n % 7]}`,
    trackingNumber: 'SFT1',
    sequence: n + 1,
    reason: null,
    ...change,
  })
  const all = types.map((_type, n) => hook(n))
  const stageWith = (webhooks: readonly unknown[], told = all): Partial<Stage> =>
    ({
      carrier: {
        events: () => Promise.resolve(told.map(({ id, type }) => ({ id, type, data: { trackingNumber: 'SFT1' } }))),
      },
      isOurs: (number: string) => number === 'SFT1',
      street: {
        until: (pick: (state: unknown) => unknown, what: string) => {
          const found = pick({ webhooks: webhooks.toReversed() })
          return found === undefined ? Promise.reject(new Error(`waited for ${what}`)) : Promise.resolve(found)
        },
      },
    }) as unknown as Partial<Stage>

  it('is content with every event, verified, once and in order, a repetition and another’s among them', async () => {
    const others = hook(3, { id: 'evt_x', trackingNumber: 'OTHER', sequence: 1 })
    const { code, text } = await played(knowing, stageWith([...all, hook(6, { repeated: true }), others]))
    expect(text).toContain('7 events of 1 parcels')
    expect(code).toBe(0)
  })

  it.each([
    ['one is missing', stageWith(all.slice(1)), 'waited for all 7 webhooks'],
    ['one was forged', stageWith([...all, hook(9, { verified: false })]), 'a webhook was not verified'],
    ['two came in another order', stageWith(all.with(2, hook(3)).with(3, hook(2))), 'came as 3 after 4'],
    ['a kind was never told', stageWith(all, all.slice(0, 6)), 'never told: cancelled'],
  ])('fails where %s', async (_what, stage, why) => {
    const { code, text } = await played(knowing, stage)
    expect(code).toBe(1)
    expect(text).toContain(why)
  })
})
