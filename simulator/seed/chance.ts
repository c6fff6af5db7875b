/** Everything that is left to chance, from one seed: the same seed draws the same (law 15). */
export interface Chance {
  /** In [0, 1). */
  draw(): number
  happens(chance: number): boolean
  /** A whole number in [least, most]. */
  between(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item | undefined
  /** A source of its own: what one part of the world draws does not move the others. */
  apart(name: string): Chance
}

export function createChance(seed: number): Chance {
  const draw = createDraw(seed)
  const between = (least: number, most: number): number => least + Math.floor(draw() * (most - least + 1))
  return {
    draw,
    happens: (chance) => draw() < chance,
    between,
    pick: (items) => items[between(0, items.length - 1)],
    apart: (name) => createChance([...name].reduce((all, letter) => Math.imul(all, 31) + letter.charCodeAt(0), seed)),
  }
}

/** mulberry32: small, seeded, good enough for noise and nothing else. */
export function createDraw(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
