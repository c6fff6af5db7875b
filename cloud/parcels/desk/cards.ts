import type { CabinetId, CarrierId } from '@holdfast/core/values/ids.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import type { Wishes } from '../../people/people.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import { readUsualSize } from '../rows/deposits.postgres.ts'
import type { ParcelsPorts } from '../ports.ts'
import { type ParcelRecord, saidAt } from '../rows/record.ts'

const utf8 = new TextEncoder()

/** What cards are made of beside the parcel itself, read before the transaction. */
export type Surroundings = {
  readonly places: ReadonlyMap<CabinetId, Place>
  readonly wishes: Wishes | undefined
  /** What the last parcel of this recipient and carrier took: better than asking the courier. */
  readonly usualSize?: Size | null
}

export async function readSurroundings(
  { cabinets, people, db }: ParcelsPorts,
  of: {
    readonly phone: string | null
    readonly carrier?: CarrierId
    readonly cabinets: readonly (CabinetId | null | undefined)[]
  },
): Promise<Surroundings> {
  const ids = of.cabinets.filter((id) => id !== null && id !== undefined)
  const phone = of.phone === null ? undefined : people.readPhone(of.phone)
  const [places, wishes, usualSize] = await Promise.all([
    ids.length === 0 ? new Map<CabinetId, Place>() : cabinets.places(ids),
    phone === undefined ? undefined : people.wishesOf(phone),
    phone === undefined || of.carrier === undefined ? null : readUsualSize(db.query, of.carrier, phone),
  ])
  return { places, wishes, usualSize }
}

/**
 * a sender's word counts at the cabinet that he named, a recipient's yes or no at the one that he was asked about.
 * Only a standing consent goes with the parcel to another cabinet; else the recipient is asked anew.
 */
function consentAt(record: ParcelRecord, cabinet: CabinetId, wishes: Surroundings['wishes']): Card['consent'] {
  const said = saidAt(record, cabinet)
  if (said !== undefined) return said.kind === 'declined' ? null : { kind: said.kind, ref: said.ref ?? record.id }
  return wishes?.alwaysConsents === true ? { kind: 'standing', ref: 'standing' } : null
}

export function cardAt(seals: Seals, record: ParcelRecord, place: Place, around: Surroundings): Card {
  const { wishes, usualSize = null } = around
  const { phone, freshFood, valuables, agreement } = record
  return {
    parcel: record.digest,
    carrier: record.carrier,
    // Measures say more than what was usual, and an announcement more than both.
    size: record.custody.size ?? (record.box === null ? usualSize : null),
    box: record.box,
    // asked for with this parcel, or by its recipient for all.
    lowDoor: record.lowDoor || wishes?.lowDoor === true,
    locale: record.locale,
    recipient: phone === null ? null : recipientDigest(seals, place.salt, `${record.carrier}\0${phone}`),
    tail: phone === null ? null : phone.slice(-4),
    consent: consentAt(record, place.cabinet, wishes),
    declared: { freshFood, valuables, agreement: agreement !== null },
    version: Math.max(1, record.sequence),
  }
}

/** Parcels of one recipient and carrier share a door; under the cabinet's salt it says nothing elsewhere. */
const recipientDigest = (seals: Seals, salt: string, recipient: string): string =>
  [...seals.hmac(bytesFromBase64(salt) ?? utf8.encode(salt), utf8.encode(recipient))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

/** The card is where a courier may bring the parcel: at the cabinet that asked last, else at the named one. */
export async function moveCard(
  { cabinets, seals }: Pick<ParcelsPorts, 'cabinets' | 'seals'>,
  tx: Tx,
  { record, around }: { readonly record: ParcelRecord; readonly around: Surroundings },
): Promise<ParcelRecord> {
  const wanted = record.custody.state === 'expected' ? (record.askedCabinet ?? record.namedCabinet) : null
  const place = wanted === null ? undefined : around.places.get(wanted)
  const { cardCabinet } = record
  if (cardCabinet !== null && cardCabinet !== place?.cabinet)
    await cabinets.setCards(tx, cardCabinet, { put: [], drop: [record.digest] })
  if (place === undefined) return { ...record, card: null, cardCabinet: null }
  const card = cardAt(seals, record, place, around)
  await cabinets.setCards(tx, place.cabinet, { put: [card], drop: [] })
  return { ...record, card, cardCabinet: place.cabinet }
}
