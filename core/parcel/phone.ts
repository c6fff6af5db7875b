import { refuse } from '../decider/decider.ts'
import type { Brand } from '../values/brand.ts'

/** E.164: '+', country calling code and national number. */
export type Phone = Brand<string, 'Phone'>

interface Plan {
  readonly calling: string
  /** Mobile numbers without the trunk digit: what can get a message. */
  readonly mobile: RegExp
  /** As it is dialled at home, trunk digit and all: what can be rung up. None where mobile numbers look alike. */
  readonly landline?: RegExp
  /** What people put in front at home and leave out abroad. */
  readonly trunk?: string
}

const plans = {
  CN: { calling: '86', mobile: /^1[3-9]\d{9}$/u, landline: /^0(?:10\d{8}|2\d{9}|[3-9]\d{9,10})$/u },
  DE: { calling: '49', mobile: /^1[5-7]\d{8,9}$/u, landline: /^0[2-9]\d{6,10}$/u, trunk: '0' },
  FR: { calling: '33', mobile: /^[67]\d{8}$/u, landline: /^0[1-59]\d{8}$/u, trunk: '0' },
  GB: { calling: '44', mobile: /^7[1-9]\d{8}$/u, landline: /^0[12]\d{8,9}$/u, trunk: '0' },
  HK: { calling: '852', mobile: /^[4-9]\d{7}$/u, landline: /^[23]\d{7}$/u },
  JP: { calling: '81', mobile: /^[789]0\d{8}$/u, landline: /^0[1-9][1-9]\d{7}$/u, trunk: '0' },
  KR: { calling: '82', mobile: /^1(?:0\d{8}|[16-9]\d{7,8})$/u, landline: /^0(?:2|[3-6][1-5])\d{7,8}$/u, trunk: '0' },
  MO: { calling: '853', mobile: /^6\d{7}$/u, landline: /^(?:28|8\d)\d{6}$/u },
  SG: { calling: '65', mobile: /^[89]\d{7}$/u, landline: /^6\d{7}$/u },
  TW: { calling: '886', mobile: /^9\d{8}$/u, landline: /^0[2-8]\d{7,8}$/u, trunk: '0' },
  US: { calling: '1', mobile: /^[2-9]\d{2}[2-9]\d{6}$/u },
} as const satisfies Readonly<Record<string, Plan>>

/** Countries whose people may type their number without a country code. */
export type PhoneCountry = keyof typeof plans

export type PhoneReading =
  | { readonly accepted: true; readonly phone: Phone }
  | { readonly accepted: false; readonly refusal: 'phone-unreadable' }

const byCalling: ReadonlyMap<string, Plan> = new Map(Object.values(plans).map((plan) => [plan.calling, plan]))

/** Calling codes that people have (ITU-T E.164 list, 2016, less services and networks without a country). */
const callingCode = new RegExp(
  '^(?:1|7|2(?:[07]|1[1-368]|[2-4]\\d|5[0-8]|6\\d|9[01789])|3(?:[0-469]|5\\d|7[0-8]|8[0-35-79])|4(?:[013-9]|2[013])' +
    '|5(?:[1-8]|[09]\\d)|6(?:[0-6]|7[02-9]|8[0-35-9]|9[0-2])|8(?:[1246]|5[0235-6]|80|86)' +
    '|9(?:[0-58]|6[0-8]|7[0-7]|9[2-68]))',
  'u',
)

/**
 * Reads a recipient's phone as typed at a cabinet that may be offline: half and full width, spaces, dots, hyphens,
 * brackets, '+' or '00' before a country code. Mobile numbers and landlines where the plan is known; for every other
 * country only that the code exists and the length is possible. It does not know whether a number is in service, nor
 * extensions or other countries' exit codes; the cloud asks a full library at its edge.
 */
export function readPhone(typed: string, country: PhoneCountry): PhoneReading {
  if (typed.length > 64) return refuse('phone-unreadable')
  const text = typed.normalize('NFKC').replaceAll(/[\s().\p{Pd}]/gu, '')
  const international = /^(?:\+|00)(?<digits>[1-9]\d{5,14})$/u.exec(text)?.groups?.digits
  const digits = international === undefined ? domestic(text, plans[country]) : abroad(international)
  const phone = `+${digits ?? ''}`
  return isPhone(phone) ? { accepted: true, phone } : refuse('phone-unreadable')
}

/** Whether a text has the form of E.164; nothing about the country. */
export const isPhone = (text: string): text is Phone => /^\+[1-9]\d{6,14}$/u.test(text)

/** '138******78', and '010******78' where people say the trunk digit: at least six digits stay hidden. */
export function maskPhone(phone: Phone): string {
  const digits = phone.slice(1)
  const calling = callingCode.exec(digits)?.[0] ?? ''
  const national = digits.slice(calling.length)
  const shown = Math.max(0, Math.min(5, national.length - 6))
  const tail = Math.min(2, shown)
  const head = (byCalling.get(calling)?.trunk ?? '') + national.slice(0, shown - tail)
  return head + '*'.repeat(national.length - shown) + national.slice(national.length - tail)
}

/** Helps a person tell numbers apart and steps up a code; never a secret. */
export const lastFour = (phone: Phone): string => phone.slice(-4)

function domestic(text: string, plan: Plan): string | undefined {
  const national = withoutTrunk(text, plan)
  if (plan.mobile.test(national)) return plan.calling + national
  if (plan.landline?.test(text) === true) return plan.calling + withoutZero(text)
  // Some type the country code without the '+'.
  return text.startsWith(plan.calling) && plan.mobile.test(text.slice(plan.calling.length)) ? text : undefined
}

function abroad(digits: string): string | undefined {
  const calling = callingCode.exec(digits)?.[0]
  if (calling === undefined) return undefined
  const national = digits.slice(calling.length)
  const plan = byCalling.get(calling)
  if (plan === undefined) return national.length >= 6 && digits.length >= 8 ? digits : undefined
  const bare = withoutTrunk(national, plan)
  if (plan.mobile.test(bare)) return calling + bare
  const line = withoutZero(national)
  return [line, `0${line}`].some((dialled) => plan.landline?.test(dialled) === true) ? calling + line : undefined
}

/** The trunk digit of landlines, wherever they have one. */
const withoutZero = (text: string): string => text.replace(/^0/u, '')

function withoutTrunk(national: string, plan: Plan): string {
  return plan.trunk !== undefined && national.startsWith(plan.trunk) ? national.slice(plan.trunk.length) : national
}
