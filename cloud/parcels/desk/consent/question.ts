import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { after, type Instant, minutes } from '@holdfast/core/values/instants.ts'
import { type ParcelRecord, saidAt } from '../../rows/record.ts'

/** A courier stands there with the parcel: whoever has not answered by then did not answer. */
export const answerWithin = minutes(10)

/** Where the parcel is to go, as far as anybody has said. */
export const headedFor = ({ askedCabinet, namedCabinet }: ParcelRecord): CabinetId | null =>
  askedCabinet ?? namedCabinet

/** Asked, and neither answered nor given up: nobody is asked about another cabinet meanwhile. */
export const isOpen = (record: ParcelRecord, now: Instant): boolean =>
  isWaiting(record) && record.question !== null && now < after(record.question.at, answerWithin)

/** Asked, and no answer came in time. One that comes later still counts, until another question is put. */
export const isUnanswered = (record: ParcelRecord, now: Instant): boolean => isWaiting(record) && !isOpen(record, now)

const isWaiting = (record: ParcelRecord): boolean =>
  record.askedCabinet !== null && saidAt(record, record.askedCabinet) === undefined

/** The recipient is asked about this cabinet now; what he was asked before and left unanswered is remembered. */
export function withQuestion(record: ParcelRecord, cabinet: CabinetId, at: Instant): ParcelRecord {
  const { askedCabinet, question } = record
  const before = headedFor(record)
  const left = isWaiting(record) && askedCabinet !== null && askedCabinet !== cabinet ? [askedCabinet] : []
  return {
    ...record,
    askedCabinet: cabinet,
    question: {
      about: cabinet,
      at,
      number: (question?.number ?? (askedCabinet === null ? 0 : 1)) + 1,
      insteadOf: before === cabinet ? null : before,
      silent: [...(question?.silent ?? []), ...left],
    },
  }
}

/** Which question an answer is meant for: the cabinet that stood beside it, or the number in the message. */
export type Meant = { readonly cabinet?: CabinetId | undefined; readonly number?: number | undefined }

/**
 * Whether an answer is to the question that stands now. A bare yes is to none where an earlier question was left
 * unanswered: it may be the late answer to that one, and no door opens on a guess.
 */
export function isMeant(record: ParcelRecord, { cabinet, number }: Meant, accept: boolean): boolean {
  const { question } = record
  if (cabinet !== undefined) return cabinet === headedFor(record)
  if (number !== undefined)
    return question === null ? number === 1 : question.about === headedFor(record) && number === question.number
  return !accept || question === null || question.silent.length === 0
}
