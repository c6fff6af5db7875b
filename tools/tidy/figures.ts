import { floors } from '../check/floors.ts'
import { type Finding, isCode, isTest, linesOf, type Rule, type Tree } from './tree.ts'

export interface SourceFigures {
  readonly sourceFiles: number
  readonly sourceLines: number
  readonly medianLines: number
  readonly longestLines: number
  readonly testLines: number
  /** Lines of tests to lines of source. */
  readonly testRatio: number
}

const counted = (path: string): boolean =>
  isCode(path) &&
  /^(core|wire|terminal|cloud|apps|simulator|tools)\//.test(path) &&
  !/\.config\.ts$|\/words\//.test(path)

export function sourceFigures(tree: Tree): SourceFigures {
  const code = tree.filter(({ path }) => counted(path))
  const sources = code.filter(({ path }) => !isTest(path)).map(({ text }) => linesOf(text))
  const tests = code.filter(({ path }) => isTest(path)).map(({ text }) => linesOf(text))
  const sourceLines = sum(sources)
  return {
    sourceFiles: sources.length,
    sourceLines,
    medianLines: median(sources),
    longestLines: Math.max(0, ...sources, ...tests),
    testLines: sum(tests),
    testRatio: Number((sum(tests) / Math.max(1, sourceLines)).toFixed(2)),
  }
}

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
