import { Value } from 'typebox/value'
import {
  sealedCodeSchema,
  sealedPhoneSchema,
  type SealedSignIn,
  sealedSignInSchema,
} from '@holdfast/wire/cabinet/asks.ts'
import { days, minutes } from '@holdfast/core/values/instants.ts'
import type { AskReply, OpenedAsk } from '../cabinets/facts.ts'
import { codeOf } from '../platform/failure.ts'
import type { AccessPorts } from './access.ts'
import { writeGrant } from './grants.ts'
import { takeScreen } from './screens.postgres.ts'

/** What one kiosk may ask in a window: a rooted cabinet must not pump messages or guess codes. */
export const kioskLimits = { codes: 20, signIns: 60, window: minutes(15) } as const

const read = (plain: unknown): SealedSignIn | undefined => (Value.Check(sealedSignInSchema, plain) ? plain : undefined)

/** A code for a courier who has only his phone number with him. */
export async function answerCourierCode(
  { people }: AccessPorts,
  { cabinet, plain }: OpenedAsk<'courier-code'>,
): Promise<AskReply> {
  const phone = people.readPhone(read(plain)?.phone ?? '')
  if (phone === undefined) return { refusal: 'phone-unreadable' }
  const { codes: most, window: per } = kioskLimits
  if (!(await people.allow({ what: 'kiosk-code', who: cabinet, most, per }))) return { refusal: 'too-many-scans' }
  const sent = await people.sendCode({ phone, purpose: 'kiosk', cabinet })
  return sent.ok ? {} : { refusal: sent.refusal }
}

/** A stranger's phone is not to ring all day because somebody types its number at kiosks. */
export const lostCodeLimits = { apart: minutes(1), times: 5, within: days(1), kiosk: 20 } as const

/**
 * Somebody before the kiosk has lost his code. The answer is the same, and as soon, whether anything waits for that
 * phone or not: the message alone tells, and it goes to the phone.
 */
export async function answerLostCode(
  { people, parcels, log }: AccessPorts,
  { cabinet, plain }: OpenedAsk<'lost-code'>,
): Promise<AskReply> {
  const phone = Value.Check(sealedPhoneSchema, plain) ? people.readPhone(plain.phone) : undefined
  if (phone === undefined) return { refusal: 'phone-unreadable' }
  const { apart, times, within, kiosk } = lostCodeLimits
  const { window: per } = kioskLimits
  if (!(await people.allow({ what: 'kiosk-lost-code', who: cabinet, most: kiosk, per }))) return tooMany
  if (!(await people.allow({ what: 'lost-code-day', who: phone, most: times, per: within }))) return tooMany
  if (!(await people.allow({ what: 'lost-code', who: phone, most: 1, per: apart }))) return tooMany
  void parcels.resendAt(cabinet, phone).catch((error: unknown) => {
    log.warn({ code: codeOf(error), cabinet }, 'a code could not be told again')
  })
  return {}
}

/** A keypad lets 60 wrong codes through in a day; beyond its own pauses nobody learns anything here either. */
export const elsewhereLimit = 60

/**
 * A code that opens nothing where it was typed: the cabinet beside it is named where the code is right there. Whoever
 * guesses is told no more than by typing it there, and as seldom.
 */
export async function answerElsewhere(
  { people, parcels, cabinets }: AccessPorts,
  { cabinet, plain }: OpenedAsk<'elsewhere'>,
): Promise<AskReply> {
  if (!Value.Check(sealedCodeSchema, plain)) return { refusal: 'ask-unreadable' }
  if (!(await people.allow({ what: 'kiosk-elsewhere', who: cabinet, most: elsewhereLimit, per: days(1) }))) return {}
  const besides = await cabinets.besides(cabinet)
  const right = await parcels.opensAt(
    besides.map((place) => place.cabinet),
    plain.code,
  )
  const found = besides.find((place) => place.cabinet === right)
  if (found === undefined) return {}
  const { directions } = found.way
  return { cabinetName: found.name, ...(directions === undefined ? {} : { directions }) }
}

const tooMany = { refusal: 'too-many-scans' } as const

/** As many as a screen offers and a reply carries. */
const employersMax = 16

/**
 * Judges the code that was sent for this very cabinet. The answer is a sign-in grant over the kiosk's own nonce. Who
 * works for several carriers is asked for which one first: the code is counted as tried and spent by the second ask.
 */
export async function answerCourierSignIn(
  ports: AccessPorts,
  { cabinet, plain, ask }: OpenedAsk<'courier-sign-in'>,
): Promise<AskReply> {
  const { people } = ports
  const shown = read(plain)
  const phone = people.readPhone(shown?.phone ?? '')
  if (phone === undefined) return { refusal: 'phone-unreadable' }
  const { signIns: most, window: per } = kioskLimits
  if (!(await people.allow({ what: 'kiosk-code-try', who: cabinet, most, per }))) return { refusal: 'too-many-scans' }
  const person = await people.personByPhone(phone)
  const employers = person === undefined ? [] : (await people.employmentsOf(person)).map(({ carrier }) => carrier)
  const asks = employers.length > 1 && shown?.carrier === undefined
  const proof = { phone, purpose: 'kiosk', code: shown?.code ?? '', cabinet } as const
  const judged = await people.judgeCode({ ...proof, keep: asks })
  if (!judged.ok) return { refusal: judged.refusal }
  if (asks) return { carriers: employers.slice(0, employersMax) }
  const carrier = employers.find((one) => shown?.carrier === undefined || one === shown.carrier)
  if (person === undefined || carrier === undefined) return { refusal: 'courier-unknown' }
  if (!(await takeScreen(ports, { cabinet, nonce: ask.nonce }, person))) return { refusal: 'screen-taken' }
  return { grant: writeGrant(ports, { action: 'sign-in', cabinet, person, carrier }, ask) }
}
