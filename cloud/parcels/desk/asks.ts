import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import { type CabinetId, type CarrierId, readId } from '@holdfast/core/values/ids.ts'
import { type SealedParcel, sealedParcelSchema } from '@holdfast/wire/cabinet/asks.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { Compile } from 'typebox/compile'
import type { AskReply, OpenedAsk } from '../../cabinets/facts.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import { lockByDigest, readByDigest } from '../rows/parcels.postgres.ts'
import { advance, handOver, newRecord, type ParcelRecord, saidAt } from '../rows/record.ts'
import { withQuestion } from './consent/question.ts'
import { cardAt, moveCard, readSurroundings, type Surroundings } from './cards.ts'

const sealedParcel = Compile(sealedParcelSchema)

/** A parcel before a cabinet's scanner, as its courier shows it. */
type Shown = {
  readonly cabinet: CabinetId
  readonly carrier: CarrierId
  readonly number: string
  readonly digest: string
  /** E.164, typed at the kiosk. */
  readonly phone: string | null
}

type Said = { readonly card: Card | null; readonly refusal?: 'consent-declined' }

/** What cabinets ask about parcels that no card of theirs names. */
export function createAsks(ports: ParcelsPorts) {
  const cardFor = async (shown: Shown): Promise<Said> => {
    const found = await readByDigest(ports.db.query, shown.digest)
    const known = found?.custody.state === 'expected' ? found : undefined
    const phone = phoneOf(known, shown)
    const expected = known === undefined ? undefined : handOver(known, phone)
    const around = await readSurroundings(ports, { phone, carrier: shown.carrier, cabinets: [shown.cabinet] })
    const record = expected ?? (phone === null ? undefined : walkUp(ports, shown, around.wishes?.locale))
    const card = cardOf(ports, record, shown, around)
    return expected !== undefined && declines(expected, shown) ? { card, refusal: 'consent-declined' } : { card }
  }
  const askConsent = async (shown: Shown): Promise<Said> => {
    const before = await readByDigest(ports.db.query, shown.digest)
    const around = await readSurroundings(ports, {
      phone: phoneOf(before, shown),
      carrier: shown.carrier,
      cabinets: [shown.cabinet],
    })
    return await ports.db.transaction(async (tx): Promise<Said> => {
      const at = ports.clock.now()
      const [found] = await lockByDigest(tx, [shown.digest])
      const phone = phoneOf(found, shown)
      const start = {
        ...handOver(found ?? walkUp(ports, shown, around.wishes?.locale), phone),
        number: shown.number,
      }
      const ready = cardOf(ports, start.custody.state === 'expected' ? start : undefined, shown, around)
      if (declines(start, shown)) return { card: ready, refusal: 'consent-declined' }
      // Agreed already, or nobody to ask.
      if ((ready !== null && ready.consent !== null) || phone === null) return { card: ready }
      // Asked here and not answered yet: whoever presses again writes to nobody again.
      if (found?.askedCabinet === shown.cabinet && found.phone === phone) return { card: ready }
      const decision = parcelDecider.decide(start.custody, { type: 'askConsent', cabinet: shown.cabinet }, { now: at })
      if (!decision.accepted) return { card: null }
      const step = advance(withQuestion(start, shown.cabinet, at), decision.events, null)
      const record = await moveCard(ports, tx, { record: step.record, around })
      const operator = around.places.get(shown.cabinet)?.operator ?? null
      await saveChanges(ports.outbox, tx, {
        parcels: [record],
        news: step.news.map((each) => ({ ...each, operator })),
      })
      return { card: record.card }
    })
  }
  return {
    card: async (ask: OpenedAsk<'card'>): Promise<AskReply> => await answered(ports, ask, cardFor),
    consent: async (ask: OpenedAsk<'consent'>): Promise<AskReply> => await answered(ports, ask, askConsent),
  }
}

const declines = (record: ParcelRecord, { cabinet }: Shown): boolean => saidAt(record, cabinet)?.kind === 'declined'

/** The carrier's word, else what was typed last: a slip of the hand is mended by typing again. */
const phoneOf = (found: ParcelRecord | undefined, { phone }: Shown): string | null =>
  found === undefined || found.announcedAt === null ? (phone ?? found?.phone ?? null) : (found.phone ?? phone)

/** The digest stands outside the seal and the number inside: a cabinet that mixes them up is told so. */
async function answered(
  ports: ParcelsPorts,
  { cabinet, ask, plain }: OpenedAsk<'card'> | OpenedAsk<'consent'>,
  work: (shown: Shown) => Promise<Said>,
): Promise<AskReply> {
  const parcel: SealedParcel | undefined = sealedParcel.Check(plain) ? plain : undefined
  const carrier = parcel === undefined ? undefined : readId('carrier', parcel.carrier)
  if (parcel === undefined || carrier === undefined) return { refusal: 'ask-unreadable' }
  const digest = parcelDigest(ports.seals, carrier, parcel.number)
  if (digest !== ask.parcel) return { refusal: 'ask-unreadable' }
  const phone = parcel.phone === undefined ? undefined : ports.people.readPhone(parcel.phone)
  if (parcel.phone !== undefined && phone === undefined) return { parcel: digest, refusal: 'phone-unreadable' }
  return { parcel: digest, ...(await work({ cabinet, carrier, number: parcel.number, digest, phone: phone ?? null })) }
}

function walkUp({ clock, seals }: ParcelsPorts, shown: Shown, locale: Locale = 'zh'): ParcelRecord {
  const { carrier, digest, number, phone } = shown
  return { ...newRecord({ carrier, digest, number, locale, at: clock.now() }, seals.random(10)), phone }
}

function cardOf(
  { seals }: ParcelsPorts,
  record: ParcelRecord | undefined,
  { cabinet }: Shown,
  around: Surroundings,
): Card | null {
  const place = around.places.get(cabinet)
  if (record === undefined || place === undefined) return null
  const card = cardAt(seals, record, place, around)
  // Without a parcel the card says only what its recipient always agrees to.
  return record.custody.state === 'unheard' && card.consent === null ? null : card
}
