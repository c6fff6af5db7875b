/** What one compartment shows. The words and types are those of `core/compartment` and `core/door`. */
export interface DoorView {
  /** Left out where what a door holds is nobody's business: on a screen that everybody sees. */
  readonly occupancy?: Occupancy
  readonly door: DoorState
}

export type Occupancy = 'free' | 'held' | 'loaded' | 'suspect' | 'retired'
export type DoorState = 'shut' | 'unlatched' | 'open' | 'stuck' | 'unseen'

/** By compartment id. A compartment without an entry has never been heard of: unseen. */
export type DoorViews = Readonly<Record<string, DoorView>>

export const unheard: DoorView = { occupancy: 'free', door: 'unseen' }

/** A shut door needs no mark of its own; anything else stands before what is inside. */
export function marksOf({ occupancy, door }: DoorView): readonly (Occupancy | DoorState)[] {
  if (occupancy === undefined) return [door]
  return door === 'shut' ? [occupancy] : [door, occupancy]
}
