import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import units from '../../../vitest.config.ts'
import { root } from '../program.ts'

const standIn = join(root, 'tools/check/properties/assert.ts')

/** The units, with every property asked as often as the run says. */
export default defineConfig({
  ...units,
  root,
  plugins: [
    {
      name: 'long-properties',
      enforce: 'pre',
      resolveId: (source, importer) => (source === 'fast-check' && importer !== standIn ? standIn : undefined),
    },
  ],
})
