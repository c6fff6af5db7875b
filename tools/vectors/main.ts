import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { judge, readVectors, type Vector } from './vectors.ts'

const [file] = process.argv.slice(2)
if (file === undefined) refuse('usage: npm run vectors -- FILE')
// npm starts scripts in the package's folder; the caller's own is in INIT_CWD.
const called = resolve(process.env['INIT_CWD'] ?? process.cwd(), file)
const path = existsSync(called) ? called : resolve(file)
const { passed, failures, skipped } = judge(load(path))
for (const [board, count] of skipped) console.log(`skipped ${board}: ${count} vectors, no such family yet`)
for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

function load(path: string): readonly Vector[] {
  try {
    return readVectors(readFileSync(path, 'utf8'))
  } catch (error) {
    return refuse(`cannot judge ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function refuse(why: string): never {
  console.error(why)
  process.exit(2)
}
