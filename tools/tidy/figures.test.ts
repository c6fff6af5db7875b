import { describe, expect, it } from 'vitest'
import { floors } from '../check/floors.ts'
import { figuresInBounds, sourceFigures } from './figures.ts'
import type { Tree } from './tree.ts'

const file = (path: string, count: number): Tree[number] => ({ path, text: 'line\n'.repeat(count) })

describe('the source figures', () => {
  const tree = [
    file('core/a.ts', 40),
    file('core/b.ts', 60),
    file('core/c.tsx', 200),
    file('core/a.test.ts', 240),
    file('cloud/store.contract.ts', 60),
    file('docs/laws.md', 500),
    file('vitest.config.ts', 500),
    file('apps/kit/words/zh-CN.ts', 500),
  ]

  it('count code of the packages and tools, contracts as tests, words as neither', () => {
    expect(sourceFigures(tree)).toEqual({
      sourceFiles: 3,
      sourceLines: 300,
      medianLines: 60,
      longestLines: 240,
      testLines: 300,
      testRatio: 1,
      testFilesRatio: 1,
    })
  })

  it.each([
    'simulator/cabinet.ts',
    'tools/bench/statistics.ts',
    'tools/powercut/image.ts',
    'tools/check/tally.ts',
    'tools/browser/film.ts',
    'tools/vectors/vectors.ts',
  ])('count %s, which exists only to test, with the tests, and say what they are without it', (path) => {
    const { sourceFiles, sourceLines, testLines, testRatio, testFilesRatio } = sourceFigures([...tree, file(path, 100)])
    expect({ sourceFiles, sourceLines }).toEqual({ sourceFiles: 3, sourceLines: 300 })
    expect({ testLines, testRatio, testFilesRatio }).toEqual({ testLines: 400, testRatio: 1.33, testFilesRatio: 0.75 })
  })

  it.each(['tools/demo/town.ts', 'tools/tidy/tree.ts', 'tools/setup/run.mjs', 'tools/protocol/codes.ts'])(
    'count %s, which somebody runs or reads, as source',
    (path) => {
      const { sourceLines, testLines } = sourceFigures([...tree, file(path, 100)])
      expect({ sourceLines, testLines }).toEqual({ sourceLines: 400, testLines: 300 })
    },
  )

  it('count a test of a test bed once', () => {
    const { testLines, testFilesRatio } = sourceFigures([...tree, file('simulator/cabinet.test.ts', 30)])
    expect({ testLines, testFilesRatio }).toEqual({ testLines: 330, testFilesRatio: 1.1 })
  })

  it('take the median of the product alone', () => {
    const beds = [1, 2, 3, 4].map((n) => file(`tools/bench/rigs/${n}.ts`, 5))
    expect(sourceFigures([...tree, ...beds]).medianLines).toBe(60)
  })

  it('pass inside their bounds', () => {
    expect(figuresInBounds(tree)).toEqual([])
  })

  it.each([
    ['files too small', [file('core/a.ts', floors.medianLines[0] - 1)], 'median file'],
    ['files too long', [file('core/a.ts', floors.medianLines[1] + 1)], 'median file'],
    ['too few tests', [file('core/a.ts', 60), file('core/a.test.ts', 2)], 'test lines to source lines'],
    ['too many tests', [file('core/a.ts', 60), file('core/a.test.ts', 200)], 'test lines to source lines'],
  ])('find %s', (_what, planted, says) => {
    const found = figuresInBounds(planted)
    expect(found.some((finding) => finding.says.startsWith(says))).toBe(true)
  })
})
