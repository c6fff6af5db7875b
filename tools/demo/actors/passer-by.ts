import {
  type handActs,
  type TownDoor,
  type TownMessage,
  type TownState,
  townStateSchema,
  type TownWebhook,
} from '@holdfast/wire/town/town.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { Value } from 'typebox/value'
import type { CabinetKey } from '../plan/people.ts'
import { followEvents } from './events.ts'
import { createWatch } from './watch.ts'

/** Somebody in the street: hands on doors, labels before scanners, the cable, and eyes on tray and inbox. */
export interface PasserBy {
  hand(cabinet: CabinetKey, label: string, act: (typeof handActs)[number], thing?: string): Promise<void>
  /** Pushes a door until it stays shut: while its coil draws it springs open again. */
  shut(cabinet: CabinetKey, label: string): Promise<void>
  scan(cabinet: CabinetKey, text: string): Promise<void>
  uplink(cabinet: CabinetKey, cut: boolean): Promise<void>
  /** A recipient answers a message. */
  reply(from: string, text: string): Promise<void>
  /** Waits until the door's leaf stands so. */
  door(cabinet: CabinetKey, label: string, fits: (door: TownDoor) => boolean, withinMs?: number): Promise<TownDoor>
  /** The newest message to this phone that fits, waited for. */
  message(to: string, fits: (message: TownMessage) => boolean, withinMs?: number): Promise<TownMessage>
  messages(): readonly TownMessage[]
  webhooks(): readonly TownWebhook[]
  until<Found>(pick: (state: TownState) => Found | undefined, what: string, withinMs?: number): Promise<Found>
  leave(): void
}

const springsBackMs = 300
const pushesMax = 10

/** @param page the town page's address */
export function walkTheStreet(page: string): PasserBy {
  const states = createWatch<TownState>((state) => (state === undefined ? 'no town' : 'a town without it'))
  const leaving = new AbortController()
  const heard = (data: string): void => states.tell(Value.Parse(townStateSchema, JSON.parse(data)))
  const watch = { signal: leaving.signal, onData: heard }
  followEvents(new URL('/town/live', page).href, watch)
  const act = async (path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch(new URL(`/town/${path}`, page), { method: 'POST', headers, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`the street answers ${reply.status} to ${path} ${JSON.stringify(body)}`)
  }
  const doorOf = (state: TownState, key: string, label: string): TownDoor | undefined =>
    state.cabinets.find((cabinet) => cabinet.key === key)?.doors.find((door) => door.label === label)
  const hand: PasserBy['hand'] = async (cabinet, label, name, thing = '') => {
    // The hook lets go a moment before the spring moves the leaf.
    if (name === 'put' || name === 'take') await stands(cabinet, label, ({ leaf }) => leaf !== 'shut')
    await act('hand', { cabinet, label, act: name, thing })
  }
  const stands = (cabinet: CabinetKey, label: string, fits: (door: TownDoor) => boolean, withinMs?: number) =>
    states.until(
      (state) => {
        const door = doorOf(state, cabinet, label)
        return door !== undefined && fits(door) ? door : undefined
      },
      `door ${label} of ${cabinet}`,
      withinMs,
    )
  return {
    hand,
    door: stands,
    shut: async (cabinet, label) => await pushShut({ hand, door: stands }, cabinet, label),
    scan: async (cabinet, text) => await act('scan', { cabinet, text }),
    uplink: async (cabinet, cut) => await act('uplink', { cabinet, cut }),
    reply: async (to, text) => await act('reply', { to, text }),
    message: (to, fits, withinMs) =>
      states.until(
        ({ messages }) => messages.find((message) => message.to === to && fits(message)),
        `a message to ${to}`,
        withinMs,
      ),
    messages: () => states.latest()?.messages ?? [],
    webhooks: () => states.latest()?.webhooks ?? [],
    until: states.until,
    leave: () => leaving.abort(),
  }
}

async function pushShut(street: Pick<PasserBy, 'hand' | 'door'>, cabinet: CabinetKey, label: string): Promise<void> {
  for (let pushes = 0; pushes < pushesMax; pushes += 1) {
    await street.hand(cabinet, label, 'push')
    // What the page tells may be a moment old.
    await pause(springsBackMs)
    const shut = await street.door(cabinet, label, ({ leaf }) => leaf === 'shut', 1).catch(() => undefined)
    if (shut !== undefined) return
  }
  throw new Error(`door ${label} of ${cabinet} does not stay shut`)
}
