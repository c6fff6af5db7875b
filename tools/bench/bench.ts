import { isInBounds, type Measured, type NotRun, type Registration } from './figure.ts'

export interface BenchCommand {
  /** Only these names; all when empty. */
  readonly only: readonly string[]
  readonly short: boolean
  readonly flags: readonly string[]
}

export interface BenchEnd {
  readonly measured: number
  readonly outOfBounds: readonly string[]
  readonly failed: readonly string[]
}

/** `--only a --only b` or `--only a,b`, `--short`, and any flag that a registration asks for. */
export function parseCommand(args: readonly string[]): BenchCommand {
  const only = args.flatMap((arg, index) => {
    if (arg === '--only') return (args[index + 1] ?? '').split(',')
    return arg.startsWith('--only=') ? arg.slice('--only='.length).split(',') : []
  })
  return { only, short: args.includes('--short'), flags: args.filter((arg) => arg.startsWith('--')) }
}

/** A flagged registration runs when its flag or one of its names is given, and then alone. */
export function chosen(
  registry: readonly Registration[],
  { only, flags, short }: BenchCommand,
): readonly Registration[] {
  const unknown = only.filter((name) => !registry.some(({ names }) => names.includes(name)))
  if (unknown.length > 0)
    throw new Error(
      `no figure is called ${unknown.join(', ')}; there are ${registry.flatMap(({ names }) => names).join(', ')}`,
    )
  if (only.length > 0) return registry.filter(({ names }) => names.some((name) => only.includes(name)))
  const flagged = registry.filter(({ flag }) => flag !== undefined && flags.includes(flag))
  if (flagged.length > 0) return flagged
  return registry.filter(({ flag, longOnly }) => flag === undefined && !(short && longOnly === true))
}

/** Named, so that nobody takes the short form for the whole. */
export const leftOut = (registry: readonly Registration[], { only, short }: BenchCommand): readonly string[] =>
  short && only.length === 0 ? registry.flatMap(({ names, longOnly }) => (longOnly === true ? names : [])) : []

/** A shared machine lies now and then: in the short form a figure has failed only when it missed this often in a row. */
const shortAttempts = 3
const shortPatienceMs = 150_000

/** Runs one after the other: two figures at once would measure each other. */
export async function bench(
  registrations: readonly Registration[],
  command: BenchCommand,
  print: (line: string) => void,
): Promise<BenchEnd> {
  let measured = 0
  const outOfBounds: string[] = []
  const failed: string[] = []
  for (const registration of registrations) {
    const attempt = await measureOften(registration, command, print)
    for (const found of attempt.found)
      print('notRun' in found ? `not run: ${found.notRun}` : JSON.stringify(found.figure))
    measured += attempt.found.filter((found) => 'figure' in found).length
    outOfBounds.push(...missesOf(attempt))
    if (attempt.error === undefined) continue
    failed.push(...registration.names)
    print(`failed: ${registration.names.join(', ')}: ${attempt.error}`)
  }
  return { measured, outOfBounds, failed }
}

interface Attempt {
  readonly found: readonly (Measured | NotRun)[]
  readonly error?: string
}

async function measureOften(
  registration: Registration,
  command: BenchCommand,
  print: (line: string) => void,
): Promise<Attempt> {
  for (let left = command.short ? shortAttempts : 1; ; left -= 1) {
    const attempt = await measureOnce(registration, command)
    const misses = attempt.error === undefined ? missesOf(attempt) : registration.names
    if (misses.length === 0 || left <= 1) return attempt
    print(`again: ${misses.join(', ')}${attempt.error === undefined ? '' : ` (${attempt.error.split('\n')[0] ?? ''})`}`)
  }
}

async function measureOnce({ load, longOnly }: Registration, { only, short }: BenchCommand): Promise<Attempt> {
  const wants = (...names: readonly string[]): boolean => only.length === 0 || names.some((name) => only.includes(name))
  try {
    const { measure } = await load()
    const measuring = measure({ short, wants })
    // Minutes of people's time that somebody asked for by name are waited for.
    const found = await (short && longOnly !== true ? within(shortPatienceMs, measuring) : measuring)
    return { found: found.filter((one) => 'notRun' in one || only.length === 0 || only.includes(one.figure.name)) }
  } catch (error) {
    return { found: [], error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const missesOf = ({ found }: Attempt): readonly string[] =>
  found.flatMap((one) => ('figure' in one && !isInBounds(one) ? [one.figure.name] : []))

async function within<T>(patienceMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no figure within ${patienceMs / 1000} s`)), patienceMs)
  })
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
