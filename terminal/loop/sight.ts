import type { Sight, Witness } from '@holdfast/core/door/door.ts'
import type { Reading } from '../boards/board.ts'

export interface Seen {
  readonly sight: Sight
  readonly witness: Witness
}

/** What a lock's contacts mean for its door; where they doubt, so does the sight (law 16). */
export function sightOf({ latch, leaf }: Reading, witness: Witness): Seen {
  if (witness === 'latch' || leaf === undefined) return { sight: latchSight[latch], witness: 'latch' }
  switch (leaf) {
    case 'open':
      return { sight: 'open', witness }
    case 'unknown':
      return { sight: 'unknown', witness }
    case 'shut':
      return { sight: latch === 'released' ? 'unlatched' : 'shut', witness }
  }
}

/** A lock that senses only its hook says "open" with the hook free, and the fact names its witness. */
const latchSight: Readonly<Record<Reading['latch'], Sight>> = { caught: 'shut', released: 'open', unknown: 'unknown' }
