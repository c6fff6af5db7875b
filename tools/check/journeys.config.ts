import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './order/longest-first.ts'
import { root } from './program.ts'

/**
 * People's ways through real processes and a browser. A way waits for doors and clocks a third of its time, so
 * one file more than there are cores runs at once.
 */
export default defineConfig({
  root,
  test: {
    include: ['{apps,cloud,terminal,simulator,tools}/**/*.journey.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/planted/**'],
    globalSetup: ['tools/check/parts.setup.ts'],
    pool: 'forks',
    isolate: false,
    sequence: { sequencer: LongestFirst },
    maxWorkers: availableParallelism() + 1,
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
})
