import type { CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import type { Staff } from '@holdfast/wire/http/people.ts'

export type Action = 'open' | 'inspect' | 'retire' | 'restore'

/** Why nothing can be asked of this door from here; the first that holds. */
export type Blocked = 'viewer' | 'offline' | 'door-open' | 'moving'

export interface Actions {
  readonly actions: readonly Action[]
  readonly blocked: Blocked | undefined
}

interface Asked {
  readonly compartment: CompartmentView
  readonly online: boolean
  readonly role: Staff['role'] | undefined
}

/** What the cabinet would accept, by core's rules; the cabinet judges again. */
export function actionsFor({ compartment, online, role }: Asked): Actions {
  const blocked = blockedBy({ compartment, online, role })
  // Against a sensor that lies a word with a picture counts (law 16).
  if (blocked === 'door-open' && compartment.use === 'suspect') return { actions: ['inspect'], blocked }
  if (blocked !== undefined) return { actions: [], blocked }
  const { use, deposit } = compartment
  const retirable = use === 'free' || (use === 'suspect' && deposit === null)
  return {
    blocked,
    actions: [
      'open',
      ...(use === 'suspect' ? (['inspect'] as const) : []),
      ...(retirable ? (['retire'] as const) : []),
      ...(use === 'retired' ? (['restore'] as const) : []),
    ],
  }
}

function blockedBy({ compartment, online, role }: Asked): Blocked | undefined {
  if (role === undefined || role === 'viewer') return 'viewer'
  if (!online) return 'offline'
  if (compartment.door === 'open') return 'door-open'
  return compartment.door === 'unlatched' ? 'moving' : undefined
}
