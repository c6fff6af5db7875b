import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** `npm test -- --fuzz TIMES`: how much longer than usual, and from which seed. */
    readonly fuzz: { readonly times: number; readonly seed: number }
  }
}

/** Chance from one seed: the same seed draws the same. */
export interface Dice {
  /** A whole number from 0 up to, and without, `count`. */
  below(count: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

export function diceOf(seed: number): Dice {
  let state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0
  const below = (count: number): number => {
    state = (state + 0x6d2b_79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * count)
  }
  return { below, pick: (items) => items[below(items.length)] ?? items[0] }
}

interface Target<Case> {
  readonly name: string
  /** What broke something once, and what is worth asking each time. */
  readonly kept: readonly Case[]
  /** How many fresh ones an ordinary run makes. */
  readonly fresh: number
  /** A case that takes longer twice has hung; for targets that wait for nobody. */
  readonly hungAfterMs?: number
  readonly make: (dice: Dice) => Case
  /** Throws where the case breaks what the target promises. */
  readonly judge: (made: Case) => void | Promise<void>
}

/** Every kept case, then fresh ones; a failure names the case as it belongs into the corpus. Answers how many were judged. */
export async function fuzz<Case>(target: Target<Case>): Promise<number> {
  const { times, seed } = inject('fuzz')
  for (const made of target.kept) await judged(target, made, 'kept')
  const fresh = target.fresh * times
  for (let nth = 0; nth < fresh; nth += 1) {
    const made = target.make(diceOf(seed + nth))
    await judged(target, made, `seed ${seed + nth}`)
  }
  return target.kept.length + fresh
}

async function judged<Case>(target: Target<Case>, made: Case, from: string): Promise<void> {
  const { name, judge, hungAfterMs = Number.POSITIVE_INFINITY } = target
  const took = async (now: () => number): Promise<number> => {
    const began = now()
    // Most judges answer at once, and a million turns of the event loop are dear.
    const verdict = judge(made)
    if (verdict !== undefined) await verdict
    return now() - began
  }
  try {
    // The second time counts what it computes itself: on a busy machine other programs take their turns meanwhile.
    if ((await took(wallMs)) > hungAfterMs && (await took(cpuMs)) > hungAfterMs) throw new Error('hung')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${name}, ${from}: ${why}\ncase: ${asJson(made)}`, { cause })
  }
}

const wallMs = (): number => performance.now()
const cpuMs = (): number => process.cpuUsage().user / 1_000

const asJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (item instanceof Uint8Array ? toHex(item) : item)).slice(0, 4_000)

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')

export const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
