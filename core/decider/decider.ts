import type { Instant, RunningMs } from '../values/instants.ts'

/**
 * What the outside hands to a machine with every call. Core reads no clock and draws no number itself,
 * so the same inputs always give the same events (law 15).
 */
export interface Given {
  /** Running time of the cabinet; decides every pause, window and lease there. */
  readonly now: RunningMs
  /** Wall clock, a label only in the cabinet (no right depends on it). */
  readonly wall: Instant
  readonly clockTrusted: boolean
  /** Pre-drawn random bytes, fresh for each call: at least 64. */
  readonly random: Uint8Array
}

export type Decision<Event, Refusal extends string> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly refusal: Refusal }

export const accept = <Event>(
  ...events: readonly Event[]
): { readonly accepted: true; readonly events: readonly Event[] } => ({
  accepted: true,
  events,
})

export const refuse = <Refusal extends string>(
  refusal: Refusal,
): { readonly accepted: false; readonly refusal: Refusal } => ({
  accepted: false,
  refusal,
})

/**
 * The shape every machine shares. A command may be refused with a named reason; a fact may surprise
 * but is never refused; `evolve` is total; `due` names the next instant that matters, so that a timer
 * is state and no power cut loses one. Machines of the cabinet live on its running time, those of the cloud on instants.
 */
export interface Decider<
  State,
  Command,
  Fact,
  Event,
  Refusal extends string,
  On extends { readonly now: Instant | RunningMs } = Given,
> {
  decide(state: State, command: Command, given: On): Decision<Event, Refusal>
  absorb(state: State, fact: Fact, given: On): readonly Event[]
  evolve(state: State, event: Event): State
  due(state: State): On['now'] | undefined
}

export function replay<State, Event>(
  evolve: (state: State, event: Event) => State,
  start: State,
  events: Iterable<Event>,
): State {
  let state = start
  for (const event of events) state = evolve(state, event)
  return state
}

/** Several steps of one decision: each sees the state that the events of the steps before it make. */
export function inTurn<State, Event>(
  evolve: (state: State, event: Event) => State,
  start: State,
  steps: readonly ((state: State) => readonly Event[])[],
): readonly Event[] {
  const events: Event[] = []
  let state = start
  for (const step of steps) {
    const next = step(state)
    state = replay(evolve, state, next)
    events.push(...next)
  }
  return events
}
