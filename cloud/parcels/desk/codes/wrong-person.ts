import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { CarrierId, OperatorId, ParcelId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { CodeOutlook } from '@holdfast/wire/http/parcels.ts'
import type { Tx } from '../../../platform/postgres/db.ts'
import { tellRecalls } from '../../facts/absorb.ts'
import type { CourierWord, DepositPlace, Outcome, StaffWord } from '../../parcels.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { openCodes, type PlainCodes, sealCodes } from '../../rows/at-rest.ts'
import { saveChanges } from '../../rows/changes.ts'
import type { DepositRecord } from '../../rows/deposit.ts'
import { lockDeposits, readRevocations } from '../../rows/deposits.postgres.ts'
import { saveWords } from '../../rows/history.postgres.ts'
import { lockById, readByDeposits, readById } from '../../rows/parcels.postgres.ts'
import { advance, handOver, type ParcelRecord, remark, type Scene, type Step } from '../../rows/record.ts'
import { askRenewal } from './renewals.ts'

/** Drawn with the first at the deposit and told to nobody, for the day that the cabinet cannot be reached. */
const spare = 1

export type WaitingCorrection = {
  readonly phone: Phone
  /** Whose parcel it must be: of another's nobody hears (law 11). */
  readonly whose: { readonly carriers: readonly CarrierId[] } | { readonly operator: OperatorId }
  /** None with the carrier's own call. */
  readonly word?: StaffWord | CourierWord | undefined
}

const unknown = { ok: false, refusal: 'parcel-unknown' } as const
const notWaiting = { ok: false, refusal: 'code-not-waiting' } as const

/**
 * The parcel waits behind a door for the wrong person. Every generation that the wrong phone may know dies at the
 * cabinet; a new one is drawn for the right phone. A cabinet that cannot be reached hears of it first of all when it
 * comes back; until then the spare, which nobody was told, is the right person's.
 */
export async function correctWaiting(
  ports: ParcelsPorts,
  at: DepositPlace,
  correction: WaitingCorrection,
): Promise<Outcome<CodeOutlook>> {
  const [online, { locale }] = await Promise.all([
    ports.cabinets.isOnline(at.cabinet),
    ports.people.wishesOf(correction.phone),
  ])
  const done = await ports.db.transaction(async (tx): Promise<Outcome<CodeOutlook>> => {
    const deposit = await lockWaiting(tx, at)
    if (deposit === undefined || !isTheirs(deposit, correction.whose)) return unknown
    if (deposit.stage !== 'stored') return notWaiting
    const now = ports.clock.now()
    const parcels = await lockParcels(tx, at)
    const isSame = deposit.disownedAt === null && parcels.every(({ phone }) => phone === correction.phone)
    if (isSame) return { ok: true, value: 'same' }
    const told = online ? undefined : await spareOf(ports, deposit)
    const renewed: DepositRecord = {
      ...deposit,
      codes: told === undefined ? null : sealCodes(ports, at, [told]),
      generation: told?.generation ?? deposit.generation,
      revoked: told === undefined ? newest(deposit) : told.generation - 1,
      disownedAt: null,
      renewAt: now,
      ...(deposit.recall === 'not-mine' ? recallWithout(deposit, parcels) : {}),
    }
    const steps = parcels.map((parcel) => corrected({ ...parcel, locale }, { ...correction, deposit: renewed, now }))
    await save(ports, tx, { deposit: renewed, steps, word: correction.word })
    return { ok: true, value: online ? 'drawn' : told === undefined ? 'later' : 'spare' }
  })
  if (done.ok && done.value === 'drawn') await askRenewal(ports, at, 'phone-corrected')
  return done
}

/** "Not mine": whoever was written to knows a code that must open nothing from now on. */
export async function disown(ports: ParcelsPorts, phone: string, parcel: ParcelId): Promise<Outcome<undefined>> {
  const known = await readById(ports.db.query, parcel)
  const storage = known?.custody.storage ?? null
  if (known === undefined || known.phone !== phone) return unknown
  if (storage === null) return notWaiting
  return await ports.db.transaction(async (tx): Promise<Outcome<undefined>> => {
    const deposit = await lockWaiting(tx, storage)
    const parcels = await lockParcels(tx, storage)
    if (deposit === undefined || !parcels.some(({ id, phone: now }) => id === parcel && now === phone)) return unknown
    if (deposit.stage !== 'stored') return notWaiting
    if (deposit.disownedAt !== null) return { ok: true, value: undefined }
    const now = ports.clock.now()
    const frozen: DepositRecord = {
      ...deposit,
      codes: null,
      revoked: newest(deposit),
      disownedAt: now,
      renewAt: null,
      recall: deposit.recall ?? 'not-mine',
      recallSince: deposit.recallSince ?? now,
    }
    const steps = parcels.map((each) => remark(each, 'not-mine', now, sceneOf(frozen)))
    await save(ports, tx, { deposit: frozen, steps: steps.map((step) => atDoor(step, frozen)), word: undefined })
    return { ok: true, value: undefined }
  })
}

/** Its term may have ended while nobody knew whose it was. */
const recallWithout = (
  { recallSince }: DepositRecord,
  parcels: readonly ParcelRecord[],
): Pick<DepositRecord, 'recall' | 'recallSince'> =>
  parcels.some(({ custody }) => custody.state === 'overdue')
    ? { recall: 'overdue', recallSince }
    : { recall: null, recallSince: null }

const newest = ({ generation }: DepositRecord): number => Math.max(spare, generation)

/** Where somebody must see to it, or need not any more. */
const atDoor = ({ record, news }: Step, { compartment, label, size }: DepositRecord): Step => ({
  record,
  news: news.map((each) => ({ ...each, door: { compartment, label, size } })),
})

const sceneOf = ({ operator, label, generation }: DepositRecord): Scene => ({ operator, label, generation })

const isTheirs = ({ carrier, operator }: DepositRecord, whose: WaitingCorrection['whose']): boolean =>
  'operator' in whose ? whose.operator === operator : whose.carriers.includes(carrier)

async function lockWaiting(tx: Tx, at: DepositPlace): Promise<DepositRecord | undefined> {
  const [deposit] = await lockDeposits(tx, [at])
  return deposit
}

async function lockParcels(tx: Tx, at: DepositPlace): Promise<readonly ParcelRecord[]> {
  const locked: ParcelRecord[] = []
  for (const { id } of await readByDeposits(tx.query, [at])) {
    const parcel = await lockById(tx, id)
    if (parcel?.custody.storage?.deposit === at.deposit) locked.push(parcel)
  }
  return locked
}

async function spareOf(ports: ParcelsPorts, deposit: DepositRecord): Promise<PlainCodes[number] | undefined> {
  if (deposit.codes === null || deposit.generation >= spare) return undefined
  return (await openCodes(ports, deposit, deposit.codes)).find(({ generation }) => generation === spare)
}

type Corrected = { readonly phone: Phone; readonly deposit: DepositRecord; readonly now: Instant }

function corrected(parcel: ParcelRecord, { phone, deposit, now }: Corrected): Step {
  const decision = parcelDecider.decide(parcel.custody, { type: 'correct', phoneChanged: true, size: null }, { now })
  if (!decision.accepted) return { record: parcel, news: [] }
  const theirs = { ...handOver(parcel, phone), email: null, card: null, cardCabinet: null }
  const step = atDoor(advance(theirs, decision.events, sceneOf(deposit)), deposit)
  if (deposit.codes === null) return step
  const told = remark(step.record, 'code-renewed', now, sceneOf(deposit))
  return { record: told.record, news: [...step.news, ...told.news] }
}

type Saved = {
  readonly deposit: DepositRecord
  readonly steps: readonly Step[]
  readonly word: StaffWord | CourierWord | undefined
}

async function save(ports: ParcelsPorts, tx: Tx, { deposit, steps, word }: Saved): Promise<void> {
  const news = steps.flatMap((step) => step.news)
  await saveChanges(ports.outbox, tx, { parcels: steps.map(({ record }) => record), news, deposits: [deposit] })
  if (word !== undefined) saveWords(tx, news, word)
  await ports.cabinets.setRevocations(tx, deposit.cabinet, await readRevocations(tx, deposit.cabinet))
  await tellRecalls(ports, tx, [deposit.cabinet])
}
