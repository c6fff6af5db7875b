import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { readEvent } from '@holdfast/wire/journal/read-event.ts'
import { chainHash, chainStart, type EntryContent, readEntry, verifyHead } from '@holdfast/wire/seals/chain.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { JournalRecord } from './records.ts'

/** Where a law did not hold. */
export type Complain = (law: number, says: string) => void

/** One copy of one journal, as it is read: law 8. */
export interface Chain {
  /** The event that an entry brings; undefined for what is no entry of this chain. */
  take(record: JournalRecord): CabinetEvent | undefined
  length(): number
  hashAt(seq: number): Uint8Array | undefined
  /** What can only be said once everything was read. */
  close(): void
}

const utf8 = new TextEncoder()

export function createChain(seals: Seals, incarnation: string, complain: Complain): Chain {
  const hashes: Uint8Array[] = []
  const promised: JournalRecord[] = []
  const clocks = watchClocks(complain)
  let broken = false

  const takeEntry = (record: Extract<JournalRecord, { kind: 'entry' }>): CabinetEvent | undefined => {
    const { seq } = record
    if (broken) return undefined
    if (seq !== hashes.length + 1) {
      broken = true
      complain(8, `${seq} follows ${hashes.length}`)
      return undefined
    }
    const bytes = utf8.encode(record.entry)
    const hash = chainHash(seals, hashes.at(-1) ?? chainStart.hash, bytes)
    hashes.push(hash)
    if (!isSame(seals, record.hash, hash)) complain(8, `the chain breaks at ${seq}`)
    const content = readEntry(bytes)
    if (content?.seq !== seq || content.incarnation !== incarnation) {
      complain(8, `entry ${seq} is not what stands there`)
      return undefined
    }
    const event = readEvent(content.event)
    if (event === undefined) complain(8, `entry ${seq} says nothing that a journal can say`)
    clocks(content, event)
    return event
  }
  const keep = (record: Exclude<JournalRecord, { kind: 'entry' }>): void => {
    const { seq, hash, kind } = record
    const stands = hashes[seq - 1]
    if (stands === undefined) return complain(8, `${kind} ${seq} speaks of entries that are not there`)
    if (!isSame(seals, hash, stands)) return complain(8, `${kind} ${seq} speaks of another entry`)
    if (kind === 'end' && seq !== hashes.length) return complain(8, `the journal ends at ${seq} and goes on`)
    if (kind === 'head' && !isSigned(seals, record, stands)) complain(8, `head ${seq} is not signed by the cabinet`)
  }
  return {
    take: (record) => {
      if (record.kind === 'entry') return takeEntry(record)
      promised.push(record)
      return undefined
    },
    length: () => hashes.length,
    hashAt: (seq) => hashes[seq - 1],
    close: () => {
      for (const record of promised) if (record.kind !== 'entry') keep(record)
    },
  }
}

/** Law 7: starts are counted up, and running time never falls. */
function watchClocks(complain: Complain): (content: EntryContent, event: CabinetEvent | undefined) => void {
  let boot = 0
  let last = 0
  return ({ seq, running }, event) => {
    if (event?.type === 'cabinetStarted') {
      if (event.boot <= boot) complain(7, `start ${event.boot} follows start ${boot}`)
      boot = event.boot
    }
    if (running < last) complain(7, `running time fell from ${last} to ${running} at ${seq}`)
    last = running
  }
}

function isSame(seals: Seals, text: string, hash: Uint8Array): boolean {
  const bytes = bytesFromBase64(text)
  return bytes !== undefined && seals.equal(bytes, hash)
}

function isSigned(seals: Seals, record: Extract<JournalRecord, { kind: 'head' }>, hash: Uint8Array): boolean {
  const key = readPublicKey(record.key)
  const signature = bytesFromBase64(record.signature)
  const incarnation = readId('incarnation', record.incarnation)
  if (key === undefined || signature === undefined || incarnation === undefined) return false
  return verifyHead(seals, key, { incarnation, seq: record.seq, hash, signature })
}
