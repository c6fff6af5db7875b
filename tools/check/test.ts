import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApps } from '../../apps/build/build.ts'
import { findBrowser } from '../browser/chromium.ts'
import { findParts, missingParts } from './parts.ts'
import { root, runNode, tool } from './program.ts'
import { add, lineOf, type Tally, tallyOf } from './tally.ts'

// npm test [--units | --journeys] [file filters]
const args = process.argv.slice(2)
const filters = args.filter((arg) => !arg.startsWith('--'))
const units = !args.includes('--journeys')
const journeys = !args.includes('--units')
const reports = mkdtempSync(join(tmpdir(), 'holdfast-test-'))

async function run(name: string, config: string): Promise<Tally> {
  const report = join(reports, `${name}.json`)
  const { code, tookMs } = await runNode({
    args: [
      tool('vitest'),
      'run',
      ...filters,
      `--config=${join(root, config)}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
    ],
    echo: (chunk) => process.stdout.write(chunk),
  })
  const tally = tallyOf(existsSync(report) ? readFileSync(report, 'utf8') : undefined, code)
  console.log(`${name}: ${lineOf(tally)}, ${(tookMs / 1000).toFixed(0)} s`)
  return tally
}

let tally: Tally = { passed: 0, failed: 0, skipped: 0 }
if (units) tally = add(tally, await run('units', 'vitest.config.ts'))
if (journeys) {
  console.log(`browser: ${(await findBrowser()).path}`)
  // Built once here, so that two journeys never build one app at the same moment.
  await buildApps()
  tally = add(tally, await run('journeys', 'tools/check/journeys.config.ts'))
}
rmSync(reports, { recursive: true, force: true })
for (const name of missingParts(await findParts(root, process.env))) console.log(`not run: ${name}`)
console.log(lineOf(tally))
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0
