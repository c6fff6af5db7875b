import type {
  CabinetId,
  CarrierId,
  DepositId,
  OperatorId,
  ParcelId,
  PersonId,
  StaffId,
} from '@holdfast/core/values/ids.ts'
import { type Instant, seconds } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type {
  AnnounceRequest,
  CodeOutlook,
  CorrectReason,
  CourierDeposit,
  OperatorParcel,
  Parcel as ParcelView,
  Recall,
  RecipientParcels,
  TimelineEntry,
} from '@holdfast/wire/http/parcels.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { Cancel } from '../platform/clock.ts'
import { codeOf } from '../platform/failure.ts'
import type { Route } from '../platform/http/route.ts'
import type { Tx } from '../platform/postgres/db.ts'
import type { ParcelsRefusal } from './codes.ts'
import { createAmendments } from './desk/amend.ts'
import { createAnnounce } from './desk/announce.ts'
import { createAsks } from './desk/asks.ts'
import { createAskConsents, createConsent } from './desk/consent/consent.ts'
import type { Question } from './rows/record.ts'
import type { Meant } from './desk/consent/question.ts'
import { askDueRenewals } from './desk/codes/renewals.ts'
import { opensAt } from './desk/codes/opens-at.ts'
import { createResends, type ResendBy } from './desk/codes/resend.ts'
import { correctWaiting, disown, type WaitingCorrection } from './desk/codes/wrong-person.ts'
import { createNewCode } from './desk/codes/new-code.ts'
import { backfillStanding, createStanding, tellStanding } from './desk/standing.ts'
import { createWishes, wishLowDoors } from './desk/wishes.ts'
import { readNumber } from './desk/reading.ts'
import { createAbsorb } from './facts/absorb.ts'
import { askToCollect } from './facts/crowd/ask-to-collect.ts'
import { createFollowMoves } from './facts/terms/moving.ts'
import { createFollowOutages } from './facts/terms/outages.ts'
import { findOverdue } from './facts/overdue.ts'
import { carrierView } from './lists/carrier-view.ts'
import { createCourierLists } from './lists/courier.ts'
import { createOperatorLists } from './lists/operator.ts'
import { createRecipientLists } from './lists/recipient.ts'
import type { ParcelsPorts } from './ports.ts'
import { parcelsRoutes } from './routes.ts'
import { readByDigest, readById, readByIds } from './rows/parcels.postgres.ts'

/** Everything one may ask of the parcels. Every question names its asker, and the answer is only what is theirs. */
export type Parcels = {
  /** `written`: in the transaction that writes it, for what has to stand or fall with it. */
  readonly announce: (
    carrier: CarrierId,
    request: AnnounceRequest,
    written?: (tx: Tx, parcel: ParcelView) => void,
  ) => Promise<Outcome<ParcelView>>
  readonly correct: (carrier: CarrierId, parcel: ParcelId, correction: Correction) => Promise<Outcome<ParcelView>>
  readonly cancel: (carrier: CarrierId, parcel: ParcelId) => Promise<Outcome<ParcelView>>
  readonly markReturned: (carrier: CarrierId, parcel: ParcelId) => Promise<Outcome<ParcelView>>
  readonly find: (
    carrier: CarrierId,
    by: { readonly parcel: ParcelId } | { readonly trackingNumber: string },
  ) => Promise<ParcelView | undefined>
  /** As their carriers see them; unknown ids are left out. */
  readonly views: (parcels: readonly ParcelId[]) => Promise<readonly ParcelView[]>
  /** One message to each recipient of these who was not asked yet; how many that were. */
  readonly askConsents: (carrier: CarrierId, cabinet: CabinetId, parcels: readonly ParcelId[]) => Promise<number>
  /** Overflow: may this one go to another cabinet than it was to go to? */
  readonly askElsewhere: (carrier: CarrierId, cabinet: CabinetId, parcel: ParcelId) => Promise<AskedWord>
  readonly recordConsent: (answer: ConsentAnswer) => Promise<Outcome<undefined>>
  /** This phone's deposits behind doors of one cabinet, with the epoch that a grant names. */
  readonly waitingAt: (cabinet: CabinetId, phone: string) => Promise<readonly WaitingDeposit[]>
  /** The newest code that opens. For messages to the recipient and nobody else; undefined once erased. */
  readonly codeOf: (at: DepositPlace) => Promise<DepositCode | undefined>
  /** Which of these cabinets a code opens a door of now. For who stands before another one of them. */
  readonly opensAt: (cabinets: readonly CabinetId[], code: string) => Promise<CabinetId | undefined>
  readonly recipientOf: (parcel: ParcelId) => Promise<ParcelRecipient | undefined>
  readonly recipientParcels: (phone: string) => Promise<RecipientParcels>
  readonly renewCode: (phone: string, parcel: ParcelId) => Promise<Outcome<undefined>>
  /** The code once more, to the phone that is right now. */
  readonly resend: (parcel: ParcelId, by: ResendBy) => Promise<Outcome<undefined>>
  /** What lies behind one door, told once more by whom its parcels belong to. */
  readonly resendDeposit: (at: DepositPlace, by: ResendBy) => Promise<Outcome<undefined>>
  /** Everything that waits at a cabinet for a phone, told once more; the asker learns nothing of it. */
  readonly resendAt: (cabinet: CabinetId, phone: string) => Promise<number>
  /** The recipient's phone was wrong, and the parcel waits behind a door already. */
  readonly correctWaiting: (at: DepositPlace, correction: WaitingCorrection) => Promise<Outcome<CodeOutlook>>
  /** "Not mine", from whoever was written to: the code is frozen. */
  readonly disown: (phone: string, parcel: ParcelId) => Promise<Outcome<undefined>>
  readonly courierDeposits: (person: PersonId) => Promise<readonly CourierDeposit[]>
  readonly recallsFor: (carriers: readonly CarrierId[]) => Promise<readonly Recall[]>
  /** Parcels that are or were in this operator's cabinets, newest first; by number, the phone's last digits, or what the slip says. */
  readonly search: (
    operator: OperatorId,
    query: { readonly search: string; readonly after: string | null; readonly limit: number },
  ) => Promise<{ readonly items: readonly OperatorParcel[]; readonly next: string | null }>
  /** A parcel with its own history, from its first day in a cabinet of this operator on. */
  readonly history: (operator: OperatorId, parcel: ParcelId) => Promise<ParcelHistory | undefined>
  readonly operatorParcels: (operator: OperatorId, parcels: readonly ParcelId[]) => Promise<readonly OperatorParcel[]>
  /** Finds what has become overdue; returns how many. Runs by itself between `start` and `stop`. */
  readonly tick: () => Promise<number>
  readonly routes: readonly Route[]
  /** Registers consumers and answers to cabinets' asks: before the outbox starts. */
  readonly start: () => void
  readonly stop: () => void
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: ParcelsRefusal }

