/** How often each is ended: as the figures ask, and a small share of it for each change. */
const usual = {
  terminal: { long: 500, short: 8 },
  cloud: { long: 200, short: 3 },
  postgres: { long: 50, short: 2 },
  broker: { long: 100, short: 2 },
} as const

export type KindName = keyof typeof usual
export const kinds: readonly KindName[] = ['terminal', 'cloud', 'postgres', 'broker']

export interface Command {
  readonly only: readonly KindName[]
  readonly rounds: (kind: KindName) => number
  /** No round of a kind begins later than this after its first. */
  readonly minutes: number
  /** All kinds side by side, where nobody reads how soon they are ready. */
  readonly atOnce: boolean
}

const usage = `usage: npm run crash -- [--short] [--only KIND[,KIND]] [--rounds N] [--minutes N]\nkinds: ${kinds.join(', ')}`

export function parseCommand(args: readonly string[]): Command {
  const named = textOf(args, 'only')?.split(',') ?? kinds
  const only = kinds.filter((kind) => named.includes(kind))
  if (only.length < named.length) throw new Error(usage)
  const rounds = numberOf(args, 'rounds')
  const length = args.includes('--short') ? 'short' : 'long'
  return {
    only,
    rounds: (kind) => rounds ?? usual[kind][length],
    minutes: numberOf(args, 'minutes') ?? Number.POSITIVE_INFINITY,
    atOnce: length === 'short',
  }
}

function textOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`)
  return at < 0 ? undefined : (args[at + 1] ?? '')
}

function numberOf(args: readonly string[], name: string): number | undefined {
  const text = textOf(args, name)
  if (text !== undefined && !/^[1-9]\d*$/.test(text)) throw new Error(usage)
  return text === undefined ? undefined : Number(text)
}
