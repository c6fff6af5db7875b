import type { CabinetId, CarrierId, OperatorId, ParcelId } from '@holdfast/core/values/ids.ts'
import { after, days, durationMs, type Instant, minutes } from '@holdfast/core/values/instants.ts'
import type { ParcelNewsType } from '../../events.ts'
import type { CourierWord, DepositPlace, Outcome, Parcels, StaffWord } from '../../parcels.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { saveChanges } from '../../rows/changes.ts'
import type { DepositRecord } from '../../rows/deposit.ts'
import { lockDeposits } from '../../rows/deposits.postgres.ts'
import { readWhen, saveWords } from '../../rows/history.postgres.ts'
import { lockById, readByDeposits, readById, readByPhone } from '../../rows/parcels.postgres.ts'
import { type ParcelRecord, remark } from '../../rows/record.ts'

/** Of new codes and of re-sends alike, for each parcel; the cabinet holds the former to the same figures. */
const limits = { apart: minutes(1), times: 5, within: days(1) } as const

const unknown = { ok: false, refusal: 'parcel-unknown' } as const
const notWaiting = { ok: false, refusal: 'code-not-waiting' } as const
const tooOften = { ok: false, refusal: 'code-told-too-often' } as const

export type ResendBy =
  | { readonly phone: string }
  | { readonly carriers: readonly CarrierId[]; readonly word: CourierWord }
  | { readonly operator: OperatorId; readonly word: StaffWord }

/** Whose it is not never hears that it is there (law 11). */
const isTheirs = (by: ResendBy, { operator, carrier }: DepositRecord, lead: ParcelRecord): boolean =>
  'phone' in by ? lead.phone === by.phone : 'carriers' in by ? by.carriers.includes(carrier) : operator === by.operator

export const createResends = (ports: ParcelsPorts): Pick<Parcels, 'resend' | 'resendDeposit' | 'resendAt'> => ({
  resend: async (parcel, by) => await resend(ports, parcel, by),
  resendDeposit: async (at, by) => await resendDeposit(ports, at, by),
  resendAt: async (cabinet, phone) => await resendAt(ports, cabinet, phone),
})

/** The same code told once more, to the phone that is right now. */
async function resend(ports: ParcelsPorts, parcel: ParcelId, by: ResendBy): Promise<Outcome<undefined>> {
  const record = await readById(ports.db.query, parcel)
  if (record === undefined) return unknown
  const storage = record.custody.storage
  if ('phone' in by && record.phone !== by.phone) return unknown
  return storage === null ? notWaiting : await resendDeposit(ports, storage, by, parcel)
}

/** Asked by somebody who typed a phone at a kiosk: whatever waits there for it, as far as the limits go. */
async function resendAt(ports: ParcelsPorts, cabinet: CabinetId, phone: string): Promise<number> {
  const waiting = (await readByPhone(ports.db.query, phone, shownAtMost)).flatMap(({ custody: { state, storage } }) =>
    storage?.cabinet === cabinet && (state === 'stored' || state === 'overdue') ? [storage] : [],
  )
  const places = [...new Map(waiting.map((at) => [at.deposit, at])).values()]
  const done = await Promise.all(places.map(async (at) => await resendDeposit(ports, at, { phone })))
  return done.filter(({ ok }) => ok).length
}

const shownAtMost = 50

async function resendDeposit(
  ports: ParcelsPorts,
  at: DepositPlace,
  by: ResendBy,
  asked?: ParcelId,
): Promise<Outcome<undefined>> {
  return await ports.db.transaction(async (tx): Promise<Outcome<undefined>> => {
    const [deposit] = await lockDeposits(tx, [at])
    // Several parcels behind one door have one code: one of them carries the line, the one that was asked about.
    const behind = await readByDeposits(tx.query, [at])
    const chosen = behind.find(({ id }) => id === asked) ?? behind[0]
    const lead = chosen === undefined ? undefined : await lockById(tx, chosen.id)
    if (deposit === undefined || lead === undefined) return unknown
    if (!isTheirs(by, deposit, lead)) return unknown
    if (deposit.codes === null || deposit.madeAt === null || deposit.disownedAt !== null) return notWaiting
    const now = ports.clock.now()
    for (const parcel of behind) {
      if (await isTooOften(tx.query, { parcel, type: 'code-resent', now })) return tooOften
    }
    const { operator, label, generation } = deposit
    const step = remark(lead, 'code-resent', now, { operator, label, generation })
    await saveChanges(ports.outbox, tx, { parcels: [step.record], news: step.news })
    if ('word' in by) saveWords(tx, step.news, by.word)
    return { ok: true, value: undefined }
  })
}

type Asked = { readonly parcel: Pick<ParcelRecord, 'id'>; readonly type: ParcelNewsType; readonly now: Instant }

export async function isTooOften(query: ParcelsPorts['db']['query'], { parcel, type, now }: Asked): Promise<boolean> {
  const recent = await readWhen(query, parcel.id, { type, since: after(now, durationMs(0 - limits.within)) })
  return recent.length >= limits.times || recent.some((told) => now < after(told, limits.apart))
}
