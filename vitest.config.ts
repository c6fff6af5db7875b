import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Units and contracts. The journeys have tools/check/journeys.config.ts. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['{core,wire,terminal,cloud,apps,simulator,tools}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/planted/**', '**/*.journey.test.ts'],
    globalSetup: ['tools/check/parts.setup.ts'],
    pool: 'forks',
    // One process for each core, each taking file after file: starting Node and loading the same modules for every
    // file took half of the whole run. Files share no state because no module of ours keeps any.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
