import { defineConfig } from 'vitest/config'
import { root } from './program.ts'

/** People's ways through real processes and a browser: two files at a time, one for each core of a small machine. */
export default defineConfig({
  root,
  test: {
    include: ['{apps,cloud,terminal,simulator,tools}/**/*.journey.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/planted/**'],
    globalSetup: ['tools/check/parts.setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
})
