// Run after changing dependencies: `node tools/setup/complete-lock.mjs`.
// A registry that does not serve every platform's build of an optional package makes npm leave those builds out of
// package-lock.json, and `npm ci` then refuses the file everywhere. Named here by version, they are skipped where
// they do not fit and fetched where they do.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string>, optional?: boolean, cpu?: string[], os?: string[], libc?: string[] }} Locked */
/** @typedef {{ packages: Record<string, Locked> }} Lock */

/** @param {Lock} lock @returns {{ name: string, version: string, dev: boolean }[]} optional packages without an entry */
export function missingFrom({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => ({ name, version: version.replace(/^[~^]/, ''), dev })),
  )
}

/** @param {Lock} lock @returns {Lock} */
export function completed(lock) {
  const packages = { ...lock.packages }
  for (const { name, version, dev } of missingFrom(lock)) {
    const words = (name.split('/').at(-1) ?? '').split(/[-_]/)
    const cpu = words.filter((word) => processors.includes(word)).slice(0, 1)
    const os = words.filter((word) => systems.includes(word)).slice(0, 1)
    /** @type {Locked} */
    const entry = { version, ...(dev ? { dev } : {}), optional: true, cpu, os }
    packages[`node_modules/${name}`] = words.includes('musl') ? { ...entry, libc: ['musl'] } : entry
  }
  const sorted = Object.entries(packages).sort(([left], [right]) => (left < right ? -1 : 1))
  return { ...lock, packages: Object.fromEntries(sorted) }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = join(dirname(fileURLToPath(import.meta.url)), '../../package-lock.json')
  writeFileSync(path, `${JSON.stringify(completed(JSON.parse(readFileSync(path, 'utf8'))), null, 2)}\n`)
}
