import { base45FromBytes, bytesFromBase45 } from '../bytes/base45.ts'
import { concatBytes } from '../bytes/concat.ts'

/** What passes between cabinet and cloud by way of a phone's screen and camera. */
export type CarryKind = 'facts' | 'ask' | 'reply'

/** One QR of a series. Nothing is trusted for it: what it is a part of carries the signature. */
export interface Part {
  readonly kind: CarryKind
  /** The first bytes of the whole's SHA-256, hex: which parts belong together, and whether all is as it was. */
  readonly digest: string
  /** From 0. */
  readonly index: number
  readonly total: number
  readonly bytes: Uint8Array
}

/*
 * Fixed: kind 1 | digest 8 | index 1 | total 1 | bytes, up to 420; then Base45 behind the prefix. A full part is a QR
 * of version 16 at level M, 81 modules a side: well read from a kiosk at arm's length and by a counter scanner.
 */
const prefix = 'HF2:'
const kinds = { facts: 1, ask: 2, reply: 3 } as const satisfies Record<CarryKind, number>
const headLength = 11
const digestLength = 8
export const partBytesMax = 420
export const partsMax = 64

/** `digest` is the SHA-256 of `whole`. */
export function partTexts(kind: CarryKind, whole: Uint8Array, digest: Uint8Array): readonly string[] {
  const total = Math.max(1, Math.ceil(whole.length / partBytesMax))
  if (total > partsMax) throw new RangeError('too long to be carried by a phone')
  return Array.from({ length: total }, (_, index) => {
    const head = concatBytes(Uint8Array.of(kinds[kind]), digest.subarray(0, digestLength), Uint8Array.of(index, total))
    return prefix + base45FromBytes(concatBytes(head, whole.subarray(index * partBytesMax, (index + 1) * partBytesMax)))
  })
}

/** Whether a text means to be a part, whole or not: no carrier's label begins so. */
export const isPartText = (text: string): boolean => text.startsWith(prefix)

export function readPart(text: string): Part | undefined {
  const read = isPartText(text) ? bytesFromBase45(text.slice(prefix.length)) : undefined
  if (read === undefined || read.length < headLength || read.length > headLength + partBytesMax) return undefined
  const kind = kindOf(read[0])
  const [index = 0, total = 0] = read.subarray(9, headLength)
  if (kind === undefined || total < 1 || total > partsMax || index >= total) return undefined
  const isFull = read.length === headLength + partBytesMax
  if (index < total - 1 && !isFull) return undefined
  return { kind, digest: shortDigest(read.subarray(1, 9)), index, total, bytes: read.slice(headLength) }
}

/** As a part names its whole. */
export const shortDigest = (digest: Uint8Array): string =>
  [...digest.subarray(0, digestLength)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

function kindOf(byte: number | undefined): CarryKind | undefined {
  if (byte === kinds.facts) return 'facts'
  if (byte === kinds.ask) return 'ask'
  return byte === kinds.reply ? 'reply' : undefined
}

/** A series as far as it was seen. */
export interface Series {
  readonly kind: CarryKind
  readonly digest: string
  readonly total: number
  readonly parts: ReadonlyMap<number, Uint8Array>
}

/** Parts come in any order, again and again, of several series mixed; one that contradicts its series begins it anew. */
export function collect(series: ReadonlyMap<string, Series>, part: Part): ReadonlyMap<string, Series> {
  const { kind, digest, total, index, bytes } = part
  const known = series.get(digest)
  const fits = known?.kind === kind && known.total === total
  const parts = new Map([...(fits ? known.parts : []), [index, bytes] as const])
  const rest = [...series].filter(([each]) => each !== digest).slice(1 - seriesMost)
  return new Map([...rest, [digest, { kind, digest, total, parts }] as const])
}

/** A forgetful collector: the series least lately seen goes first. */
export const seriesMost = 16

/** Undefined until every part is there. */
export function wholeOf({ total, parts }: Series): Uint8Array | undefined {
  if (parts.size < total) return undefined
  return concatBytes(...Array.from({ length: total }, (_, index) => parts.get(index) ?? new Uint8Array()))
}
