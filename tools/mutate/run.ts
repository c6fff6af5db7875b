import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { startVitest } from 'vitest/node'
import type { Plugin } from 'vite'
import { root } from '../check/program.ts'
import { mutate, type Mutant } from './mutants.ts'
import type { Answer } from './worker/ask.testing.ts'

const here = join(root, 'tools/mutate/worker')
const asker = join(here, 'ask.testing.ts')
const ours = /^(core|wire|terminal|cloud|simulator|tools\/mutate\/planted)\/(?!.*node_modules).*\.ts$/

export interface Program {
  readonly mutants: readonly Mutant[]
  /** Path from the root, to the file with its mutants inside. */
  readonly codes: ReadonlyMap<string, string>
}

/** Every mutant of what is named, numbered from 1 in the order of their files. */
export function programOf(only: readonly string[]): Program {
  const mutants: Mutant[] = []
  const codes = new Map<string, string>()
  for (const path of filesIn(only).filter((file) => !/\.(test|testing|fake|contract)\.ts$/.test(file))) {
    const mutated = mutate(path, readFileSync(join(root, path), 'utf8'), mutants.length + 1)
    mutants.push(...mutated.mutants)
    codes.set(path, mutated.code)
  }
  return { mutants, codes }
}

export const testsIn = (places: readonly string[]): readonly string[] =>
  filesIn(places).filter((file) => file.endsWith('.test.ts') && !file.endsWith('.journey.test.ts'))

function filesIn(places: readonly string[]): readonly string[] {
  return places.flatMap((place) => {
    if (statSync(join(root, place)).isFile()) return [place]
    return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => join(place, file))
      .sort()
  })
}

export type Judged = Extract<Answer, { readonly type: 'judged' }>

export interface Asked {
  readonly claims: number
  readonly leftOut: readonly string[]
  readonly judged: readonly Judged[]
}

/** Asks the tests about each of the chosen mutants, in one process that reads them again each time. */
export async function ask(
  program: Program,
  chosen: readonly Mutant[],
  tests: readonly string[],
  heard: (answers: readonly Answer[]) => void = () => undefined,
): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mutants-'))
  const report = join(folder, 'answers')
  appendFileSync(report, '')
  const answers = (): readonly Answer[] =>
    readFileSync(report, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line): Answer => JSON.parse(line))
  const told = setInterval(() => heard(answers()), 5_000)
  try {
    const provide = {
      mutants: { asked: chosen.map(({ id }) => id), tests: tests.map((test) => join(root, test)), report },
    }
    const vitest = await startVitest('test', [], optionsOf(provide), { plugins: [standIns(program)] })
    await vitest.close()
    const all = answers()
    const judged = all.filter((answer) => answer.type === 'judged')
    const [read] = all.filter((answer) => answer.type === 'read')
    if (read === undefined || judged.length < chosen.length)
      throw new Error(`asked ${judged.length} of ${chosen.length} mutants, then the tests' process ended`)
    if (read.claims === 0) throw new Error(`no claim could be asked: ${read.leftOut.join('; ')}`)
    return { claims: read.claims, leftOut: read.leftOut, judged }
  } finally {
    clearInterval(told)
    rmSync(folder, { recursive: true })
  }
}

const optionsOf = (provide: object) => ({
  config: false as const,
  root,
  watch: false,
  include: [relative(root, asker)],
  globalSetup: ['tools/check/parts.setup.ts'],
  provide,
  pool: 'forks' as const,
  isolate: false,
  maxWorkers: 1,
  testTimeout: 0,
  hookTimeout: 0,
  update: false,
  // A mutant may leave anything behind; what its claims say counts.
  dangerouslyIgnoreUnhandledErrors: true,
  silent: true,
  reporters: [{}],
})

/** What the tests import instead: the program with its mutants, claims that can be asked again, properties that are short. */
function standIns({ codes }: Program): Plugin {
  return {
    name: 'mutants',
    enforce: 'pre',
    resolveId: (source, importer = '') => {
      if (importer.startsWith(here)) return undefined
      return source === 'fast-check' ? join(here, 'properties.ts') : undefined
    },
    transform: (text, id) => {
      const path = relative(root, id.split('?')[0] ?? '')
      if (!ours.test(path)) return undefined
      const code = codes.get(path) ?? mutate(path, text, 0, false).code
      // Vitest hands out itself before any plugin is asked.
      return {
        code: code.replaceAll(/^(import .*) from 'vitest'$/gm, `$1 from '${join(here, 'claims.ts')}'`),
        map: null,
      }
    },
  }
}
