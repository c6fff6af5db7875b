import { readdirSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { bench, chosen, leftOut, parseCommand } from './bench.ts'
import { against, beside, isInBounds, type Measured, type NotRun, type Registration } from './figure.ts'
import { registry } from './registry.ts'

const figures = (names: readonly string[], found: readonly (Measured | NotRun)[], flag?: string): Registration => ({
  names,
  load: () => Promise.resolve({ measure: () => Promise.resolve(found) }),
  ...(flag === undefined ? {} : { flag }),
})

const quick = figures(['unlock-latency'], [against('unlock-latency', 5, 'ms', 8)])
const slow = figures(['answer-latency'], [against('answer-latency', 300, 'ms', 150)])
const pair = figures(
  ['cycles-1', 'cycles-8'],
  [
    beside({ name: 'cycles-1', value: 40, unit: '1/s', peer: 100 }, {}),
    beside({ name: 'cycles-8', value: 50, unit: '1/s', peer: 100 }, { atLeast: 0.4 }),
  ],
)
const broken: Registration = { names: ['burst-24'], load: () => Promise.reject(new Error('no broker')) }
const powerCut = figures(['power-cut'], [{ notRun: 'power-cut (no loop devices)' }], '--power-cut')

async function run(registrations: readonly Registration[], ...args: string[]) {
  const lines: string[] = []
  const end = await bench(registrations, parseCommand(args), (line) => lines.push(line))
  return { ...end, lines }
}

describe('a figure', () => {
  it('is one line of JSON with its limit or peer and its ratio', async () => {
    const { lines } = await run([quick, pair])
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { name: 'unlock-latency', value: 5, unit: 'ms', limit: 8, ratio: 0.625 },
      { name: 'cycles-1', value: 40, unit: '1/s', peer: 100, ratio: 0.4 },
      { name: 'cycles-8', value: 50, unit: '1/s', peer: 100, ratio: 0.5 },
    ])
  })

  it.each([
    [against('a', 8, 'ms', 8), true],
    [against('a', 8.1, 'ms', 8), false],
    [beside({ name: 'a', value: 4, unit: '1/s', peer: 10 }, { atLeast: 0.4 }), true],
    [beside({ name: 'a', value: 3, unit: '1/s', peer: 10 }, { atLeast: 0.4 }), false],
    [beside({ name: 'a', value: 0, unit: '1/s', peer: 0 }, { atLeast: 0.4 }), false],
    [{ figure: { name: 'a', value: 3, unit: 'ms' } }, true],
    [{ figure: { name: 'a', value: 3, unit: 'ms' }, atMost: 1 }, false],
  ])('is judged by its ratio alone: %o', (measured, good) => {
    expect(isInBounds(measured)).toBe(good)
  })

  it('out of its bounds is named at the end', async () => {
    expect(await run([quick, slow])).toMatchObject({ measured: 2, outOfBounds: ['answer-latency'], failed: [] })
  })

  it('that could not be measured is named, and the others go on', async () => {
    const { lines, failed, measured } = await run([broken, quick])
    expect(failed).toEqual(['burst-24'])
    expect(lines[0]).toContain('failed: burst-24: Error: no broker')
    expect(measured).toBe(1)
  })

  it('that this machine has no part for is said to be not run', async () => {
    const { lines, failed } = await run([powerCut])
    expect(lines).toEqual(['not run: power-cut (no loop devices)'])
    expect(failed).toEqual([])
  })
})

describe('the short form', () => {
  it('measures a miss again, and believes the third', async () => {
    const { lines, outOfBounds } = await run([slow], '--short')
    expect(lines.filter((line) => line === 'again: answer-latency')).toHaveLength(2)
    expect(outOfBounds).toEqual(['answer-latency'])
  })

  it('takes a figure that comes true the second time, printed once', async () => {
    const values = [300, 100]
    const moody: Registration = {
      names: ['answer-latency'],
      load: async () => ({ measure: async () => [against('answer-latency', values.shift() ?? 0, 'ms', 150)] }),
    }
    const { lines, outOfBounds, measured } = await run([moody], '--short')
    expect(lines).toHaveLength(2)
    expect({ outOfBounds, measured }).toEqual({ outOfBounds: [], measured: 1 })
  })
})

