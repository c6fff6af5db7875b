export interface LongFuzz {
  /** Read by parts.setup.ts. */
  readonly env: Readonly<Record<'FUZZ_TIMES' | 'FUZZ_SEED', string>>
  /** The other arguments. */
  readonly rest: readonly string[]
}

/** `--fuzz TIMES [--seed N]`: as often the cases of an ordinary run, from a fresh seed unless one is given. */
export function longFuzz(args: readonly string[], now: number = Date.now()): LongFuzz | undefined {
  const at = args.indexOf('--fuzz')
  if (at < 0) return undefined
  const from = args.indexOf('--seed')
  const times = Number(args[at + 1])
  const seed = from < 0 ? now % 2 ** 31 : Number(args[from + 1])
  if (![times, seed].every((number) => Number.isSafeInteger(number) && number > 0))
    throw new Error('usage: npm test -- --fuzz TIMES [--seed N]')
  const own = [at, at + 1, ...(from < 0 ? [] : [from, from + 1])]
  return { env: { FUZZ_TIMES: `${times}`, FUZZ_SEED: `${seed}` }, rest: args.filter((_, nth) => !own.includes(nth)) }
}
