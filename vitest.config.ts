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
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
