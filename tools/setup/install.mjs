import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/

/**
 * What must happen before anything else can run.
 * @param {string} root
 * @returns {'ready' | 'stamp' | 'install'} 'stamp' when somebody ran npm by hand and the result is newer than the lock file
 */
export function installNeed(root) {
  const modules = join(root, 'node_modules')
  const stamp = join(modules, '.holdfast-lock')
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockHash(root) ? 'ready' : 'install'
  const npmRecord = join(modules, '.package-lock.json')
  if (!existsSync(npmRecord)) return 'install'
  return statSync(npmRecord).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs ? 'stamp' : 'install'
}

/**
 * Brings node_modules to what package-lock.json says; does nothing when it already is.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function install(root, say) {
  const need = installNeed(root)
  if (need === 'ready') return
  if (need === 'install') {
    say(`Installing ${packageCount(root)} packages (the first time takes a minute or two) …`)
    const began = Date.now()
    const ticking = setInterval(() => say(`… still installing, ${seconds(began)} s`), 15_000)
    const { code, output } = await npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    clearInterval(ticking)
    if (code !== 0) throw new Error(installComplaint(output))
    say(`Installed in ${seconds(began)} s.`)
  }
  writeFileSync(join(root, 'node_modules', '.holdfast-lock'), lockHash(root))
}

/**
 * @param {string} output of npm
 * @returns {string} what happened and what to do
 */
export function installComplaint(output) {
  if (unreachable.test(output)) {
    return [
      'The packages could not be fetched: the package registry does not answer.',
      'Connect this machine to the network (behind a proxy: `npm config set proxy URL`) and run the command again.',
      'Without a network, copy node_modules from a machine with the same package-lock.json.',
    ].join('\n')
  }
  return `npm ci failed:\n${output.trim()}\nDelete node_modules and run the command again; if it fails the same way, report the lines above.`
}

/** @param {string} root */
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

/** @param {string} root */
const packageCount = (root) =>
  Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).length

/** @param {number} began */
const seconds = (began) => Math.round((Date.now() - began) / 1000)

/**
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function npm(root, args) {
  const script = process.env['npm_execpath']
  const [command, ...rest] = script?.endsWith('.js') ? [process.execPath, script, ...args] : ['npm', ...args]
  const child = spawn(command, rest, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: `npm could not be started: ${error.message}` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
