import { refusePlatform } from './refusals.ts'
import type { Audience, Caller, Gates, Reply, Who } from './route.ts'

export const cookieOf: Readonly<Record<Audience, string>> = {
  courier: 'hf_courier',
  recipient: 'hf_recipient',
  operator: 'hf_operator',
}

/** What a request shows of itself; names in lower case. */
export type Credentials = {
  readonly method: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly cookies: Readonly<Record<string, string | undefined>>
}

export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly reply: Reply }

const refused = (reply: Reply): Admission => ({ kind: 'refused', reply })
const admitted = (caller: Caller): Admission => ({ kind: 'admitted', caller })

/** Decides who calls, by the route's declaration and nothing else. */
export async function admit(who: Who, gates: Gates, shown: Credentials): Promise<Admission> {
  if (who === 'public') return admitted({ kind: 'public' })
  if (who === 'carrier') {
    const key = bearerOf(shown)
    const carrier = key === undefined ? undefined : await gates.carrier(key)
    return carrier === undefined ? refused(refusePlatform('api-key-invalid')) : admitted(carrier)
  }
  if (fromElsewhere(shown)) return refused(refusePlatform('origin-refused'))
  if (who === 'courier' || who === 'recipient') {
    const token = shown.cookies[cookieOf[who]]
    const person = token === undefined ? undefined : await gates[who](token)
    return person === undefined ? refused(refusePlatform('not-signed-in')) : admitted(person)
  }
  const token = shown.cookies[cookieOf.operator]
  const staff = token === undefined ? undefined : await gates.staff(token)
  if (staff === undefined) return refused(refusePlatform('not-signed-in'))
  return who.staff.includes(staff.role) ? admitted(staff) : refused(refusePlatform('role-missing'))
}

function bearerOf({ headers }: Credentials): string | undefined {
  const given = headers['authorization']
  return typeof given === 'string' && given.startsWith('Bearer ') ? given.slice(7) : undefined
}

/** A second lock beside SameSite=Strict: a browser names the page that sends a changing request. */
function fromElsewhere({ method, headers }: Credentials): boolean {
  const origin = headers['origin']
  if (method === 'GET' || typeof origin !== 'string') return false
  return !URL.canParse(origin) || new URL(origin).host !== headers['host']
}
