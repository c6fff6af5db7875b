import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asyncApi } from './asyncapi.ts'
import { codesPage } from './codes.ts'
import { openApi } from './openapi.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'docs/protocol')
const version = '1.0.0'

/** Makes docs/protocol; with --check it changes nothing and fails where the pages are not what the code says. */
async function main(check: boolean): Promise<number> {
  const pages: Readonly<Record<string, string>> = {
    'asyncapi.json': json(asyncApi(version)),
    'openapi.json': json(await openApi()),
    'codes.md': codesPage(),
  }
  if (!check) {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text)
  }
  const stale = Object.entries(pages).filter(([name, text]) => readPage(name) !== text)
  for (const [name] of stale) say(`docs/protocol/${name} is not what the code says: run npm run docs`)
  const unsound = ['asyncapi.json', 'openapi.json'].filter((name) => !lint(join(folder, name)))
  return stale.length + unsound.length === 0 ? 0 : 1
}

const json = (document: object): string => `${JSON.stringify(document, null, 2)}\n`

function readPage(name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    return undefined
  }
}

function lint(path: string): boolean {
  const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js')
  const config = join(root, 'tools/protocol/redocly.yaml')
  const run = spawnSync(process.execPath, [redocly, 'lint', path, '--config', config, '--format', 'stylish'], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  if (run.status !== 0) say(run.stdout + run.stderr)
  return run.status === 0
}

const say = (line: string): void => void process.stderr.write(`${line}\n`)

process.exitCode = await main(process.argv.includes('--check'))
