import { isPhone, maskPhone } from '@holdfast/core/parcel/phone.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import { lastDay } from '../rows/parcel-row.ts'
import { numberOf, type ParcelRecord } from '../rows/record.ts'

export const maskOf = ({ phone }: Pick<ParcelRecord, 'phone'>): string | null =>
  phone !== null && isPhone(phone) ? maskPhone(phone) : null

/** Asked for another cabinet than the one that was agreed to, a parcel waits for its answer again. */
export function consentOf({ custody, askedCabinet, consentCabinet }: ParcelRecord): ParcelView['consent'] {
  if (custody.consent === 'declined') return 'declined'
  const elsewhere = askedCabinet !== null && consentCabinet !== null && askedCabinet !== consentCabinet
  if (custody.consent !== null && !elsewhere) return 'given'
  return askedCabinet === null ? 'none' : 'asked'
}

/** Nobody hears of a parcel before it is expected. */
export const stateOf = ({ custody: { state } }: ParcelRecord): ParcelView['state'] =>
  state === 'unheard' ? 'expected' : state

export const dueOf = ({ custody: { storage, retention } }: ParcelRecord): Instant | null =>
  lastDay(storage?.storedAt, retention)

/** As its carrier sees it. */
export function carrierView(record: ParcelRecord): ParcelView {
  const { custody } = record
  return {
    id: record.id,
    trackingNumber: numberOf(record),
    state: stateOf(record),
    recipientPhoneMasked: maskOf(record),
    locale: record.locale,
    size: custody.size,
    cabinet: custody.storage?.cabinet ?? record.namedCabinet,
    deposit: custody.storage?.deposit ?? null,
    consent: consentOf(record),
    announcedAt: record.announcedAt,
    storedAt: custody.storage?.storedAt ?? null,
    dueAt: dueOf(record),
    endedAt: record.endedAt,
    sequence: record.sequence,
  }
}
