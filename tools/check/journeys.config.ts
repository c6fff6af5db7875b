import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from './program.ts'

/** Whole towns take longest: begun last, one of them would run on alone. */
class TownsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isTown = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/tools/demo/')
    const sorted = await super.sort(files)
    return [...sorted.filter(isTown), ...sorted.filter((file) => !isTown(file))]
  }
}

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
    sequence: { sequencer: TownsFirst },
    maxWorkers: availableParallelism() + 1,
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
})