/** `phone` as typed. */
export type Correction = {
  readonly recipientPhone?: string | undefined
  readonly size?: Size | undefined
  readonly dimensions?: AnnounceRequest['dimensions'] | undefined
}

export type ConsentAnswer = {
  readonly parcel: ParcelId
  /** null: whoever asks has seen that the answer came from the right phone. */
  readonly phone: string | null
  readonly accept: boolean
  readonly channel: 'app' | 'reply'
  /** Which question it is meant for, as far as it says. */
  readonly meant?: Meant
}

/** What came of asking a recipient about one more cabinet; `open`: about another one just now; `silent`: he did not answer. */
export type AskedWord = 'asked' | 'agreed' | 'declined' | 'open' | 'silent' | 'over'

/** Why a person of the operator's does something to somebody's parcel. */
export type StaffWord = { readonly staff: StaffId; readonly words: string }

/** Why a courier does: one of a few, picked by one tap. */
export type CourierWord = { readonly courier: PersonId; readonly words: CorrectReason }

export type DepositPlace = { readonly cabinet: CabinetId; readonly deposit: DepositId }

export type DepositCode = { readonly code: string; readonly generation: number }

export type WaitingDeposit = DepositPlace & {
  readonly carrier: CarrierId
  readonly compartment: string
  readonly label: string
  readonly size: Size
  readonly epoch: number
  readonly trackingNumbers: readonly string[]
}

export type ParcelRecipient = {
  readonly parcel: ParcelId
  readonly carrier: CarrierId
  readonly trackingNumber: string
  readonly phone: string | null
  readonly email: string | null
  /** Announced with neither: it waits where it is addressed, and is told of by a slip. */
  readonly addressAlone: boolean
  readonly locale: Locale
  readonly deposit: DepositPlace | null
  readonly dueAt: Instant | null
  /** The last one for consent that was put to him. */
  readonly question: Question | null
}

export type ParcelHistory = {
  readonly parcel: OperatorParcel
  readonly deposits: readonly DepositPlace[]
  readonly lines: readonly TimelineEntry[]
}

/** How often it is looked for what has become overdue. */
const roundEvery = seconds(30)

export function createParcels(ports: ParcelsPorts): Parcels {
  const { db, cabinets, clock, log, outbox } = ports
  const asks = createAsks(ports)
  const consent = createConsent(ports)
  const tick = async (): Promise<number> => await round(ports)
  let cancel: Cancel = () => undefined
  const arm = (): void => {
    cancel = clock.timer(roundEvery, () => {
      void tick()
        .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'the overdue round failed'))
        .finally(arm)
    })
  }
  const faces: Omit<Parcels, 'routes'> = {
    announce: createAnnounce(ports),
    ...createAmendments(ports),
    ...createRecipientLists(ports),
    ...createCourierLists(ports),
    ...createOperatorLists(ports),
    recordConsent: consent,
    renewCode: createNewCode(ports),
    ...createResends(ports),
    opensAt: async (at, code) => await opensAt(ports, at, code),
    correctWaiting: async (at, correction) => await correctWaiting(ports, at, correction),
    disown: async (phone, parcel) => await disown(ports, phone, parcel),
    ...createAskConsents(ports),
    views: async (ids) => (await readByIds(db.query, ids)).map((record) => carrierView(record, clock.now())),
    find: async (carrier, by) => {
      const number = 'parcel' in by ? undefined : await readNumber(ports.directory, carrier, by.trackingNumber)
      if (number === undefined && !('parcel' in by)) return undefined
      const found =
        'parcel' in by
          ? await readById(db.query, by.parcel)
          : await readByDigest(db.query, parcelDigest(ports.seals, carrier, number ?? ''))
      const isTheirs = found !== undefined && found.carrier === carrier && found.custody.state !== 'unheard'
      return isTheirs ? carrierView(found, clock.now()) : undefined
    },
    tick,
    start: () => {
      for (const create of [createAbsorb, createWishes, createStanding, createFollowMoves, createFollowOutages])
        outbox.add(create(ports))
      cabinets.onAsk('card', asks.card)
      cabinets.onAsk('consent', asks.consent)
      cabinets.onAsk('low-doors', async (ask) => await wishLowDoors(ports, ask))
      arm()
    },
    stop: () => cancel(),
  }
  return { ...faces, routes: parcelsRoutes(faces, ports) }
}

async function round(ports: ParcelsPorts): Promise<number> {
  const found = (await findOverdue(ports)) + (await askDueRenewals(ports))
  await backfillStanding(ports)
  await tellStanding(ports)
  await askToCollect(ports)
  return found
}
