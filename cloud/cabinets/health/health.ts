import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { type Instant, after, durationMs, seconds } from '@holdfast/core/values/instants.ts'
import { type Health, offlineAfterSeconds } from '@holdfast/wire/cabinet/health.ts'
import { cabinetDigest } from '@holdfast/wire/journal/digest.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Ports } from '../../platform/ports.ts'
import { type CabinetHealthNews, cabinetTopics } from '../facts.ts'
import type { From } from '../inbox/inbox.ts'
import type { Taken } from '../ingest/ingest.ts'
import type { Records } from '../ingest/records.ts'
import { type Beat, markSilent, storeBeats, storeChanges } from './store.postgres.ts'

export type CabinetsHealth = {
  readonly heard: (beats: readonly From<Health>[]) => Promise<readonly CabinetId[]>
  readonly changed: (changes: Taken['changes']) => Promise<void>
  /** Tells of those who have not been heard for 90 s. */
  readonly findSilent: () => Promise<void>
}

export const lookForSilentEvery = seconds(5)

export function createHealth(ports: Ports, records: Records): CabinetsHealth {
  const { db, clock, seals, outbox } = ports
  return {
    heard: async (beats) => {
      // Several of one cabinet in a batch: the last is how it stands.
      const last = new Map(beats.map((beat) => [beat.record.cabinet, beat]))
      const rows = [...last.values()].map((beat) => beatRow(seals, records, beat))
      const behind = await storeBeats(db.query, rows, clock.now())
      outbox.wake()
      return behind
    },
    changed: async (changes) => {
      if (changes.length === 0) return
      const rows = changes.map(({ record, change }) => ({
        cabinet: record.uuids.cabinet,
        id: record.cabinet,
        operator: record.operator,
        change,
      }))
      await storeChanges(db.query, rows, clock.now())
      outbox.wake()
    },
    findSilent: async () => {
      const at = clock.now()
      await db.transaction(async (tx) => {
        for (const silent of await markSilent(tx, silentSince(at))) {
          const payload: CabinetHealthNews = { ...silent, at, change: 'offline' }
          await outbox.publish(tx, { topic: cabinetTopics.health, key: silent.cabinet, payload })
        }
      })
    },
  }
}

const silentSince = (now: Instant): Instant => after(now, durationMs(-offlineAfterSeconds * 1000))

function beatRow(seals: Seals, records: Records, { record, message }: From<Health>): Beat {
  // Facts of the same batch may have moved the journal on.
  const known = records.get(record.cabinet) ?? record
  const comparable = known.seq === message.head
  return {
    cabinet: record.uuids.cabinet,
    id: record.cabinet,
    operator: record.operator,
    head: message.head,
    journal: message.journal,
    kiosk: message.kiosk,
    touch: message.touch,
    scanner: message.scanner,
    silent_lines: message.silentLines,
    digest_agrees: comparable ? cabinetDigest(seals, known.state) === message.digest : null,
    desired: message.desired,
  }
}
