import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A measured program in a process of its own: a line in, one line of JSON out, in turn. */
export interface Program {
  /** Zero where it could not be started. */
  readonly pid: number
  act<Answer>(what: string): Promise<Answer>
  /** As a power cut would. */
  kill(): Promise<void>
  /** Closes its stdin and waits for its end. */
  stop(): Promise<void>
}

export function startProgram(
  script: string,
  argument: string,
  environment = {},
  flags: readonly string[] = [],
): Program {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child: ChildProcess = spawn(process.execPath, [...flags, ...loader, script, argument], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // oxlint-disable-next-line node/no-process-env -- the program's own, and what the figure adds.
    env: { ...process.env, ...environment },
  })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('a program without pipes')
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = []
  createInterface({ input: stdout }).on('line', (line) => {
    waiting.shift()?.resolve(line)
  })
  const ended = (): Error => new Error(`the program ended with ${child.exitCode ?? child.signalCode}`)
  child.once('exit', () => {
    for (const { reject } of waiting.splice(0)) reject(ended())
  })
  // Whoever writes to a program that is gone learns it by its end.
  stdin.on('error', () => undefined)
  const act = async <Answer>(what: string): Promise<Answer> => {
    if (child.exitCode !== null || child.signalCode !== null) throw ended()
    const line = await new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject })
      stdin.write(`${what}\n`)
    })
    const { answer }: { answer: Answer } = JSON.parse(line)
    return answer
  }
  const stop = async (): Promise<void> => {
    stdin.end()
    if (child.exitCode === null) await once(child, 'exit')
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return { pid: child.pid ?? 0, act, kill, stop }
}

/**
 * Leaves a shell behind that runs `command` when this process has ended, however it did: whoever is killed cannot tidy up.
 * The answer calls it off.
 */
export function whenGone(command: string, args: readonly string[], owner: Owner = {}): () => void {
  const watch = spawn('/bin/sh', ['-c', `read -r _; ${command}`, 'sh', ...args], {
    // A group of its own, which no signal to ours reaches; its end of the pipe tells when nobody is left at the other.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    ...owner,
  })
  watch.on('error', () => undefined)
  watch.unref()
  return () => void watch.kill('SIGKILL')
}

interface Owner {
  readonly uid?: number
  readonly gid?: number
}
