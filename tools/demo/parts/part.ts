import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

/** One program of the town, kept running until it is stopped. */
export interface Part {
  readonly name: string
  state(): 'starting' | 'running' | 'stopped'
  pid(): number | undefined
  /** Resolves with what it said of itself when it was ready the first time; throws `part-failed` where it never is. */
  readonly ready: Promise<ReadyLine>
  /** Asks it to end, and after a while ends it. */
  stop(): Promise<void>
  /** At once, without a question. */
  kill(): void
}

export type ReadyLine = Readonly<Record<string, unknown>>

export interface PartOptions {
  readonly name: string
  readonly program: URL
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Its output goes there; what it says last is shown when it fails to start. */
  readonly logFile: string
  readonly say: (line: string) => void
  /** Ready again after a crash included. */
  readonly onReady?: (line: ReadyLine) => void
  readonly onMessage?: (message: unknown) => void
  readonly changed: () => void
  /** First pause before a crashed part is started again; doubles up to 32 times that. */
  readonly backOffMs?: number
}

const backOffMsDefault = 500
/** Up for so long, its next crash counts as the first. */
const steadyMs = 30_000
const stopWithinMs = 8_000
const lastLinesKept = 12
const tether = new URL('./tether.mjs', import.meta.url)

interface Life {
  child: ChildProcess | undefined
  state: ReturnType<Part['state']>
  stopping: boolean
  wasReady: boolean
  crashes: number
  timer: NodeJS.Timeout | undefined
  lastLines: string[]
}

export function startPart(options: PartOptions): Part {
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = createWriteStream(options.logFile, { flags: 'a' })
  const life: Life = {
    child: undefined,
    state: 'starting',
    stopping: false,
    wasReady: false,
    crashes: 0,
    timer: undefined,
    lastLines: [],
  }
  const { promise: ready, resolve, reject } = withResolvers<ReadyLine>()
  // Whoever waits hears of it; nobody has to.
  ready.catch(() => {})
  const first = { resolve, reject }
  launch(life, options, { log, first })
  return {
    name: options.name,
    state: () => life.state,
    pid: () => life.child?.pid,
    ready,
    stop: async () => {
      life.stopping = true
      clearTimeout(life.timer)
      first.reject(failed(options.name, 'stopped before it was ready'))
      if (life.child !== undefined) await ended(life.child)
      life.state = 'stopped'
      await new Promise((resolve) => log.end(resolve))
    },
    kill: () => {
      life.stopping = true
      clearTimeout(life.timer)
      life.child?.kill('SIGKILL')
    },
  }
}

interface Waiting {
  readonly log: WriteStream
  readonly first: { readonly resolve: (line: ReadyLine) => void; readonly reject: (error: Error) => void }
}

function launch(life: Life, options: PartOptions, waiting: Waiting): void {
  const { program, args, env, changed } = options
  const began = Date.now()
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', tether.href, fileOf(program), ...args],
    // A group of its own: Ctrl-C at the terminal reaches the town alone, which ends its parts in order.
    { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true, windowsHide: true },
  )
  life.child = child
  life.state = 'starting'
  changed()
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => heard(life, line, { options, waiting }))
  }
  if (options.onMessage !== undefined) child.on('message', options.onMessage)
  child.on('error', (error) => heard(life, error.message, { options, waiting }))
  child.once('close', (code, signal) => {
    life.child = undefined
    life.state = 'stopped'
    if (life.stopping) return
    crashed(life, { code, signal, upMs: Date.now() - began }, { options, waiting })
  })
}

interface Context {
  readonly options: PartOptions
  readonly waiting: Waiting
}

function heard(life: Life, line: string, { options, waiting }: Context): void {
  if (!waiting.log.writableEnded) waiting.log.write(`${line}\n`)
  life.lastLines = [...life.lastLines, line].slice(-lastLinesKept)
  const said = readyLine(line)
  if (said === undefined) return
  life.state = 'running'
  life.wasReady = true
  options.onReady?.(said)
  waiting.first.resolve(said)
  options.changed()
}

/** A program says that it is ready by one line of JSON. */
function readyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith('{') || !line.includes('"ready"')) return undefined
  try {
    const said: unknown = JSON.parse(line)
    return typeof said === 'object' && said !== null && 'ready' in said && Boolean(said.ready) ? { ...said } : undefined
  } catch {
    return undefined
  }
}

interface Crash {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly upMs: number
}

function crashed(life: Life, { code, signal, upMs }: Crash, { options, waiting }: Context): void {
  const { name, say, changed, backOffMs = backOffMsDefault } = options
  const how = signal ?? `exit code ${code}`
  if (!life.wasReady) {
    waiting.first.reject(failed(name, `ended before it was ready (${how}):\n${life.lastLines.join('\n')}`))
    changed()
    return
  }
  life.crashes = upMs > steadyMs ? 1 : life.crashes + 1
  const pauseMs = backOffMs * 2 ** Math.min(life.crashes - 1, 5)
  say(`${name} ended by itself (${how}); it starts again in ${(pauseMs / 1000).toFixed(1)} s. See ${options.logFile}`)
  changed()
  life.timer = setTimeout(() => launch(life, options, waiting), pauseMs)
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  await gone
  clearTimeout(timer)
}

const failed = (name: string, what: string): Error =>
  Object.assign(new Error(`${name} ${what}`), { code: 'part-failed' })

const fileOf = (program: URL): string => decodeURIComponent(program.pathname)

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
