import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Suspicion } from '@holdfast/core/compartment/compartment.ts'
import type { DoorEvent } from '@holdfast/core/door/door.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { HealthChange } from '../cabinets/facts.ts'
import type { ParcelNewsType } from '../parcels/events.ts'

export type AlertKind = Alert['kind']

/** What one piece of news does to alerts; `door` null for those of a whole cabinet. */
export type Turn = { readonly kind: AlertKind; readonly door: CompartmentId | null; readonly on: boolean }

/** Facts that any alert begins or ends with. */
export const turningFacts: readonly CabinetEvent['type'][] = [
  'emergencyRaised',
  'releaseBegun',
  'emergencyEnded',
  'largeDoorShut',
  'doorLeftOpen',
  'doorNotOpened',
  'doorOpened',
  'doorShut',
  'doorFound',
  'compartmentFaulted',
  'compartmentRestored',
  'compartmentSuspected',
  'compartmentInspected',
  'compartmentRetired',
  'depositCollected',
  'depositCancelled',
  'depositRecalled',
  'depositDisputed',
  'depositRefused',
]

/** An alert ends when its cause does: a door is shut, somebody has looked, the cabinet is heard again. */
export function turnsOfEvent(event: CabinetEvent): readonly Turn[] {
  if (event.type === 'emergencyRaised' || event.type === 'releaseBegun') {
    return [{ kind: 'emergency', door: null, on: true }]
  }
  if (event.type === 'emergencyEnded') {
    return [
      { kind: 'emergency', door: null, on: false },
      { kind: 'shut-in-told', door: null, on: false },
    ]
  }
  if (event.type === 'largeDoorShut') return [{ kind: 'large-door-shut', door: event.door, on: true }]
  if ('door' in event) return turnsOfDoor(event)
  if (event.type === 'compartmentFaulted') {
    return [{ kind: 'door-will-not-shut', door: event.compartment, on: true }]
  }
  if (event.type === 'compartmentRestored') {
    return [{ kind: 'door-will-not-shut', door: event.compartment, on: false }]
  }
  if (event.type === 'compartmentSuspected') {
    return event.why === toldAlready ? [] : [{ kind: 'in-doubt', door: event.compartment, on: true }]
  }
  const looked = event.type === 'compartmentInspected' || event.type === 'compartmentRetired'
  if (!looked) return []
  const isEmpty = event.type === 'compartmentInspected' && event.seen === 'empty'
  return [
    ...(isEmpty ? [{ kind: 'parcel-of-nobody', door: event.compartment, on: false } as const] : []),
    ...lookedInto(event.compartment),
  ]
}

/**
 * A doubt whose own alert only a look ends. "Did not open" has one as well, but that ends when the door opens for
 * somebody, who may leave without a word.
 */
const toldAlready: Suspicion = 'opened-without-cause'

function turnsOfDoor(event: DoorEvent): readonly Turn[] {
  const turn = (kind: AlertKind, on: boolean): Turn => ({ kind, door: event.door, on })
  switch (event.type) {
    case 'doorLeftOpen':
      return [turn('door-left-open', true)]
    case 'doorNotOpened':
      return [turn('door-did-not-open', true)]
    case 'doorOpened': {
      const moved = [turn('door-did-not-open', false), turn('large-door-shut', false)]
      return event.cause === null ? [...moved, turn('opened-without-cause', true)] : moved
    }
    case 'doorShut':
      return [turn('door-left-open', false)]
    case 'doorFound':
      return event.sight === 'shut' ? [turn('door-left-open', false)] : []
    case 'doorUnlockIntended':
    case 'doorPulsed':
    case 'doorUnlatched':
    case 'doorOutcomeUnknown':
    case 'doorLost':
      return []
  }
}

/** Somebody looked and a parcel lies there, which no deposit is bound to: it stays in doubt until it is taken out. */
export function turnsOfNobody(event: CabinetEvent): readonly Turn[] {
  if (event.type !== 'compartmentInspected' || event.seen !== 'parcel-inside') return []
  return [{ kind: 'parcel-of-nobody', door: event.compartment, on: true }]
}

/** "Not mine" is settled where the parcel is out. A new code alone is none: it may have been drawn for the wrong phone. */
export function turnsOfDeposit(event: CabinetEvent, door: CompartmentId): readonly Turn[] {
  const over = ['depositCollected', 'depositCancelled', 'depositRecalled', 'depositDisputed', 'depositRefused']
  const settled: readonly Turn[] = over.includes(event.type) ? [{ kind: 'not-mine', door, on: false }] : []
  return isTakenOut(event) ? [...settled, ...lookedInto(door)] : settled
}

/** Whoever took it out had the door open and says so: that is a look. */
const isTakenOut = (event: CabinetEvent): boolean =>
  (event.type === 'depositCollected' || event.type === 'depositRecalled') && event.by === 'person'

const lookedInto = (door: CompartmentId): readonly Turn[] => [
  { kind: 'in-doubt', door, on: false },
  { kind: 'opened-without-cause', door, on: false },
  { kind: 'door-did-not-open', door, on: false },
  { kind: 'large-door-shut', door, on: false },
]

/** Said by whoever was written to, and settled by a person's word for the right phone, the same one included. */
export function turnOfWord(type: ParcelNewsType, door: CompartmentId): Turn | undefined {
  if (type !== 'not-mine' && type !== 'corrected') return undefined
  return { kind: 'not-mine', door, on: type === 'not-mine' }
}

export function turnsOfHealth(change: HealthChange): readonly Turn[] {
  const turn = (kind: AlertKind, on: boolean): Turn => ({ kind, door: null, on })
  switch (change) {
    case 'offline':
      return [turn('cabinet-offline', true)]
    case 'online':
      return [turn('cabinet-offline', false)]
    case 'digest-differs':
      return [turn('digest-mismatch', true)]
    case 'digest-agrees':
      return [turn('digest-mismatch', false)]
    case 'journal-forked':
      return [turn('journal-forked', true)]
    case 'journal-full':
    case 'journal-failing':
    case 'journal-garbled':
      return [turn('journal-trouble', true)]
    case 'kiosk-absent':
      return [turn('kiosk-away', true)]
    case 'kiosk-ok':
      return [turn('kiosk-away', false)]
    case 'scanner-absent':
      return [turn('scanner-away', true)]
    case 'scanner-ok':
      return [turn('scanner-away', false)]
    case 'journal-ok':
      return [turn('journal-trouble', false)]
  }
}
