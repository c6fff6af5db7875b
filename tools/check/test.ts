import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { buildApps } from '../../apps/build/build.ts'
import { screenshots } from '../browser/browser.ts'
import { writeContact } from '../browser/contact.ts'
import { findBrowser } from '../browser/chromium.ts'
import { longFuzz } from './long-fuzz.ts'
import { findParts, missingParts } from './parts.ts'
import { longProperties } from './properties/long-properties.ts'
import { root, runNode, tool } from './program.ts'
import { add, corrected, failedFiles, lineOf, type Tally, tallyOf } from './tally.ts'

// npm test [--units | --journeys] [--pictures] [file filters]
//   --fuzz TIMES [--seed N] | --properties RUNS | --models RUNS
const args = process.argv.slice(2)
const fuzz = longFuzz(args)
const properties = longProperties(args)
const long = fuzz ?? properties
const named = (long?.rest ?? args).filter((arg) => !arg.startsWith('--'))
const filters = fuzz !== undefined && named.length === 0 ? ['fuzz.test.ts'] : named
const units = !args.includes('--journeys')
const journeys = !args.includes('--units') && long === undefined
if (args.includes('--pictures')) mkdirSync(screenshots, { recursive: true })
if (long !== undefined) console.log(`long: ${JSON.stringify(long.env)}`)
let propertiesAsked = 0
/** Of both tries of a run: a case that breaks a property breaks it again. */
const propertySeed = `${Date.now() % 2 ** 31}`
const reports = mkdtempSync(join(tmpdir(), 'holdfast-test-'))

/** More broken files than this are no matter of timing. */
const mostSecondTries = 3

async function once(name: string, config: string, only: readonly string[]) {
  const report = join(reports, `${name}.json`)
  rmSync(report, { force: true })
  const { code, tookMs } = await runNode({
    args: [
      tool('vitest'),
      'run',
      ...only,
      `--config=${join(root, config)}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
      ...(long === undefined ? [] : ['--testTimeout=0']),
    ],
    env: { PROPERTY_SEED: propertySeed, ...long?.env },
    echo: (chunk) => {
      propertiesAsked += chunk.match(/^property: /gm)?.length ?? 0
      process.stdout.write(chunk)
    },
  })
  const text = existsSync(report) ? readFileSync(report, 'utf8') : undefined
  const tally = tallyOf(text, code)
  console.log(`${name}: ${lineOf(tally)}, ${(tookMs / 1000).toFixed(0)} s`)
  return { tally, failed: failedFiles(text) }
}

/**
 * Real processes on a busy machine can miss a moment. A few failed files are run once more, alone, and a file
 * that passes only then is named as unsteady: a defect to mend, not a broken build. What fails twice has failed.
 */
async function run(name: string, config: string): Promise<Tally> {
  const first = await once(name, config, filters)
  if (first.failed.length === 0 || first.failed.length > mostSecondTries) return first.tally
  const second = await once(`${name}-again`, config, first.failed)
  const files = first.failed.filter((file) => !second.failed.includes(file))
  for (const file of files) console.log(`unsteady: ${relative(root, file)} passed only the second time, alone`)
  return corrected(first.tally, second.tally)
}

let tally: Tally = { passed: 0, failed: 0, skipped: 0 }
const unitsConfig = properties === undefined ? 'vitest.config.ts' : 'tools/check/properties/properties.config.ts'
if (units) tally = add(tally, await run('units', unitsConfig))
if (journeys) {
  console.log(`browser: ${(await findBrowser()).path}`)
  // Built once here, so that two journeys never build one app at the same moment.
  await buildApps()
  tally = add(tally, await run('journeys', 'tools/check/journeys.config.ts'))
  if (args.includes('--pictures')) {
    const { screens, findings } = writeContact(screenshots)
    console.log(`pictures: ${screens} screens in screenshots/index.html, ${findings} findings`)
  }
}
rmSync(reports, { recursive: true, force: true })
for (const name of missingParts(await findParts(root, process.env))) console.log(`not run: ${name}`)
if (properties !== undefined) console.log(`properties: ${propertiesAsked}, each ${properties.env.PROPERTY_RUNS} times`)
console.log(lineOf(tally))
const blind = properties !== undefined && propertiesAsked === 0
process.exitCode = tally.failed > 0 || tally.passed === 0 || blind ? 1 : 0
