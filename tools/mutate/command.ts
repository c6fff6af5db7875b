export interface Command {
  /** Files and folders whose mutants are asked about. */
  readonly only: readonly string[]
  /** Files and folders whose tests are asked; without them those beside. */
  readonly tests: readonly string[]
  /** So many of the mutants, drawn by the seed. */
  readonly count: number
  readonly share: number
  readonly seed: number
  /** Below this share of killed ones, in per cent, the command fails. */
  readonly least: number
}

const usage =
  'usage: npm run mutate -- [--only PATH[,PATH]] [--tests PATH[,PATH]] [--share PER-CENT | --count N] [--seed N] [--least PER-CENT]'

export function parseCommand(args: readonly string[]): Command {
  const given = new Map<string, string>()
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at] ?? ''
    const value = args[at + 1]
    if (!['--only', '--tests', '--share', '--count', '--seed', '--least'].includes(name) || value === undefined)
      throw new Error(usage)
    given.set(name, value)
  }
  const only = given.get('--only')?.split(',') ?? ['core']
  return {
    only,
    tests: given.get('--tests')?.split(',') ?? [...new Set(only.map(beside))],
    count: numberOf(given.get('--count')) ?? Number.POSITIVE_INFINITY,
    share: numberOf(given.get('--share')) ?? 100,
    seed: numberOf(given.get('--seed')) ?? 1,
    least: numberOf(given.get('--least')) ?? 0,
  }
}

function numberOf(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) throw new Error(usage)
  return text === undefined ? undefined : Number(text)
}

/** Core is asked as a whole, the programs by their parts: `cloud/parcels` for what lies anywhere in it. */
function beside(path: string): string {
  const [program = '', part = ''] = path.split('/')
  return program === 'core' || part === '' || part.endsWith('.ts') ? program : `${program}/${part}`
}
