import { lies, parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { CarrierId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import type { ParcelsRefusal } from '../codes.ts'
import { carrierView } from '../lists/carrier-view.ts'
import type { Outcome, Parcels } from '../parcels.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import { lockById, readById } from '../rows/parcels.postgres.ts'
import { advance, type ParcelRecord, type Step } from '../rows/record.ts'
import { moveCard, readSurroundings } from './cards.ts'
import { correctWaiting } from './codes/wrong-person.ts'
import { sizeOfBox } from './reading.ts'

type Attempt = Step | { readonly refusal: ParcelsRefusal }
type Amend = (record: ParcelRecord, at: Instant) => Attempt

const unknown = { ok: false, refusal: 'parcel-unknown' } as const

type Change = { readonly phone?: string | undefined; readonly to: Amend }

/** Somebody else's parcel is answered like none at all (law 11). */
async function amend(
  ports: ParcelsPorts,
  { carrier, parcel }: { readonly carrier: CarrierId; readonly parcel: ParcelId },
  change: Change,
): Promise<Outcome<ParcelView>> {
  const known = await readById(ports.db.query, parcel)
  if (known === undefined || known.carrier !== carrier) return unknown
  const phone = change.phone ?? known.phone
  const around = await readSurroundings(ports, { phone, carrier, cabinets: [known.askedCabinet, known.namedCabinet] })
  return await ports.db.transaction(async (tx): Promise<Outcome<ParcelView>> => {
    const locked = await lockById(tx, parcel)
    if (locked === undefined) return unknown
    const attempt = change.to(locked, ports.clock.now())
    if ('refusal' in attempt) return { ok: false, refusal: attempt.refusal }
    if (attempt.news.length === 0) return { ok: true, value: carrierView(locked) }
    const carded = await moveCard(ports, tx, { record: attempt.record, around })
    await saveChanges(ports.outbox, tx, { parcels: [carded], news: attempt.news })
    return { ok: true, value: carrierView(carded) }
  })
}

/** What a carrier may still change about its own parcel: phone and size, cancelling, back with the sender. */
export function createAmendments(ports: ParcelsPorts): Pick<Parcels, 'correct' | 'cancel' | 'markReturned'> {
  return {
    correct: async (carrier, parcel, correction) => {
      const typed = correction.recipientPhone
      const phone = typed === undefined ? undefined : ports.people.readPhone(typed)
      if (typed !== undefined && phone === undefined) return { ok: false, refusal: 'phone-unreadable' }
      const box = correction.dimensions ?? null
      const size = correction.size ?? (box === null ? null : sizeOfBox(box))
      if (size === undefined) return { ok: false, refusal: 'size-beyond-doors' }
      if (phone === undefined && size === null) return { ok: false, refusal: 'correction-empty' }
      const waiting = phone === undefined ? undefined : await correctInside(ports, { carrier, parcel, phone, size })
      if (waiting !== undefined) return waiting
      const to: Amend = (record, at) => {
        if (lies(record.custody)) return { refusal: 'parcel-already-stored' }
        const phoneChanged = phone !== undefined && phone !== record.phone
        if (!phoneChanged && size === null) return { record, news: [] }
        const decision = parcelDecider.decide(record.custody, { type: 'correct', phoneChanged, size }, { now: at })
        if (!decision.accepted) return decision
        const known = { ...record, phone: phone ?? record.phone, box: size === null ? record.box : box }
        return advance(known, decision.events, null)
      }
      return await amend(ports, { carrier, parcel }, { phone, to })
    },
    cancel: async (carrier, parcel) =>
      await amend(
        ports,
        { carrier, parcel },
        {
          to: (record, at) => {
            if (record.custody.state === 'cancelled') return { record, news: [] }
            const decision = parcelDecider.decide(record.custody, { type: 'cancel' }, { now: at })
            return decision.accepted ? advance(record, decision.events, null) : decision
          },
        },
      ),
    markReturned: async (carrier, parcel) =>
      await amend(
        ports,
        { carrier, parcel },
        {
          to: (record, at) => {
            if (lies(record.custody)) return { refusal: 'parcel-already-stored' }
            return advance(record, parcelDecider.absorb(record.custody, { type: 'returned' }, { now: at }), null)
          },
        },
      ),
  }
}

type Inside = {
  readonly carrier: CarrierId
  readonly parcel: ParcelId
  readonly phone: Phone
  readonly size: Size | null
}

/** Undefined where it lies behind no door yet. */
async function correctInside(
  ports: ParcelsPorts,
  { carrier, parcel, phone, size }: Inside,
): Promise<Outcome<ParcelView> | undefined> {
  const before = await readById(ports.db.query, parcel)
  if (before?.carrier !== carrier) return unknown
  const storage = lies(before.custody) ? before.custody.storage : null
  if (storage === null) return undefined
  if (size !== null) return { ok: false, refusal: 'parcel-already-stored' }
  const done = await correctWaiting(ports, storage, { phone, whose: { carriers: [carrier] } })
  if (!done.ok) return done
  const corrected = await readById(ports.db.query, parcel)
  return corrected === undefined ? unknown : { ok: true, value: carrierView(corrected) }
}
