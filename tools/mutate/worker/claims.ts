import type { Collector, Told } from './collector.ts'

/** Stands in for vitest in the files that are asked about mutants: what they say is collected, to be run again and again. */
declare global {
  var __collector: Collector
}

type Says = (...row: readonly unknown[]) => unknown
type Rows = readonly unknown[]

/** `it('...', fn)`, `it('...', options, fn)`, `it('...', fn, timeoutMs)`. */
const fnOf = (given: readonly unknown[]): Says => {
  const found = given.find((each) => typeof each === 'function')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test's body.
  return (found ?? (() => undefined)) as Says
}
const rowOf = (row: unknown): Rows => (Array.isArray(row) ? row : [row])

function spoken(say: (name: string, tells: Told) => void) {
  const one = (name: string, ...given: readonly unknown[]): void => say(name, fnOf(given))
  const each =
    (rows: Rows) =>
    (name: string, ...given: readonly unknown[]): void => {
      for (const [nth, row] of rows.entries()) say(`${name} #${nth + 1}`, () => fnOf(given)(...rowOf(row)))
    }
  const none = Object.assign((): void => {}, { each: () => (): void => {} })
  const if_ = (holds: boolean) => (holds ? all : none)
  const all = Object.assign(one, { each, runIf: if_, skipIf: (holds: boolean) => if_(!holds) })
  return all
}

export const it = spoken((name, tells) => globalThis.__collector.claim(name, tells))
export const describe = spoken((name, tells) => globalThis.__collector.suite(name, () => void tells()))
export const beforeAll = (tells: Told): void => globalThis.__collector.hook('beforeAll', tells)
export const afterAll = (tells: Told): void => globalThis.__collector.hook('afterAll', tells)
export const beforeEach = (tells: Told): void => globalThis.__collector.hook('beforeEach', tells)
export const afterEach = (tells: Told): void => globalThis.__collector.hook('afterEach', tells)
// oxlint-disable-next-line oxc/no-barrel-file -- the rest of the package as it is.
export { expect, inject, vi } from 'vitest'
