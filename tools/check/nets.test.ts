import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { floors } from './floors.ts'
import { fewFiles, nets } from './nets.ts'
import { root, tool } from './program.ts'
import { spawnSync } from 'node:child_process'

/** The rules of the linter, each with the planted file that must make it bite. */
const offences: readonly (readonly [string, string])[] = [
  ['core/clock.ts', 'eslint(no-restricted-globals)'],
  ['core/clock.ts', 'eslint(no-restricted-properties)'],
  ['core/birthday.ts', 'eslint(no-restricted-globals)'],
  ['core/random.ts', 'eslint(no-restricted-properties)'],
  ['cloud/any.ts', 'typescript(no-explicit-any)'],
  ['cloud/assertion.ts', 'typescript(no-unsafe-type-assertion)'],
  ['cloud/barrel.ts', 'oxc(no-barrel-file)'],
  ['cloud/circle.ts', 'import(no-cycle)'],
  ['cloud/console.ts', 'eslint(no-console)'],
  ['cloud/deep.ts', 'eslint(max-depth)'],
  ['cloud/default.ts', 'import(no-default-export)'],
  ['cloud/environment.ts', 'node(no-process-env)'],
  ['cloud/equal.ts', 'eslint(eqeqeq)'],
  ['cloud/fallback.ts', 'typescript(switch-exhaustiveness-check)'],
  ['cloud/floating.ts', 'typescript(no-floating-promises)'],
  ['cloud/function.ts', 'eslint(max-lines-per-function)'],
  ['cloud/long.ts', 'eslint(max-lines)'],
  ['cloud/long.test.ts', 'eslint(max-lines)'],
  ['cloud/misused.ts', 'typescript(no-misused-promises)'],
  ['cloud/nonnull.ts', 'typescript(no-non-null-assertion)'],
  ['cloud/only.test.ts', 'vitest(no-focused-tests)'],
  ['cloud/skipped.test.ts', 'vitest(no-disabled-tests)'],
  ['cloud/switch.ts', 'typescript(switch-exhaustiveness-check)'],
  ['cloud/thrown.ts', 'typescript(only-throw-error)'],
]

/** What core does not have, and what the language must not be used for: file and the compiler's code. */
const absences: readonly (readonly [string, string])[] = [
  ['timer', 'TS2304'],
  ['fetch', 'TS2304'],
  ['crypto', 'TS2304'],
  ['console', 'TS2584'],
  ['document', 'TS2584'],
  ['process', 'TS2591'],
  ['buffer', 'TS2591'],
  ['enum', 'TS1294'],
  ['namespace', 'TS1294'],
  ['unchecked', 'TS2322'],
  ['optional', 'TS2375'],
]

// The plants stand at the root of a repository of their own, under the very configuration of this one.
let garden = ''
beforeAll(() => {
  garden = mkdtempSync(join(tmpdir(), 'holdfast-planted-'))
  cpSync(join(root, 'tools/check/planted'), garden, { recursive: true })
  for (const file of ['.oxlintrc.json', 'tsconfig.base.json', 'core/tsconfig.json'])
    cpSync(join(root, file), join(garden, file))
  const config = readFileSync(join(root, 'tsconfig.json'), 'utf8')
  writeFileSync(join(garden, 'tsconfig.json'), config.replace(/"\*\*\/planted"/, '"**/none"'))
  symlinkSync(join(root, 'node_modules'), join(garden, 'node_modules'))
})
afterAll(() => rmSync(garden, { recursive: true, force: true }))

interface Lint {
  readonly diagnostics: readonly { readonly filename: string; readonly code: string }[]
  readonly number_of_files: number
}

describe('the linter', () => {
  let lint: Lint
  const bites = (file: string): string[] =>
    lint.diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code)

  beforeAll(() => {
    const { stdout } = spawnSync(process.execPath, [tool('oxlint'), '-f', 'json'], { cwd: garden, encoding: 'utf8' })
    lint = JSON.parse(stdout)
  })

  it.each(offences)('bites in %s with %s', (file, code) => {
    expect(bites(file)).toContain(code)
  })

  it.each(['cloud/main.ts', 'tools/report.ts', 'cloud/describe.test.ts'])('leaves %s alone', (file) => {
    expect(bites(file)).toEqual([])
  })

  it('has looked at every plant', () => {
    const plants = readdirSync(garden, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /^(core|cloud|tools)\/.*\.ts$/.test(path),
    )
    expect(lint.number_of_files).toBe(plants.length)
  })

  it('is doubted when it looked at next to nothing', () => {
    expect(fewFiles(`Finished in 9ms on ${floors.lintedFiles} files with 146 rules`)).toBeUndefined()
    expect(fewFiles('Finished in 9ms on 3 files with 146 rules')).toMatch(/only 3 files linted/)
    expect(fewFiles('')).toMatch(/only 0 files linted/)
  })
})

describe('the compiler of core', () => {
  let said = ''
  beforeAll(() => {
    said = spawnSync(process.execPath, [tool('tsc'), '-p', 'core'], { cwd: garden, encoding: 'utf8' }).stdout
  })

  it.each(absences)('refuses %s (%s)', (name, code) => {
    expect(said).toMatch(new RegExp(`^core/${name}\\.ts\\(.*error ${code}:`, 'm'))
  })
})

describe('the nets', () => {
  it('have names of their own', () => {
    expect(new Set(nets.map(({ name }) => name)).size).toBe(nets.length)
  })

  it('are cast over this repository as the plants were', () => {
    const commands = nets.map(({ args }) => args.join(' '))
    for (const part of ['tsc -p core', 'oxlint', 'boundaries/main', 'tidy/main', 'knip', 'oxfmt --check']) {
      expect(commands.some((command) => command.includes(part))).toBe(true)
    }
  })
})
