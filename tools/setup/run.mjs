// Runs before anything is installed, and on Nodes too old for Holdfast: plain JavaScript, Node's own modules only.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cloudFlags, townFlags } from './flags.mjs'
import { nodeComplaint } from './node.mjs'

/** Verb to program. Bundled ones start at once; the others are for developers and run from source. */
export const verbs = {
  start: { entry: 'tools/demo/main.ts', bundled: true },
  cloud: { entry: 'cloud/main.ts', bundled: true, flags: cloudFlags },
  terminal: { entry: 'terminal/main.ts', bundled: true },
  test: { entry: 'tools/check/test.ts', bundled: false },
  check: { entry: 'tools/check/main.ts', bundled: false },
  bench: { entry: 'tools/bench/main.ts', bundled: false },
  simulate: { entry: 'simulator/main.ts', bundled: true, flags: townFlags },
  vectors: { entry: 'tools/vectors/main.ts', bundled: false },
  audit: { entry: 'tools/audit/main.ts', bundled: false },
  partition: { entry: 'tools/partition/main.ts', bundled: false },
  crash: { entry: 'tools/crash/main.ts', bundled: false },
  mutate: { entry: 'tools/mutate/main.ts', bundled: false },
  docs: { entry: 'tools/protocol/main.ts', bundled: false },
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {string} line */
const say = (line) => void process.stderr.write(`${line}\n`)

/**
 * @param {string} name
 * @param {string[]} args
 */
async function run(name, args) {
  const verb = Object.entries(verbs).find(([known]) => known === name)?.[1]
  if (!verb) throw new Error(`Usage: node tools/setup/run.mjs <${Object.keys(verbs).join('|')}> [arguments]`)
  const { install } = await import('./install.mjs')
  await install(root, say)
  if (!existsSync(join(root, verb.entry))) throw new Error(`not run: ${name} (${verb.entry} does not exist yet)`)
  if (!verb.bundled) return launch([...fromSource(), join(root, verb.entry), ...args])
  const { bundle } = await import('./bundle.mjs')
  return launch([
    ...('flags' in verb ? verb.flags : []),
    '--enable-source-maps',
    await bundle(root, verb.entry),
    ...args,
  ])
}

function fromSource() {
  process.env['TSX_TSCONFIG_PATH'] = join(root, 'tsconfig.json')
  return ['--import', pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href]
}

/**
 * The program runs where the caller stands, so relative paths mean what the caller means.
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function launch(args) {
  const child = spawn(process.execPath, args, { cwd: process.env['INIT_CWD'] ?? process.cwd(), stdio: 'inherit' })
  // A Ctrl-C at a terminal reaches the whole group by itself; sent twice it would mean "at once" to the program.
  process.on('SIGINT', () => void (process.stdin.isTTY || child.kill('SIGINT')))
  process.on('SIGTERM', () => void child.kill('SIGTERM'))
  process.on('SIGHUP', () => void child.kill('SIGHUP'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)))
  })
}

const complaint = nodeComplaint(process.versions.node)
if (complaint) {
  say(complaint)
  process.exit(1)
}
try {
  const [name = '', ...args] = process.argv.slice(2)
  process.exitCode = await run(name, args)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
