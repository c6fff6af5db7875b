import { lies, parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { CabinetId, CarrierId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { BoxMm, Size } from '@holdfast/core/values/sizes.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import type { ParcelsRefusal } from '../codes.ts'
import { carrierView } from '../lists/carrier-view.ts'
import type { Outcome, Parcels } from '../parcels.ts'
import { withQuestion } from './consent/question.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import type { ConsentRow } from '../rows/history.postgres.ts'
import { lockById, readById } from '../rows/parcels.postgres.ts'
import { advance, handOver, type ParcelRecord, saidAt, type Step } from '../rows/record.ts'
import { withSendersWord } from './announce.ts'
import { moveCard, readSurroundings, type Surroundings } from './cards.ts'
import { correctWaiting } from './codes/wrong-person.ts'
import { sizeOfBox } from './reading.ts'

type Attempt = (Step & { readonly consent?: ConsentRow }) | { readonly refusal: ParcelsRefusal }
type Amend = (record: ParcelRecord, given: { readonly at: Instant; readonly around: Surroundings }) => Attempt

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
    const attempt = change.to(locked, { at: ports.clock.now(), around })
    if ('refusal' in attempt) return { ok: false, refusal: attempt.refusal }
    if (attempt.news.length === 0) return { ok: true, value: carrierView(locked, ports.clock.now()) }
    const carded = await moveCard(ports, tx, { record: attempt.record, around })
    await saveChanges(ports.outbox, tx, { parcels: [carded], news: attempt.news, consent: attempt.consent })
    return { ok: true, value: carrierView(carded, ports.clock.now()) }
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
      const to = correctExpected(ports, { phone, size, box })
      return await amend(ports, { carrier, parcel }, { phone, to })
    },
    cancel: async (carrier, parcel) =>
      await amend(
        ports,
        { carrier, parcel },
        {
          to: (record, { at }) => {
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
          to: (record, { at }) => {
            if (lies(record.custody)) return { refusal: 'parcel-already-stored' }
            return advance(record, parcelDecider.absorb(record.custody, { type: 'returned' }, { now: at }), null)
          },
        },
      ),
  }
}

type Wanted = { readonly phone: Phone | undefined; readonly size: Size | null; readonly box: BoxMm | null }

const correctExpected =
  (ports: ParcelsPorts, { phone, size, box }: Wanted): Amend =>
  (record, { at, around }) => {
    if (lies(record.custody)) return { refusal: 'parcel-already-stored' }
    const phoneChanged = phone !== undefined && phone !== record.phone
    if (!phoneChanged && size === null) return { record, news: [] }
    const decision = parcelDecider.decide(record.custody, { type: 'correct', phoneChanged, size }, { now: at })
    if (!decision.accepted) return decision
    const known = { ...record, box: size === null ? record.box : box }
    if (!phoneChanged) return advance(known, decision.events, null)
    const step = advance(handOver(known, phone), decision.events, null)
    return askAnew(ports, step, { asked: record.askedCabinet, around, at })
  }

type Anew = { readonly asked: CabinetId | null; readonly around: Surroundings; readonly at: Instant }

/** Where somebody else was asked, the right person is: unless the sender has named that cabinet, or they always agree. */
function askAnew(ports: ParcelsPorts, corrected: Step, { asked, around, at }: Anew): Attempt {
  const { consent, ...step } = withSendersWord(ports, corrected, at)
  const record = { ...step.record, askedCabinet: asked }
  const named = { ...step, record, ...(consent === undefined ? {} : { consent }) }
  if (asked === null || saidAt(record, asked) !== undefined || around.wishes?.alwaysConsents === true) return named
  const decision = parcelDecider.decide(record.custody, { type: 'askConsent', cabinet: asked }, { now: at })
  if (!decision.accepted) return named
  const question = advance(withQuestion(step.record, asked, at), decision.events, null)
  const operator = around.places.get(asked)?.operator ?? null
  return {
    ...named,
    record: question.record,
    news: [...step.news, ...question.news.map((each) => ({ ...each, operator }))],
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
  return corrected === undefined ? unknown : { ok: true, value: carrierView(corrected, ports.clock.now()) }
}
