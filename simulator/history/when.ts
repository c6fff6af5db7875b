import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'

type EventOf = { readonly [Event in CabinetEvent as Event['type']]: Event }
type Type = keyof EventOf

/** What to do at the events that somebody cares for; the others pass. */
export type When = { readonly [Name in Type]?: (event: EventOf[Name]) => void }

export const hear = (when: When, event: CabinetEvent): void => {
  call(when, event.type, event)
}

function call<Name extends Type>(when: When, name: Name, event: EventOf[Name]): void {
  const act: ((event: EventOf[Name]) => void) | undefined = when[name]
  act?.(event)
}
