import type { Query } from '../postgres/db.ts'
import { type Lane, concerns } from './consume.ts'
import { type EventRow, type Place, placeBefore } from './read.ts'

/** Where a lane is to go next; only ever further. */
export type Aim = { readonly lane: Lane; readonly at: (place: Place) => void }

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
      const isConcerned = settled.some((head) => concerns(aim.lane, head)) || since >= stride
      passed.set(aim, isConcerned ? 0 : since)
      if (isConcerned) aim.at(next)
    }
    return { next, isFull: heads.length === headsMost, isUnsettled: settled.length < heads.length }
  }
}

/** Keeps the furthest place that a lane was told. */
export function createGoal(moved: () => void) {
  let goal: Place | undefined
  return {
    at: (place: Place): void => {
      if (goal !== undefined && !placeBefore(goal, place)) return
      goal = place
      moved()
    },
    read: (): Place | undefined => goal,
    /** Unless it was moved on meanwhile. */
    reached: (place: Place): void => {
      if (goal === place) goal = undefined
    },
  }
}
