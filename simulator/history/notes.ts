import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Ledger, PlaceMark } from './ledger.ts'
import { depositNotes } from './notes.deposits.ts'
import { doorNotes } from './notes.doors.ts'
import { hear, type When } from './when.ts'

/** Writes down what an event says; it judges nothing. */
export function createNotes(ledger: Ledger): (event: CabinetEvent) => void {
  const books: readonly When[] = [
    lifeNotes(ledger),
    lookNotes(ledger),
    doorNotes(ledger),
    placeNotes(ledger),
    depositNotes(ledger),
  ]
  return (event) => {
    if ('at' in event) ledger.now = event.at
    for (const book of books) hear(book, event)
    ledger.lastEvent = event
  }
}

function lifeNotes(ledger: Ledger): When {
  return {
    layoutTaken: ({ layout }) => {
      for (const { id, size } of layout.compartments) {
        const large = size === 'L' || size === 'XL'
        if (!ledger.doors.has(id))
          ledger.doors.set(id, { position: 'unseen', lastSeen: 'shut', intent: undefined, large })
        if (!ledger.places.has(id)) ledger.places.set(id, { epoch: 0, use: 'free' })
      }
    },
    cabinetStarted: ({ boot }) => {
      ledger.boot = boot
      ledger.serviceSwitchClosed = false
      ledger.releasing.clear()
    },
    serviceSwitchTurned: ({ closed }) => {
      ledger.serviceSwitchClosed = closed
    },
    orderAccepted: ({ order, what, staff }) => {
      ledger.orders.set(order, { what, staff })
      ledger.lastOrder = what
    },
    orderRefused: ({ order }) => {
      ledger.orders.set(order, 'refused')
    },
    releaseBegun: ({ doors, at }) => {
      for (const door of doors) ledger.releasing.set(door, at)
    },
    emergencyEnded: () => {
      ledger.releasing.clear()
    },
    courierSessionOpened: ({ session: id, carrier }) => {
      ledger.session = { id, kind: 'courier', carrier, generation: null, leaving: new Set() }
    },
    pickupSessionOpened: ({ session: id, generation }) => {
      ledger.session = { id, kind: 'pickup', carrier: undefined, generation, leaving: new Set() }
    },
    depositMoved: ({ from }) => {
      ledger.session?.leaving.add(from)
    },
    sessionEnded: ({ session }) => {
      if (ledger.session?.id === session) ledger.session = undefined
    },
  }
}

function lookNotes(ledger: Ledger): When {
  const looks = (session: string, look: string | undefined): void => {
    if (ledger.session?.id === session) ledger.session.look = look
  }
  return {
    lookBegun: ({ session, compartment }) => looks(session, compartment),
    lookEnded: ({ session }) => looks(session, undefined),
  }
}

function placeNotes({ places }: Ledger): When {
  const use = (id: string, now: PlaceMark['use'], epoch?: number): void => {
    const place = places.get(id)
    if (place === undefined) return
    place.use = now
    place.epoch = epoch ?? place.epoch
  }
  return {
    compartmentHeld: ({ compartment, epoch }) => use(compartment, 'held', epoch),
    compartmentReleased: ({ compartment }) => use(compartment, 'free'),
    compartmentLoaded: ({ compartment }) => use(compartment, 'loaded'),
    compartmentSuspected: ({ compartment }) => use(compartment, 'suspect'),
    compartmentRestored: ({ compartment }) => use(compartment, 'suspect'),
    compartmentRetired: ({ compartment }) => use(compartment, 'retired'),
    compartmentFaulted: ({ compartment }) => use(compartment, 'retired'),
    compartmentInspected: ({ compartment, seen }) => {
      if (seen === 'empty') use(compartment, 'free')
    },
    compartmentRebuilt: ({ compartment, epoch, retired, holds }) =>
      use(compartment, holds !== null ? 'loaded' : retired ? 'retired' : 'suspect', epoch),
  }
}
