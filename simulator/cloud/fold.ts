import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import { type Cabinet, newCabinet } from '@holdfast/core/cabinet/state.ts'
import type { CabinetId, DepositId } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { FactsHeader } from '@holdfast/wire/cabinet/facts.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import { chainHash, chainStart, type EntryContent, privateDigest, readEntry } from '@holdfast/wire/seals/chain.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { broken, holds } from '../checks/law.ts'

export interface FoldPorts {
  readonly seals: Seals
  readonly cabinet: CabinetId
  readonly sealing: KeyPair
}

/** The cloud's copy of one journal: the chain verified, the events folded by core, the private parts opened. */
export interface Fold {
  /** What to acknowledge after a facts message. */
  take(body: Uint8Array): { readonly watermark: number; readonly gapFrom?: number }
  head(): { readonly seq: number; readonly hash: Uint8Array }
  hashAt(seq: number): Uint8Array | undefined
  cabinet(): Cabinet
  /** As they came, oldest first. */
  entries(): readonly Uint8Array[]
  codesOf(deposit: DepositId): ReadonlyMap<number, string>
  /** Every deposit whose codes came through. */
  deposits(): readonly DepositId[]
}

const decoder = new TextDecoder()
const newline = 10

export function createFold({ seals, cabinet: id, sealing }: FoldPorts): Fold {
  const hashes: Uint8Array[] = []
  const kept: Uint8Array[] = []
  const codes = new Map<DepositId, Map<number, string>>()
  let cabinet = newCabinet
  const hashAt = (seq: number): Uint8Array | undefined => (seq === 0 ? chainStart.hash : hashes[seq - 1])

  const keepCodes = async (deposit: DepositId, blob: Uint8Array): Promise<void> => {
    const plain = await seals.open(sealing.privateKey, depositSeal(id, deposit), blob)
    if (plain === undefined) broken(14, `a private part of ${deposit} does not open`)
    const part: PrivatePart = JSON.parse(decoder.decode(plain))
    const known = codes.get(deposit) ?? new Map<number, string>()
    for (const { generation, code } of part.codes ?? []) known.set(generation, code)
    codes.set(deposit, known)
  }
  const fold = (content: EntryContent, blob: Uint8Array | undefined): void => {
    const event = eventOf(content)
    cabinet = evolveCabinet(cabinet, event)
    if (blob !== undefined && 'deposit' in event && event.deposit !== null) void keepCodes(event.deposit, blob)
  }
  return {
    take: (body) => {
      const { header, lines } = readFacts(body)
      if (header.from > hashes.length + 1) return { watermark: hashes.length, gapFrom: hashes.length + 1 }
      let hash = bytesFromBase64(header.previous) ?? chainStart.hash
      holds(8, same(hash, hashAt(header.from - 1)), () => `another entry stands before ${header.from}`)
      lines.forEach((bytes, index) => {
        const seq = header.from + index
        hash = chainHash(seals, hash, bytes)
        const known = hashAt(seq)
        if (known !== undefined) return holds(8, same(hash, known), () => `${seq} came twice, and differs`)
        const content = readEntry(bytes)
        if (content?.seq !== seq) broken(8, `${seq} is malformed`)
        hashes.push(hash)
        kept.push(bytes)
        fold(content, privateOf(seals, header, content))
      })
      return { watermark: hashes.length }
    },
    head: () => ({ seq: hashes.length, hash: hashes.at(-1) ?? chainStart.hash }),
    hashAt,
    cabinet: () => cabinet,
    entries: () => kept,
    deposits: () => [...codes.keys()],
    codesOf: (deposit) => codes.get(deposit) ?? new Map(),
  }
}

// The cabinet's own bytes, under its chain: their schema is judged by the terminal's tests.
export function eventOf({ event }: EntryContent): CabinetEvent {
  const known: CabinetEvent = JSON.parse(JSON.stringify(event))
  return known
}

const same = (left: Uint8Array, right: Uint8Array | undefined): boolean =>
  right !== undefined && left.every((byte, i) => byte === right[i])

function privateOf(seals: Seals, { privates }: FactsHeader, content: EntryContent): Uint8Array | undefined {
  const sent = privates.find(({ seq }) => seq === content.seq)
  if (sent === undefined) {
    holds(8, content.private === undefined, () => `the private part of ${content.seq} is missing`)
    return undefined
  }
  const part = { blind: bytesFromBase64(sent.blind) ?? newBytes, blob: bytesFromBase64(sent.blob) ?? newBytes }
  holds(8, privateDigest(seals, part) === content.private, () => `the private part of ${content.seq} differs`)
  return part.blob
}

const newBytes = new Uint8Array(0)

function readFacts(body: Uint8Array): { readonly header: FactsHeader; readonly lines: readonly Uint8Array[] } {
  const lines: Uint8Array[] = []
  let start = 0
  for (let cut = body.indexOf(newline); cut >= 0; cut = body.indexOf(newline, start)) {
    lines.push(body.subarray(start, cut))
    start = cut + 1
  }
  lines.push(body.subarray(start))
  const [first = newBytes, ...entries] = lines
  const header: FactsHeader = JSON.parse(decoder.decode(first))
  return { header, lines: entries }
}
