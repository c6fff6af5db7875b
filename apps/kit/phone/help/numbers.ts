/** Whom to call about a cabinet that this phone has lately shown. */
export interface HelpNumber {
  readonly place: string
  readonly phone: string
  /** Whose operator may be asked; what was kept long ago does not say. */
  readonly cabinet?: string
}

const key = 'holdfast.help'
const keptAtMost = 3

type Store = () => Pick<Storage, 'getItem' | 'setItem'>
const browserStore: Store = () => localStorage

/** Newest first; help must work before anybody has signed in, and with no network at all. */
export function helpNumbers(store: Store = browserStore): readonly HelpNumber[] {
  try {
    const kept: unknown = JSON.parse(store().getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isNumber).slice(0, keptAtMost) : []
  } catch {
    return []
  }
}

/** Best effort: a browser that keeps nothing shows no number, and the words say where one stands. */
export function keepNumber(number: HelpNumber, store: Store = browserStore): void {
  const others = helpNumbers(store).filter(({ place }) => place !== number.place)
  try {
    store().setItem(key, JSON.stringify([number, ...others].slice(0, keptAtMost)))
  } catch {
    return
  }
}

function isNumber(kept: unknown): kept is HelpNumber {
  if (typeof kept !== 'object' || kept === null || !('place' in kept) || !('phone' in kept)) return false
  if ('cabinet' in kept && typeof kept.cabinet !== 'string') return false
  return typeof kept.place === 'string' && typeof kept.phone === 'string' && kept.phone !== ''
}
