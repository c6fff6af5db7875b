import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyAsPowerLeftIt, createImage, mountImage } from './image.ts'

export type Command = { readonly file: string; readonly args: readonly string[] }

export type PowerCutOptions = {
  readonly rounds: number
  /** Writes under `directory` for ever; prints each acknowledged number on a line, growing from 1. */
  readonly writer: (directory: string) => Command
  /** Opens what is left; exits 0 when 1…acknowledged are there, 3 when some are lost, 4 when it is corrupt. */
  readonly verifier: (directory: string, acknowledged: number) => Command
  /** The cut comes at a random moment up to this long after the first acknowledgement. */
  readonly longestMs: number
  readonly megabytes: number
  readonly report?: (round: Round) => void
}

export type Verdict = 'kept' | 'lost' | 'corrupt'
export type Round = {
  readonly round: number
  readonly acknowledged: number
  readonly verdict: Verdict
  readonly said: string
}
export type PowerCutResult = {
  readonly rounds: number
  readonly acknowledged: number
  readonly lost: number
  readonly corrupt: number
}

/** Plays the rounds one after another. Needs loop devices: ask `powerCutUnavailable()` first. */
export async function runRounds(options: PowerCutOptions): Promise<PowerCutResult> {
  const played: Round[] = []
  for (let round = 1; round <= options.rounds; round += 1) {
    const result = await playRound(round, options)
    options.report?.(result)
    played.push(result)
  }
  return {
    rounds: played.length,
    acknowledged: played.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    lost: played.filter(({ verdict }) => verdict === 'lost').length,
    corrupt: played.filter(({ verdict }) => verdict === 'corrupt').length,
  }
}

async function playRound(round: number, options: PowerCutOptions): Promise<Round> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-powercut-'))
  const image = await createImage(directory, options.megabytes)
  const copy = join(directory, 'after.img')
  let acknowledged: number
  try {
    acknowledged = await writeUntilCut(options, image.mountPoint, async () => await copyAsPowerLeftIt(image, copy))
  } finally {
    await image.release()
  }
  const after = await mountImage(copy, join(directory, 'after'))
  try {
    const { file, args } = options.verifier(after.mountPoint, acknowledged)
    const verifier = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said: string[] = []
    verifier.stdout.on('data', (data: Buffer) => said.push(data.toString()))
    verifier.stderr.on('data', (data: Buffer) => said.push(data.toString()))
    await once(verifier, 'close')
    const verdict = verifier.exitCode === 0 ? 'kept' : verifier.exitCode === 3 ? 'lost' : 'corrupt'
    return { round, acknowledged, verdict, said: said.join('').trim() }
  } finally {
    await after.release()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Gives the highest number acknowledged before the writer was stopped. */
async function writeUntilCut(options: PowerCutOptions, directory: string, cut: () => Promise<void>): Promise<number> {
  const { file, args } = options.writer(directory)
  const writer = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let acknowledged = 0
  const lines = createInterface({ input: writer.stdout })
  lines.on('line', (line) => (acknowledged = Math.max(acknowledged, Number(line))))
  try {
    await Promise.race([once(lines, 'line'), failOnExit(writer)])
    await sleep(Math.random() * options.longestMs)
    writer.kill('SIGSTOP')
    await stopped(writer)
    // What it had written into the pipe was acknowledged; the pipe outlives the stop.
    await sleep(50)
    const atCut = acknowledged
    await cut()
    return atCut
  } finally {
    writer.kill('SIGKILL')
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
  }
}

async function failOnExit(writer: ChildProcess): Promise<never> {
  await once(writer, 'exit')
  throw new Error(`the writer ended with ${writer.exitCode ?? writer.signalCode} before it acknowledged anything`)
}

/** SIGSTOP is delivered in its own time: copying begins when the kernel says stopped, every thread. */
async function stopped({ pid }: ChildProcess): Promise<void> {
  for (;;) {
    const threads = await readdir(`/proc/${pid}/task`)
    const states = await Promise.all(
      threads.map(async (thread) => (await readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8')).split(') ')[1]?.[0]),
    )
    if (states.every((state) => state === 'T')) return
    await sleep(1)
  }
}
