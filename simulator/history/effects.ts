import type { Complain } from './chain.ts'
import type { EffectRecord, HistoryRecord } from './records.ts'

/** Law 10, and law 11 for what goes out: each effect once per key, in its line's order, and to its owner alone. */
export interface Effects {
  take(record: HistoryRecord): void
  /** `settled`: nothing may wait any more (law 12). */
  close(settled: boolean): void
}

export function createEffects(complain: Complain, checked: (law: number) => void): Effects {
  const effects = new Map<string, EffectRecord>()
  const lines = new Map<string, EffectRecord[]>()
  const arrived = new Map<string, string>()
  const arrivals: string[] = []

  const takeEffect = (effect: EffectRecord): void => {
    checked(10)
    if (effects.has(effect.key)) complain(10, `${effect.key} stands twice`)
    effects.set(effect.key, effect)
    if (effect.line !== undefined) lines.set(effect.line, [...(lines.get(effect.line) ?? []), effect])
  }
  const takeArrival = (key: string, says: string): void => {
    checked(10)
    if (arrived.has(key) && arrived.get(key) !== says) complain(10, `${key} came again and said something else`)
    if (!arrived.has(key)) arrivals.push(key)
    arrived.set(key, says)
  }
  const closeLine = (line: string, known: readonly EffectRecord[]): void => {
    const inOrder = known.toSorted((left, right) => (left.place ?? 0) - (right.place ?? 0))
    checked(11)
    if (new Set(known.map(({ owner }) => owner)).size > 1) complain(11, `${line} is told to two owners`)
    if (inOrder.some(({ place }, i) => place !== i + 1)) complain(10, `${line} has a gap`)
    const order = inOrder.map(({ key }) => arrivals.indexOf(key)).filter((at) => at >= 0)
    if (order.some((at, i) => i > 0 && at < (order[i - 1] ?? 0))) complain(10, `${line} was told out of turn`)
  }
  return {
    take: (record) => {
      if (record.kind === 'effect') takeEffect(record)
      if (record.kind === 'arrival') takeArrival(record.key, record.says)
    },
    close: (settled) => {
      for (const [key, says] of arrived) {
        const effect = effects.get(key)
        if (effect === undefined) complain(10, `${key} arrived and nobody sent it`)
        else if (effect.says !== says) complain(10, `${key} arrived and said something else`)
      }
      for (const [line, known] of lines) closeLine(line, known)
      for (const { key, state } of effects.values()) {
        if (state === 'done' && arrived.size > 0 && !arrived.has(key))
          complain(10, `${key} is called done and never came`)
        if (settled && state === 'waiting') complain(12, `${key} still waits`)
      }
    },
  }
}
