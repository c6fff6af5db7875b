import { lies, parcelDecider } from '@holdfast/core/parcel/custody.ts'
import { type CarrierId, makeId, readId } from '@holdfast/core/values/ids.ts'
import type { BoxMm } from '@holdfast/core/values/sizes.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { AnnounceRequest, Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { ParcelsRefusal } from '../codes.ts'
import { carrierView } from '../lists/carrier-view.ts'
import type { Outcome, Parcels } from '../parcels.ts'
import type { ParcelsPorts } from '../ports.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import { saveChanges } from '../rows/changes.ts'
import { readDeposits } from '../rows/deposits.postgres.ts'
import type { ConsentRow } from '../rows/history.postgres.ts'
import { lockByDigest } from '../rows/parcels.postgres.ts'
import { advance, handOver, newRecord, type ParcelRecord, type Scene, type Step } from '../rows/record.ts'
import { moveCard, readSurroundings, type Surroundings } from './cards.ts'
import { readNumber, sizeOfBox } from './reading.ts'

/** Wording of what the carrier's contract says about a named cabinet. */
const senderWording = 'sender-named-cabinet/1'

type Details = Pick<
  ParcelRecord,
  'number' | 'email' | 'lowDoor' | 'box' | 'namedCabinet' | 'freshFood' | 'valuables' | 'agreement'
>
type Announced = Details & {
  readonly number: string
  readonly phone: string | null
  readonly size: ParcelRecord['custody']['size']
  readonly locale: ParcelRecord['locale'] | undefined
}

export function createAnnounce(ports: ParcelsPorts): Parcels['announce'] {
  return async (carrier, request, written) => {
    const read = await readRequest(ports, carrier, request)
    if (!read.ok) return read
    const announced = read.value
    const around = await readSurroundings(ports, {
      phone: announced.phone,
      carrier,
      cabinets: [announced.namedCabinet],
    })
    if (announced.namedCabinet !== null && around.places.size === 0)
      return { ok: false, refusal: 'named-cabinet-unknown' }
    return await ports.db.transaction(async (tx): Promise<Outcome<ParcelView>> => {
      const outcome = await write(ports, tx, { carrier, announced, around })
      if (outcome.ok) written?.(tx, outcome.value)
      return outcome
    })
  }
}

async function readRequest(
  { directory, people }: ParcelsPorts,
  carrier: CarrierId,
  request: AnnounceRequest,
): Promise<Outcome<Announced>> {
  const number = await readNumber(directory, carrier, request.trackingNumber)
  if (number === undefined) return refused('tracking-number-unreadable')
  const { phone: typed, email } = request.recipient
  const phone = typed === undefined ? null : people.readPhone(typed)
  if (phone === undefined) return refused('phone-unreadable')
  // Nobody to write to: then the parcel goes where it is addressed, and a slip is left there.
  if (phone === null && email === undefined && request.cabinet === undefined) return refused('recipient-unreachable')
  const size = request.size ?? (request.dimensions === undefined ? null : sizeOfBox(request.dimensions))
  if (size === undefined) return refused('size-beyond-doors')
  const named = request.cabinet === undefined ? null : readId('cabinet', request.cabinet)
  if (named === undefined) return refused('named-cabinet-unknown')
  const value: Announced = {
    number,
    phone,
    size,
    email: email ?? null,
    locale: request.recipient.locale,
    lowDoor: request.recipient.lowDoor ?? false,
    box: request.dimensions ?? null,
    namedCabinet: named,
    freshFood: request.freshFood ?? false,
    valuables: request.valuables ?? false,
    agreement: request.agreement ?? null,
  }
  return { ok: true, value }
}

const refused = (refusal: ParcelsRefusal): { readonly ok: false; readonly refusal: ParcelsRefusal } => ({
  ok: false,
  refusal,
})

type Announcement = {
  readonly carrier: CarrierId
  readonly announced: Announced
  readonly around: Surroundings
}

