import { linkSync, mkdirSync, readFileSync, rmSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, failure } from '../failure.ts'

/** A process told apart from later ones with the same pid. */
type Holder = { readonly pid: number; readonly boot: string; readonly started: string }

const abandonedTakeoverMs = 10_000

/**
 * Holds a directory for this process; `db-directory-locked` while another lives. The lock of a dead process is taken
 * over. Limit: processes in different containers or hosts do not see each other's pids, so share no directory there.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true })
  const lock = join(directory, 'holdfast.lock')
  const me = describe(process.pid)
  if (!claim(lock, me)) takeOver(lock, me)
  return () => {
    const holder = read(lock)
    if (holder !== undefined && same(holder, me)) rmSync(lock, { force: true })
  }
}

/** Linking a finished file is atomic: nobody ever reads half a lock. */
function claim(lock: string, me: Holder): boolean {
  const draft = `${lock}.${me.pid}`
  writeFileSync(draft, JSON.stringify(me))
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

/** Only one process at a time may judge a lock stale and replace it. */
function takeOver(lock: string, me: Holder): void {
  const gate = `${lock}.takeover`
  enterGate(gate)
  try {
    const holder = read(lock)
    if (holder !== undefined && same(describe(holder.pid), holder)) throw locked(lock, `process ${holder.pid}`)
    rmSync(lock, { force: true })
    if (!claim(lock, me)) throw locked(lock, 'another process')
  } finally {
    rmdirSync(gate)
  }
}

function enterGate(gate: string): void {
  try {
    mkdirSync(gate)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const age = performance.timeOrigin + performance.now() - statSync(gate).mtimeMs
    if (age < abandonedTakeoverMs) throw locked(gate, 'a starting process')
    rmdirSync(gate)
    mkdirSync(gate)
  }
}

function locked(path: string, holder: string): Error {
  return failure('db-directory-locked', `the database directory is in use by ${holder} (${path})`)
}

function read(lock: string): Holder | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(lock, 'utf8'))
    return isHolder(found) ? found : undefined
  } catch (error) {
    // A power cut may leave an empty file: the process that wrote it is gone with the power.
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function isHolder(found: unknown): found is Holder {
  return (
    typeof found === 'object' &&
    found !== null &&
    'pid' in found &&
    typeof found.pid === 'number' &&
    'boot' in found &&
    typeof found.boot === 'string' &&
    'started' in found &&
    typeof found.started === 'string'
  )
}

const same = (a: Holder, b: Holder): boolean => a.pid === b.pid && a.boot === b.boot && a.started === b.started

function describe(pid: number): Holder {
  return { pid, boot: textOf('/proc/sys/kernel/random/boot_id'), started: startOf(pid) }
}

/** Ticks since boot at which a process began; where /proc is missing, whether it lives at all. */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`)
  if (stat !== '') return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  if (textOf('/proc/self/stat') !== '') return 'gone'
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch (error) {
    return codeOf(error) === 'EPERM' ? 'alive' : 'gone'
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
