import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle } from '../../setup/bundle.mjs'
import type { Measure } from '../figure.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Bundled like the cloud that it measures: on two cores what the gear spends is taken from the cloud. */
export const measure: Measure = async (options) => {
  const file = await bundle(root, 'tools/bench/cycles/replay.rounds.ts')
  const gear: typeof import('../cycles/replay.rounds.ts') = await import(pathToFileURL(file).href)
  return await gear.measureCycles(options)
}
