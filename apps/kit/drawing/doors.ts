/** What one compartment shows. The words and types are those of `core/compartment` and `core/door`. */
export interface DoorView {
  readonly occupancy: Occupancy
  readonly door: DoorState
}

export type Occupancy = 'free' | 'held' | 'loaded' | 'suspect' | 'retired'
export type DoorState = 'shut' | 'unlatched' | 'open' | 'stuck' | 'unseen'

/** By compartment id. A compartment without an entry has never been heard of: unseen. */
export type DoorViews = Readonly<Record<string, DoorView>>

export const unheard: DoorView = { occupancy: 'free', door: 'unseen' }
