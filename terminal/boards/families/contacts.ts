import type { Reading, Readings } from '../board.ts'
import type { Contact, Profile } from './profile.ts'

/** The one place where a contact gets its meaning, for reports of all inputs and of a single one, in and out. */
export function isClosed(profile: Profile, contact: Contact, isSet: boolean): boolean {
  return isSet === profile.closedWhenSet[contact]
}

/** Bit `index` of a report; undefined where the board sent fewer bytes. */
export function bitAt(bytes: Uint8Array, index: number, byteOrder: Profile['byteOrder']): boolean | undefined {
  const place = index >> 3
  const byte = bytes[byteOrder === 'low-first' ? place : bytes.length - 1 - place]
  return byte === undefined ? undefined : (byte & (1 << (index & 7))) !== 0
}

export function reportOf(set: readonly boolean[], { reportBytes, byteOrder }: Profile): Uint8Array {
  const bytes = new Uint8Array(reportBytes)
  for (let index = 0; index < set.length; index += 1) {
    const place = byteOrder === 'low-first' ? index >> 3 : reportBytes - 1 - (index >> 3)
    if (set[index] === true) bytes[place] = (bytes[place] ?? 0) | (1 << (index & 7))
  }
  return bytes
}

/** Readings of every channel; what the report does not cover is unknown. */
export function readingsOf(profile: Profile, report: Uint8Array): Readings {
  const readings = new Map<number, Reading>()
  for (let channel = 1; channel <= profile.channels; channel += 1) {
    const closed = (contact: Contact): boolean | undefined => {
      const first = profile.inputs[contact]
      const isSet = first === undefined ? undefined : bitAt(report, first + channel - 1, profile.byteOrder)
      return isSet === undefined ? undefined : isClosed(profile, contact, isSet)
    }
    const latch = word(closed('latch'), 'caught', 'released')
    const leaf = word(closed('leaf'), 'shut', 'open')
    readings.set(channel, profile.inputs.leaf === undefined ? { latch } : { latch, leaf })
  }
  return readings
}

/** The same for one board: most reports are the one before, and mean what it meant. */
export function createReader(profile: Profile): (report: Uint8Array) => Readings {
  let last: { readonly report: Uint8Array; readonly readings: Readings } | undefined
  return (report) => {
    if (last === undefined || !isSame(last.report, report)) last = { report, readings: readingsOf(profile, report) }
    return last.readings
  }
}

const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at])

/** What a board in the state of these contacts reports: the inverse of `readingsOf`. */
export function inputsOf(profile: Profile, closed: (channel: number, contact: Contact) => boolean): readonly boolean[] {
  const set: boolean[] = Array.from({ length: inputCount(profile) }, () => false)
  for (const contact of ['latch', 'leaf'] as const) {
    const first = profile.inputs[contact]
    if (first === undefined) continue
    const whenSet = isClosed(profile, contact, true)
    for (let channel = 1; channel <= profile.channels; channel += 1) {
      set[first + channel - 1] = closed(channel, contact) === whenSet
    }
  }
  return set
}

export function inputCount({ channels, inputs }: Profile): number {
  return Math.max(inputs.latch ?? 0, inputs.leaf ?? 0) + channels
}

function word<Closed, Open>(
  closed: boolean | undefined,
  whenClosed: Closed,
  whenOpen: Open,
): Closed | Open | 'unknown' {
  if (closed === undefined) return 'unknown'
  return closed ? whenClosed : whenOpen
}
