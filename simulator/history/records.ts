/**
 * What a history is made of: one record a line, from a simulated town, a running system or a test. `says` and hashes
 * are base64url; nothing here is a person's.
 */
export type HistoryRecord =
  | JournalRecord
  | ({ readonly kind: 'order'; readonly cabinet: string; readonly order: string } & Target)
  | { readonly kind: 'alert'; readonly cabinet: string; readonly what: string; readonly compartment: string | null }
  | EffectRecord
  /** What a receiver got, each time it got it. */
  | { readonly kind: 'arrival'; readonly key: string; readonly says: string }
  | { readonly kind: 'trace'; readonly seed: number; readonly hash: string }
  /** From here on nothing is under way any more: ten minutes have passed since the last fault (law 12). */
  | { readonly kind: 'settled' }

/** What the cloud signed an order for; null where it names no door. */
interface Target {
  readonly compartment: string | null
  readonly epoch: number | null
}

/** `from`: whose copy. */
export interface Copy {
  readonly from: 'cabinet' | 'cloud'
  readonly cabinet: string
  readonly incarnation: string
}

interface Point {
  readonly seq: number
  readonly hash: string
}

export type JournalRecord =
  | ({ readonly kind: 'entry'; readonly entry: string } & Copy & Point)
  /** How far the copy says that it goes: without it nobody sees a cut. */
  | ({ readonly kind: 'end' } & Copy & Point)
  | ({ readonly kind: 'head'; readonly signature: string; readonly key: string } & Copy & Point)

/** A message or a webhook. Those of one `line` go in the order of `place`, from 1. */
export interface EffectRecord {
  readonly kind: 'effect'
  readonly key: string
  readonly says: string
  readonly state: 'waiting' | 'done' | 'undelivered'
  readonly line?: string
  readonly place?: number
  /** Whose: one line has one owner (law 11). */
  readonly owner?: string
}

const kinds: readonly string[] = [
  'entry',
  'end',
  'head',
  'order',
  'alert',
  'effect',
  'arrival',
  'trace',
  'settled',
] satisfies HistoryRecord['kind'][]

/** Undefined for a line that is no record; fields are judged where they are used. */
export function readRecord(line: string): HistoryRecord | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is HistoryRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') return false
  if (!kinds.includes(value.kind)) return false
  const fields = new Map<string, unknown>(Object.entries(value))
  const texts = needed[value.kind] ?? []
  const wholes = ['entry', 'end', 'head'].includes(value.kind) ? ['seq'] : []
  return (
    texts.every((name) => typeof fields.get(name) === 'string') &&
    wholes.every((name) => Number.isSafeInteger(fields.get(name)))
  )
}

const copy = ['from', 'cabinet', 'incarnation', 'hash']
const needed: Readonly<Record<string, readonly string[]>> = {
  entry: [...copy, 'entry'],
  end: copy,
  head: [...copy, 'signature', 'key'],
  order: ['cabinet', 'order'],
  alert: ['cabinet', 'what'],
  effect: ['key', 'says', 'state'],
  arrival: ['key', 'says'],
  trace: ['hash'],
}
