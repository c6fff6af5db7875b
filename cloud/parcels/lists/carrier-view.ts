import { isPhone, maskPhone } from '@holdfast/core/parcel/phone.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Parcel as ParcelView, RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import { headedFor, isUnanswered } from '../desk/consent/question.ts'
import { lastDay } from '../rows/parcel-row.ts'
import { numberOf, type ParcelRecord, saidAt } from '../rows/record.ts'

export const maskOf = ({ phone }: Pick<ParcelRecord, 'phone'>): string | null =>
  phone !== null && isPhone(phone) ? maskPhone(phone) : null

/** Of the cabinet that it was asked about last: whatever was said about another, it waits for its answer again. */
export function consentOf(record: ParcelRecord): RecipientParcel['consent'] {
  const said = saidAt(record, headedFor(record))
  if (said !== undefined) return said.kind === 'declined' ? 'declined' : 'given'
  return record.askedCabinet === null ? 'none' : 'asked'
}

/** Nobody hears of a parcel before it is expected. */
export const stateOf = ({ custody: { state } }: ParcelRecord): ParcelView['state'] =>
  state === 'unheard' ? 'expected' : state

export const dueOf = ({ custody: { storage, retention } }: ParcelRecord): Instant | null =>
  lastDay(storage?.storedAt, retention)

/** As its carrier sees it. */
export function carrierView(record: ParcelRecord, now: Instant): ParcelView {
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
    consent: isUnanswered(record, now) ? 'unanswered' : consentOf(record),
    announcedAt: record.announcedAt,
    storedAt: custody.storage?.storedAt ?? null,
    dueAt: dueOf(record),
    endedAt: record.endedAt,
    sequence: record.sequence,
  }
}
