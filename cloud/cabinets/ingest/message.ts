import { Compile } from 'typebox/compile'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { parseCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type FactsHeader, factsHeaderSchema, factsPerMessage } from '@holdfast/wire/cabinet/facts.ts'
import { type EntryContent, type PrivatePart, type SignedHead, readEntry } from '@holdfast/wire/seals/chain.ts'

/** A facts message whose form is right; whether it follows on what is known is judged later. */
export type FactsMessage = {
  readonly header: FactsHeader
  readonly previous: Uint8Array
  readonly entries: readonly ReadEntry[]
  readonly privates: ReadonlyMap<number, PrivatePart & { readonly blobText: string }>
  readonly heads: readonly SignedHead[]
}

export type ReadEntry = { readonly bytes: Uint8Array; readonly content: EntryContent }

const isHeader = Compile(factsHeaderSchema)

/** Undefined for anything that is not exactly what a cabinet of this version sends. */
export function readFactsMessage(body: Uint8Array): FactsMessage | undefined {
  const [first, ...lines] = splitLines(body)
  if (first === undefined || lines.length === 0 || lines.length > factsPerMessage) return undefined
  const read = parseCanonical(first)
  if (!read.ok || !isHeader.Check(read.value)) return undefined
  const header = read.value
  const previous = bytesFromBase64(header.previous)
  const entries = lines.map(readLine)
  const privates = header.privates.map(readPrivate)
  const heads = header.heads.map(readHead)
  if (previous?.length !== 32 || !isWhole(entries) || !isWhole(privates) || !isWhole(heads)) return undefined
  return { header, previous, entries, privates: new Map(privates), heads }
}

function splitLines(body: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let cut = body.indexOf(10); cut >= 0; cut = body.indexOf(10, start)) {
    lines.push(body.subarray(start, cut))
    start = cut + 1
  }
  if (start < body.length) lines.push(body.subarray(start))
  return lines
}

function readLine(bytes: Uint8Array): ReadEntry | undefined {
  const content = readEntry(bytes)
  return content === undefined ? undefined : { bytes, content }
}

function readPrivate({ seq, blind, blob }: FactsHeader['privates'][number]) {
  const part = { blind: bytesFromBase64(blind), blob: bytesFromBase64(blob) }
  if (part.blind?.length !== 32 || part.blob === undefined) return undefined
  return [seq, { blind: part.blind, blob: part.blob, blobText: blob }] as const
}

function readHead({ seq, hash, signature }: FactsHeader['heads'][number]): SignedHead | undefined {
  const head = { hash: bytesFromBase64(hash), signature: bytesFromBase64(signature) }
  if (head.hash === undefined || head.signature === undefined) return undefined
  return { seq, hash: head.hash, signature: head.signature }
}

const isWhole = <T>(list: readonly (T | undefined)[]): list is readonly T[] => !list.includes(undefined)
