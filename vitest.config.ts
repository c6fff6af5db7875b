import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/check/order/longest-first.ts'

/** Units and contracts. The journeys have tools/check/journeys.config.ts. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['{core,wire,terminal,cloud,apps,simulator,tools}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/planted/**', '**/*.journey.test.ts'],
    globalSetup: ['tools/check/parts.setup.ts'],
    setupFiles: ['tools/check/properties/seed.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // A few processes, each taking file after file: starting Node and loading the same modules for every file took
    // half of the whole run. Files share no state because no module of ours keeps any. One process more than there
    // are cores, since a fifth of the time is waiting for sockets, disks and the clocks of boards.
    isolate: false,
    maxWorkers: availableParallelism() + 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
