import { lies, parcelDecider } from '@holdfast/core/parcel/custody.ts'
import { type CabinetId, type CarrierId, makeId } from '@holdfast/core/values/ids.ts'
import type { AskedWord, ConsentAnswer, Outcome, Parcels } from '../../parcels.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { saveChanges } from '../../rows/changes.ts'
import type { ConsentRow } from '../../rows/history.postgres.ts'
import { lockById, readById, readByIds } from '../../rows/parcels.postgres.ts'
import { advance, type ParcelRecord, saidAt } from '../../rows/record.ts'
import type { Tx } from '../../../platform/postgres/db.ts'
import { headedFor, isMeant, isOpen, withQuestion } from './question.ts'
import { moveCard, readSurroundings, type Surroundings } from '../cards.ts'

/** The question as the app and the message `consent-asked` put it; a new wording is a new name. */
const recipientWording = 'locker-consent/1'

/** A recipient says yes or no to a locker for one parcel; the cabinet that asked hears it at once, by its card. */
export function createConsent(ports: ParcelsPorts) {
  return async (answer: ConsentAnswer): Promise<Outcome<undefined>> => {
    const known = await readById(ports.db.query, answer.parcel)
    if (known === undefined || !mayAnswer(known, answer)) return { ok: false, refusal: 'parcel-unknown' }
    const around = await readSurroundings(ports, {
      phone: known.phone,
      carrier: known.carrier,
      cabinets: [known.askedCabinet, known.namedCabinet],
    })
    return await ports.db.transaction(async (tx): Promise<Outcome<undefined>> => {
      const at = ports.clock.now()
      const start = await lockById(tx, answer.parcel)
      if (start === undefined || !mayAnswer(start, answer)) return { ok: false, refusal: 'parcel-unknown' }
      if (lies(start.custody)) return { ok: false, refusal: 'parcel-already-stored' }
      const kind = answer.accept ? 'parcel' : 'declined'
      if (!isMeant(start, answer.meant ?? {}, answer.accept)) return { ok: false, refusal: 'question-changed' }
      const here = headedFor(start)
      if (saidAt(start, here)?.kind === kind) return { ok: true, value: undefined }
      const decision = parcelDecider.decide(start.custody, { type: 'recordConsent', kind }, { now: at })
      if (!decision.accepted) return { ok: false, refusal: decision.refusal }
      const consent = makeId('consent', at, ports.seals.random(10))
      const answers = here === null ? start.answers : { ...start.answers, [here]: { kind, ref: consent } as const }
      const answered = { ...start, consentRef: consent, consentCabinet: here, answers }
      const step = advance(answered, decision.events, null)
      const record = await moveCard(ports, tx, { record: step.record, around })
      // Who asked is where the answer belongs.
      const news = step.news.map((each) => ({ ...each, cabinet: record.askedCabinet ?? each.cabinet }))
      await saveChanges(ports.outbox, tx, {
        parcels: [record],
        news,
        consent: rowOf(record, answer, { consent, cabinet: here, at }),
      })
      return { ok: true, value: undefined }
    })
  }
}

/**
 * From the courier's list in the morning, and of one parcel whose cabinet is full: never at the door unless it must be.
 * Whoever has an answer to give, or gave one for here, is left alone.
 */
export function createAskConsents(ports: ParcelsPorts): Pick<Parcels, 'askConsents' | 'askElsewhere'> {
  const ask = async (carrier: CarrierId, cabinet: CabinetId, known: ParcelRecord): Promise<AskedWord> => {
    if (known.carrier !== carrier || known.phone === null) return 'over'
    const around = await readSurroundings(ports, { phone: known.phone, carrier, cabinets: [cabinet] })
    return await ports.db.transaction(async (tx) => {
      const start = await lockById(tx, known.id)
      return start === undefined ? 'over' : await askAbout(ports, tx, { start, cabinet, around })
    })
  }
  return {
    askConsents: async (carrier, cabinet, parcels) => {
      let asked = 0
      for (const known of await readByIds(ports.db.query, parcels))
        if ((await ask(carrier, cabinet, known)) === 'asked') asked += 1
      return asked
    },
    askElsewhere: async (carrier, cabinet, parcel) => {
      const known = await readById(ports.db.query, parcel)
      return known === undefined ? 'over' : await ask(carrier, cabinet, known)
    },
  }
}

type About = { readonly start: ParcelRecord; readonly cabinet: CabinetId; readonly around: Surroundings }

async function askAbout(ports: ParcelsPorts, tx: Tx, { start, cabinet, around }: About): Promise<AskedWord> {
  const at = ports.clock.now()
  if (start.custody.state !== 'expected') return 'over'
  const said = saidAt(start, cabinet)
  if (said?.kind === 'declined') return 'declined'
  if (said !== undefined || around.wishes?.alwaysConsents === true) {
    // Nobody is bothered: the card alone goes to the cabinet that the parcel is taken to.
    const record = await moveCard(ports, tx, { record: { ...start, askedCabinet: cabinet }, around })
    await saveChanges(ports.outbox, tx, { parcels: [record], news: [] })
    return 'agreed'
  }
  // Nobody is asked twice about one cabinet, nor about another while an answer may come.
  if (isOpen(start, at)) return 'open'
  if (start.askedCabinet === cabinet || start.question?.silent.includes(cabinet) === true) return 'silent'
  const decision = parcelDecider.decide(start.custody, { type: 'askConsent', cabinet }, { now: at })
  if (!decision.accepted) return 'over'
  const step = advance(withQuestion(start, cabinet, at), decision.events, null)
  const record = await moveCard(ports, tx, { record: step.record, around })
  const operator = around.places.get(cabinet)?.operator ?? null
  await saveChanges(ports.outbox, tx, { parcels: [record], news: step.news.map((each) => ({ ...each, operator })) })
  return 'asked'
}

/** A reply comes with the gateway's word for the phone; an app only answers for its own. */
const mayAnswer = (record: ParcelRecord, { phone }: ConsentAnswer): boolean => phone === null || record.phone === phone

function rowOf(
  { id, carrier }: ParcelRecord,
  { accept, channel }: ConsentAnswer,
  how: Pick<ConsentRow, 'consent' | 'cabinet' | 'at'>,
): ConsentRow {
  return {
    ...how,
    parcel: id,
    carrier,
    given: accept,
    byWhom: 'recipient',
    channel,
    wording: recipientWording,
  }
}
