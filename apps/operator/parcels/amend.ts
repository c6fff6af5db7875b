import type { OperatorParcel } from '@holdfast/wire/http/parcels.ts'

/** What a person of the operator's can put right for a recipient who does not know of the parcel. */
export type Amending = 'recipient' | 'resend'

/** Only behind a door there is a code to kill or to tell again. */
export const canAmend = ({ state, door }: OperatorParcel): boolean =>
  door !== null && (state === 'stored' || state === 'overdue')

/** A word that explains nothing is no reason: the cloud refuses it too. */
const reasonLength = 3
/** Shorter is nobody's number: wire's contract says the same. */
const phoneLength = 3

export interface AmendForm {
  readonly reason: string
  readonly phone: string
}

export type AmendGap = 'reason' | 'phone'

export const gapsOf = (what: Amending, { reason, phone }: AmendForm): readonly AmendGap[] => [
  ...(what === 'recipient' && phone.trim().length < phoneLength ? (['phone'] as const) : []),
  ...(reason.trim().length < reasonLength ? (['reason'] as const) : []),
]

/** What is sent, once nothing is missing. */
export const bodyOf = (what: Amending, { reason, phone }: AmendForm): object =>
  what === 'recipient' ? { recipientPhone: phone.trim(), reason: reason.trim() } : { reason: reason.trim() }
