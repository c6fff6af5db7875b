import * as fc from 'fast-check'
import { expect, inject } from 'vitest'
import { longSequence } from './long-properties.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `npm test -- --properties RUNS` or `--models RUNS`: how often each, and whether sequences are long. */
    readonly properties: { readonly runs: number; readonly steps: boolean; readonly seed: number }
  }
}

const { runs, steps } = inject('properties')
if (steps) fc.configureGlobal({ ...fc.readConfigureGlobal(), baseSize: 'large' })

/** Stands in for fast-check's own in a long run: as often as the run says, whatever the test says; and tells it. */
export const assert: typeof fc.assert = (property, given) => {
  const began = performance.now()
  const name = expect.getState().currentTestName ?? ''
  const told = (): void => {
    console.log(`property: ${name}: ${runs} runs, ${((performance.now() - began) / 1_000).toFixed(1)} s`)
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a promise exactly for an asynchronous property.
  const done = fc.assert(property, { ...given, numRuns: runs }) as Promise<void> | void
  if (done === undefined) told()
  else void done.then(told, () => undefined)
  // oxlint-disable-next-line typescript/no-unsafe-return, typescript/no-unsafe-type-assertion -- as it came.
  return done as never
}

/** A model's sequence is long, however few steps it may have in an ordinary run. */
export const array: typeof fc.array = (each, given = {}) =>
  fc.array(each, steps ? { ...given, ...longSequence(given) } : given)

// oxlint-disable-next-line oxc/no-barrel-file -- all of the package but this.
export * from 'fast-check'
// oxlint-disable-next-line import/no-default-export -- stands in for a package that has one.
export default { ...fc, array, assert }