async function write(ports: ParcelsPorts, tx: Tx, announcement: Announcement): Promise<Outcome<ParcelView>> {
  const { carrier, announced, around } = announcement
  const digest = parcelDigest(ports.seals, carrier, announced.number)
  const at = ports.clock.now()
  const [found] = await lockByDigest(tx, [digest])
  // A walk-up's own language was its recipient's wish, where a recipient was known.
  const walkUp = found?.phone === null ? undefined : found?.locale
  const locale = announced.locale ?? walkUp ?? around.wishes?.locale ?? 'en'
  const start = found ?? newRecord({ carrier, digest, number: announced.number, locale, at }, ports.seals.random(10))
  const decision = parcelDecider.decide(start.custody, { type: 'announce', size: announced.size }, { now: at })
  if (!decision.accepted) {
    // A repeated call whose first answer was lost meets its own work.
    return isSame(start, announced)
      ? { ok: true, value: carrierView(start, ports.clock.now()) }
      : refused(decision.refusal)
  }
  const phone = start.custody.state === 'never-arrived' ? announced.phone : (start.phone ?? announced.phone)
  const known = { ...handOver(start, phone), ...detailsOf(announced), locale }
  const heard = advance(known, decision.events, await sceneOf(tx, start))
  const { record, news, consent } = withSendersWord(ports, heard, at)
  const carded = await moveCard(ports, tx, { record, around })
  await saveChanges(ports.outbox, tx, { parcels: [carded], news, consent })
  return { ok: true, value: carrierView(carded, ports.clock.now()) }
}

/** Announced late, it lies behind a door already: its recipient is told of the door now, if never before. */
async function sceneOf(tx: Tx, { custody }: ParcelRecord): Promise<Scene | null> {
  const { storage } = custody
  const [deposit] = storage === null || !lies(custody) ? [] : await readDeposits(tx.query, [storage])
  return deposit === undefined
    ? null
    : { operator: deposit.operator, label: deposit.label, generation: deposit.generation }
}

function detailsOf({ number, email, lowDoor, box, namedCabinet, freshFood, valuables, agreement }: Details): Details {
  return { number, email, lowDoor, box, namedCabinet, freshFood, valuables, agreement }
}

/** the cabinet named as delivery address is consent to that cabinet. */
export function withSendersWord(
  { seals }: ParcelsPorts,
  { record, news }: Step,
  at: Instant,
): Step & { readonly consent?: ConsentRow } {
  const { namedCabinet, custody, answers } = record
  if (
    namedCabinet === null ||
    answers[namedCabinet] !== undefined ||
    custody.consent !== null ||
    custody.state !== 'expected'
  )
    return { record, news }
  const kind = 'sender-named-cabinet'
  const step = advance(record, [{ type: 'consentRecorded', kind, at }], null)
  const consent = makeId('consent', at, seals.random(10))
  return {
    record: { ...step.record, consentRef: consent, answers: { ...answers, [namedCabinet]: { kind, ref: consent } } },
    news: [...news, ...step.news],
    consent: {
      parcel: record.id,
      consent,
      carrier: record.carrier,
      given: true,
      byWhom: 'sender',
      channel: 'announcement',
      cabinet: namedCabinet,
      wording: senderWording,
      at,
    },
  }
}

function isSame(record: ParcelRecord, announced: Announced): boolean {
  const { box } = announced
  const sameBox = box === null ? record.box === null : record.box !== null && sameEdges(box, record.box)
  const told = (of: Details): string => JSON.stringify({ ...detailsOf(of), box: null })
  const { phone, size } = announced
  return sameBox && record.phone === phone && record.custody.size === size && told(record) === told(announced)
}

const sameEdges = (left: BoxMm, right: BoxMm): boolean =>
  left.widthMm === right.widthMm && left.heightMm === right.heightMm && left.depthMm === right.depthMm
