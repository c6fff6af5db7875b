import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../../setup/bundle.mjs'
import { beside, type Measure } from '../figure.ts'
import { median, timed } from '../statistics.ts'

const run = promisify(execFile)

/** Core's and wire's pure parts, which every program loads. */
const source = `import { replay } from '${new URL('../../../core/decider/decider.ts', import.meta.url).pathname}'\nconsole.log(typeof replay)\n`

/** A bundled program's cold start, beside a bare Node that does nothing: what bundling is for. */
export const measure: Measure = async ({ short }) => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-start-up-'))
  try {
    writeFileSync(join(root, 'tsconfig.json'), '{}')
    writeFileSync(join(root, 'main.ts'), source)
    writeFileSync(join(root, 'bare.mjs'), '')
    const built = await bundle(root, 'main.ts')
    const bundled: number[] = []
    const bare: number[] = []
    for (let round = 0; round < (short ? 5 : 20); round += 1) {
      bundled.push(await timed(() => run(process.execPath, [built])))
      bare.push(await timed(() => run(process.execPath, [join(root, 'bare.mjs')])))
    }
    return [beside({ name: 'start-up', value: median(bundled), unit: 'ms', peer: median(bare) }, { atMost: 2 })]
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
