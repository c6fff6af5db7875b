import { floors } from '../check/floors.ts'
import { type Finding, isCode, isTest, linesOf, type Rule, type Tree } from './tree.ts'

export interface SourceFigures {
  /** The product: what runs at a cabinet, in a cloud or on a screen, and what starts it. */
  readonly sourceFiles: number
  readonly sourceLines: number
  readonly medianLines: number
  readonly longestLines: number
  /** Test files, and what exists only to test. */
  readonly testLines: number
  readonly testRatio: number
  /** Test files alone to every other line, what exists only to test included. */
  readonly testFilesRatio: number
}

const counted = (path: string): boolean =>
  isCode(path) &&
  /^(core|wire|terminal|cloud|apps|simulator|tools)\//.test(path) &&
  !/\.config\.ts$|\/words\//.test(path)

/**
 * No cabinet, cloud or screen runs these: they are there so that tests have something to stand on. The history's
 * judge is not among them, since operators run it on a living system.
 */
const onlyTests = /^(simulator\/(?!history\/)|tools\/(bench|partition|powercut|crash|check|browser|vectors)\/)/

export function sourceFigures(tree: Tree): SourceFigures {
  const code = tree.filter(({ path }) => counted(path))
  const lines = (are: (path: string) => boolean): number[] =>
    code.filter(({ path }) => are(path)).map(({ text }) => linesOf(text))
  const product = lines((path) => !isTest(path) && !onlyTests.test(path))
  const beds = lines((path) => !isTest(path) && onlyTests.test(path))
  const tests = lines(isTest)
  return {
    sourceFiles: product.length,
    sourceLines: sum(product),
    medianLines: median(product),
    longestLines: Math.max(0, ...product, ...beds, ...tests),
    testLines: sum(tests) + sum(beds),
    testRatio: ratio(sum(tests) + sum(beds), sum(product)),
    testFilesRatio: ratio(sum(tests), sum(product) + sum(beds)),
  }
}

const ratio = (tests: number, sources: number): number => Number((tests / Math.max(1, sources)).toFixed(2))

export const figuresInBounds: Rule = (tree) => {
  const { medianLines, testRatio } = sourceFigures(tree)
  return [
    ...outOf('median file', medianLines, floors.medianLines),
    ...outOf('test lines to source lines', testRatio, floors.testRatio),
  ]
}

function outOf(what: string, value: number, [lowest, highest]: readonly [number, number]): Finding[] {
  if (value >= lowest && value <= highest) return []
  return [{ rule: 'source-figures', path: '.', says: `${what}: ${value}, should be ${lowest} to ${highest}` }]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
