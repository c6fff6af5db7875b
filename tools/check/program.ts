import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Ended {
  readonly code: number
  readonly output: string
  readonly tookMs: number
}

/** A tool of node_modules or a program of ours, as arguments for Node. */
export const tool = (name: string): string => join(root, 'node_modules', '.bin', name)
export const fromSource = (path: string): readonly string[] => [
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
  join(root, path),
]

export interface Program {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where its words go while it runs; without it they are only kept. */
  readonly echo?: (chunk: string) => void
}

/** Runs Node in the repository's root and keeps what it says. */
export function runNode({ args, env = {}, echo = () => undefined }: Program): Promise<Ended> {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const hear = (chunk: Buffer): void => {
    said.push(chunk.toString())
    echo(chunk.toString())
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({ code: code ?? 1, output: said.join(''), tookMs: performance.now() - began }),
    )
  })
}