describe('what is asked for by name', () => {
  const asking = (heard: boolean[]): Registration => ({
    names: ['walk', 'ride'],
    longOnly: true,
    load: async () => ({
      measure: async ({ wants }) => {
        heard.push(wants('walk'), wants('ride'), wants('swim', 'ride'))
        return []
      },
    }),
  })

  it.each([
    [[], [true, true, true]],
    [
      ['--only', 'walk'],
      [true, false, false],
    ],
    [
      ['--short', '--only=ride'],
      [false, true, true],
    ],
    [
      ['--only', 'walk,ride'],
      [true, true, true],
    ],
  ] as const)('is told to the figure: %o', async (args, wanted) => {
    const heard: boolean[] = []
    await run([asking(heard)], ...args)
    expect(heard).toEqual(wanted)
  })

  it('is waited for in the short form too, where a figure of CI would be given up', async () => {
    vi.useFakeTimers()
    try {
      const slowly = (longOnly: boolean): Registration => ({
        ...figures(['walk'], []),
        ...(longOnly ? { longOnly } : {}),
        load: async () => ({
          measure: () => new Promise((done) => setTimeout(() => done([{ notRun: 'walk (done)' }]), 200_000)),
        }),
      })
      const [long, short] = [run([slowly(true)], '--short', '--only', 'walk'), run([slowly(false)], '--short')]
      await vi.advanceTimersByTimeAsync(700_000)
      expect(await long).toMatchObject({ failed: [], lines: ['not run: walk (done)'] })
      expect((await short).failed).toEqual(['walk'])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the command', () => {
  const all = [quick, pair, powerCut]
  const names = (...args: string[]) => chosen(all, parseCommand(args)).flatMap((registration) => registration.names)

  it('runs everything that needs no flag', () => {
    expect(names('--short')).toEqual(['unlock-latency', 'cycles-1', 'cycles-8'])
  })

  it('leaves a long figure out of the short form, by name, and out of nothing else', () => {
    const walk: Registration = { ...figures(['walk'], []), longOnly: true }
    const chosenOf = (...args: string[]) => chosen([quick, walk], parseCommand(args)).flatMap(({ names }) => names)
    expect(chosenOf('--short')).toEqual(['unlock-latency'])
    expect(leftOut([quick, walk], parseCommand(['--short']))).toEqual(['walk'])
    expect(chosenOf()).toEqual(['unlock-latency', 'walk'])
    expect(leftOut([quick, walk], parseCommand([]))).toEqual([])
    expect(chosenOf('--short', '--only', 'walk')).toEqual(['walk'])
  })

  it('runs what its flag asks for, alone', () => {
    expect(names('--power-cut')).toEqual(['power-cut'])
  })

  it.each([[['--only', 'cycles-8']], [['--only=cycles-8,cycles-1']]])('picks by name: %o', (args) => {
    expect(names(...args)).toEqual(['cycles-1', 'cycles-8'])
  })

  it('prints only the names picked', async () => {
    expect((await run([pair], '--only', 'cycles-8')).lines.map((line) => JSON.parse(line).name)).toEqual(['cycles-8'])
  })

  it('knows no other names', () => {
    expect(() => names('--only', 'warp')).toThrow(
      'no figure is called warp; there are unlock-latency, cycles-1, cycles-8, power-cut',
    )
  })
})

describe('the registry', () => {
  it('names every figure once', () => {
    const names = registry.flatMap((registration) => registration.names)
    expect(new Set(names).size).toBe(names.length)
  })

  it('leaves out no module of figures/', async () => {
    const modules = readdirSync(new URL('./figures', import.meta.url)).filter((name) => /^[^.]+\.ts$/.test(name))
    const loaded = await Promise.all(registry.map(({ load }) => load()))
    expect(loaded.length).toBeGreaterThanOrEqual(modules.length)
    expect(loaded.every(({ measure }) => typeof measure === 'function')).toBe(true)
  })
})
