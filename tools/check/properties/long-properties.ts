export interface LongProperties {
  /** Read by parts.setup.ts. */
  readonly env: Readonly<Record<'PROPERTY_RUNS' | 'PROPERTY_STEPS', string>>
  /** The other arguments. */
  readonly rest: readonly string[]
}

/** Lives of a cabinet, a door, a keypad, budgets, an alarm, a parcel and the gate before the coils, step by step. */
export const models = [
  'core/cabinet/laws/laws.test.ts',
  'core/door/door.test.ts',
  'core/access/keypad.test.ts',
  'core/access/budget.test.ts',
  'core/cabinet/safety/emergency.test.ts',
  'core/parcel/custody.laws.test.ts',
  'terminal/loop/gate.test.ts',
] as const

/**
 * `--properties RUNS`: each property so often, those of core and wire unless files are named. `--models RUNS`: the
 * command models so often, their sequences of a hundred steps and more.
 */
export function longProperties(args: readonly string[]): LongProperties | undefined {
  const at = args.findIndex((arg) => arg === '--properties' || arg === '--models')
  if (at < 0) return undefined
  const runs = args[at + 1] ?? ''
  if (!/^[1-9]\d*$/.test(runs)) throw new Error('usage: npm test -- --properties RUNS | --models RUNS [files]')
  const steps = args[at] === '--models'
  const rest = args.filter((_, nth) => nth !== at && nth !== at + 1)
  const named = rest.some((arg) => !arg.startsWith('--'))
  const usual = steps ? models : ['core/', 'wire/']
  return { env: { PROPERTY_RUNS: runs, PROPERTY_STEPS: steps ? '1' : '' }, rest: named ? rest : [...rest, ...usual] }
}

const stepsLeast = 100
/** In the files of the models no list that may be as long is anything but a sequence. */
const sequenceLeast = 14

interface Lengths {
  readonly minLength?: number
  readonly maxLength?: number
}

/** How long a list of a model is in a long run: a hundred steps and more where it is a sequence. */
export function longSequence({ minLength = 0, maxLength = 0 }: Lengths): Lengths {
  if (maxLength < sequenceLeast) return {}
  const least = Math.max(minLength, stepsLeast)
  return { minLength: least, maxLength: Math.max(maxLength, least) }
}
