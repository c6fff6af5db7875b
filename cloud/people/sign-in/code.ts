import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { type CabinetId, makeId } from '@holdfast/core/values/ids.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { CodeProof, CodePurpose, CodeRequest, Outcome, PeoplePorts } from '../people.ts'
import type { Phones } from '../persons/phones.ts'
import { type CodePlace, codeLimits, issueCode, spendCode, tryCode } from './store.postgres.ts'

export type Codes = {
  readonly send: (request: CodeRequest, fallback: Locale) => Promise<Outcome<undefined>>
  /** The language that the code was asked for in, where one was told. */
  readonly judge: (proof: CodeProof) => Promise<Outcome<{ readonly locale: Locale | null }>>
}

const utf8 = new TextEncoder()
const wrong = { ok: false, refusal: 'sign-in-code-wrong' } as const
/** The largest multiple of 10^6 below 2^32: beyond it some codes would be likelier. */
const fair = Math.floor(2 ** 32 / 1_000_000) * 1_000_000

export function createCodes(ports: PeoplePorts, phones: Phones): Codes {
  const { db, clock, seals } = ports
  const key = seals.hmac(ports.keys.atRest, utf8.encode('people/sign-in-code/1'))
  const hashOf = (place: CodePlace, code: string, cabinet: CabinetId | undefined): Uint8Array =>
    seals.hmac(key, utf8.encode(`${place.purpose} ${cabinet ?? ''} ${code} ${[...place.phoneKey].join(' ')}`))
  const placeOf = (phone: Phone, purpose: CodePurpose): CodePlace => ({ purpose, phoneKey: phones.key(phone) })
  return {
    send: async ({ phone, purpose, locale, cabinet }, fallback) => {
      const at = clock.now()
      const place = placeOf(phone, purpose)
      const code = drawCode(seals.random)
      const issued = await issueCode(db, { ...place, hash: hashOf(place, code, cabinet), locale: locale ?? null, at })
      if (issued !== 'issued') return { ok: false, refusal: issued }
      const sending = makeId('event', at, seals.random(10))
      const minutes = codeLimits.life / 60_000
      await ports.bringCode({ key: `sign-in/${sending}`, phone, locale: locale ?? fallback, code, minutes })
      return { ok: true, value: undefined }
    },
    judge: async ({ phone, purpose, code, cabinet, keep = false }) => {
      const place = placeOf(phone, purpose)
      const tried = await tryCode(db, place, clock.now())
      if (tried === undefined || !seals.equal(tried.hash, hashOf(place, code, cabinet))) return wrong
      if (!keep && !(await spendCode(db, place, tried.hash))) return wrong
      return { ok: true, value: { locale: tried.locale } }
    },
  }
}

function drawCode(random: (length: number) => Uint8Array): string {
  for (;;) {
    const drawn = new DataView(random(4).buffer).getUint32(0)
    if (drawn < fair) return String(drawn % 1_000_000).padStart(6, '0')
  }
}
