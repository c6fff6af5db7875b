import { type DurationMs, durationMs } from '@holdfast/core/values/instants.ts'
import type { Cancel, Clock } from '../clock.ts'
import type { Query } from '../postgres/db.ts'
import { type Lane, concerns } from './consume.ts'
import { type EventRow, type Place, placeBefore } from './read.ts'

/** Where a lane is to go next, and how soon; only ever further. */
export type Aim = { readonly lane: Lane; readonly at: (place: Place, within: DurationMs) => void }

export type Looked = {
  readonly next: Place
  /** Many wait: look again at once. */
  readonly isFull: boolean
  /** Committed, but behind a transaction that still runs: look again soon. */
  readonly isUnsettled: boolean
}

type HeadRow = Place & Pick<EventRow, 'topic' | 'kind' | 'key'> & { readonly settled: boolean }

const headsMost = 500

/** Events of no concern are passed over in strides of this many: one write instead of one per event. */
const stride = 500

/** The place from which nobody here has anything to read again. */
export async function readStart(query: Query, lanes: readonly Lane[]): Promise<Place> {
  const [row] = await query<Place>(
    'select tx::text, seq from outbox_cursor where name = any($1::text[]) order by outbox_cursor.tx, seq limit 1',
    [[...new Set(lanes.map(({ consumer }) => consumer.name))]],
  )
  return row ?? { tx: '0', seq: 0 }
}

/** One select for all lanes of a process, without payloads; each lane that something concerns is told how far. */
export function createLookout(query: Query, aims: readonly Aim[]): (from: Place) => Promise<Looked> {
  const passed = new Map<Aim, number>()
  return async (from) => {
    const heads = await query<HeadRow>(
      `select tx::text, seq, topic, kind, key, tx < pg_snapshot_xmin(pg_current_snapshot()) as settled from outbox
       where (tx, seq) > ($1::xid8, $2) order by outbox.tx, seq limit ${headsMost}`,
      [from.tx, from.seq],
    )
    const settled = heads.filter((head) => head.settled)
    const next = settled.at(-1) ?? from
    for (const aim of aims) {
      const since = (passed.get(aim) ?? 0) + settled.length
      const concerning = settled.filter((head) => concerns(aim.lane, head))
      const isConcerned = concerning.length > 0 || since >= stride
      passed.set(aim, isConcerned ? 0 : since)
      if (isConcerned) aim.at(next, patienceOf(aim.lane, concerning))
    }
    return { next, isFull: heads.length === headsMost, isUnsettled: settled.length < heads.length }
  }
}

const atOnce = durationMs(0)

/** Of the most urgent. */
function patienceOf({ consumer: { patience = {} } }: Lane, heads: readonly HeadRow[]): DurationMs {
  const [first = atOnce, ...others] = heads.map(({ topic }) => patience[topic] ?? atOnce)
  return others.reduce((least, each) => (each < least ? each : least), first)
}

/** Keeps the furthest place that a lane was told; what may wait moves it when the first of it has waited long enough. */
export function createGoal(clock: Clock, moved: () => void) {
  let goal: Place | undefined
  let later: Place | undefined
  let cancel: Cancel | undefined
  const forget = (): void => {
    cancel?.()
    cancel = undefined
    later = undefined
  }
  const move = (place: Place): void => {
    // The lookout only goes further: whatever waits lies before this place.
    forget()
    if (goal !== undefined && !placeBefore(goal, place)) return
    goal = place
    moved()
  }
  return {
    at: (place: Place, within: DurationMs): void => {
      if (within === 0) return move(place)
      later = place
      cancel ??= clock.timer(within, () => {
        if (later !== undefined) move(later)
      })
    },
    read: (): Place | undefined => goal,
    /** Unless it was moved on meanwhile. */
    reached: (place: Place): void => {
      if (goal === place) goal = undefined
    },
    /** What still waits is read again by whoever begins anew. */
    stop: forget,
  }
}
