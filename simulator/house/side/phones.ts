import type { Headers } from '../calls.ts'
import type { House } from '../house.ts'

type Audience = 'courier' | 'recipient'

const letterWithinMs = 5_000

/** Signs a phone in by the code that comes to it, once; undefined where no code came. */
export function createPhones({ call, clock, outward }: Pick<House, 'call' | 'clock' | 'outward'>) {
  const signedIn = new Map<string, Headers>()
  return async (phone: string, audience: Audience): Promise<Headers | undefined> => {
    const known = signedIn.get(phone)
    if (known !== undefined) return known
    const before = outward.onPhone(phone).length
    await call('/v1/sign-in/codes', { body: { phone, audience, locale: 'en' } })
    const told = (): string | undefined =>
      outward
        .onPhone(phone)
        .slice(before)
        .find((text) => signInCode.test(text))
    for (const until = clock.now() + letterWithinMs; told() === undefined && clock.now() < until;)
      await clock.sleep(100)
    const code = signInCode.exec(told() ?? '')?.[0]
    const entered = code === undefined ? undefined : await call('/v1/sign-in', { body: { phone, audience, code } })
    if (entered?.status !== 200) return undefined
    const headers = { cookie: entered.cookie }
    signedIn.set(phone, headers)
    return headers
  }
}

const signInCode = /\b\d{6}\b/u
