import type { Dice } from './fuzz.testing.ts'

const deep = (levels: number): unknown => (levels === 0 ? 0 : [deep(levels - 1)])

/** Values that programs trip over. */
export const nasty: readonly [unknown, ...unknown[]] = [
  null,
  true,
  -1,
  0,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_VALUE,
  '',
  ' ',
  '\0',
  '\ud800',
  '𠮷\u200f\u0301',
  '__proto__',
  "'; drop table parcel; --",
  '../../etc/passwd',
  '%s%n',
  'x'.repeat(10_000),
  [],
  {},
  [[]],
  deep(100),
  Array.from({ length: 2_000 }, () => 0),
  JSON.parse('{"__proto__":{"admin":true},"constructor":1}'),
]

type Path = readonly string[]
const isNode = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function paths(value: unknown, at: Path = []): readonly Path[] {
  return isNode(value) ? [at, ...Object.entries(value).flatMap(([key, item]) => paths(item, [...at, key]))] : [at]
}

/** A copy in which one place is gone, of another kind, out of range, doubled, or has a field too many. */
export function bendJson(dice: Dice, value: unknown): unknown {
  const all = paths(value)
  const path = all[dice.below(all.length)] ?? []
  const copy: unknown = structuredClone(value)
  const last = path.at(-1)
  if (last === undefined) return dice.below(4) === 0 ? dice.pick(nasty) : withExtra(dice, copy)
  let holder = copy
  for (const key of path.slice(0, -1)) holder = isNode(holder) ? holder[key] : undefined
  if (!isNode(holder)) return copy
  const item = holder[last]
  switch (dice.below(5)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(last), 1)
      else delete holder[last]
      break
    case 1:
      holder[last] = withExtra(dice, item)
      break
    case 2:
      holder[last] = near(dice, item)
      break
    default:
      holder[last] = dice.pick(nasty)
  }
  return copy
}

function withExtra(dice: Dice, value: unknown): unknown {
  if (Array.isArray(value)) return [...value, ...value, dice.pick(nasty)]
  return isNode(value) ? { ...value, [dice.pick(['extra', '', 'constructor', 'v'])]: dice.pick(nasty) } : [value]
}

/** Almost what was there: the limits stand there. */
function near(dice: Dice, value: unknown): unknown {
  if (typeof value === 'number') return dice.pick([value - 1, value + 1, -value, value * 2 ** 20, value + 0.5])
  if (typeof value === 'string') return dice.pick([value.slice(1), `${value}0`, value.toUpperCase(), `${value}\n`])
  return isNode(value) ? Object.values(value) : String(value)
}
