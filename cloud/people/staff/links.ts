import { type StaffId, idFromUuid, makeId } from '@holdfast/core/values/ids.ts'
import { after, hours } from '@holdfast/core/values/instants.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { StaffLink, WelcomeRequest, WelcomeView } from '@holdfast/wire/http/desk/staff.ts'
import type { Outcome, PeoplePorts } from '../people.ts'
import {
  type LinkPurpose,
  type LinkRow,
  isHouseEmpty,
  putLink,
  readLink,
  setPassword,
  soleOperator,
  spendLink,
} from './links.postgres.ts'
import { type Password, putOperator, putStaff } from './store.postgres.ts'
import { type HashPassword, passwordLimits } from './staff.ts'

/** One-time links: whoever holds one chooses a password and is in. */
export type Links = {
  readonly make: (
    purpose: LinkPurpose,
    staff?: StaffId,
  ) => Promise<{ readonly token: string; readonly expiresAt: number }>
  readonly makeFor: (purpose: 'invite' | 'reset', staff: StaffId) => Promise<StaffLink>
  /** Fresh, while nobody has an account; the one before it is worth nothing then. */
  readonly first: () => Promise<string | undefined>
  readonly look: (token: string) => Promise<Outcome<WelcomeView>>
  readonly use: (request: WelcomeRequest) => Promise<Outcome<StaffId>>
}

/** An invitation may lie over a long weekend. */
export const linkLife = hours(96)

export function createLinks(ports: PeoplePorts, hash: HashPassword): Links {
  const { db, clock, seals } = ports
  const hashOf = (token: string): Uint8Array => seals.hash(bytesFromBase64(token) ?? new Uint8Array(0))
  const make: Links['make'] = async (purpose, staff) => {
    const token = seals.random(18)
    const at = clock.now()
    const expiresAt = after(at, linkLife)
    const whose = staff === undefined ? {} : { staff }
    await putLink(db, { token: seals.hash(token), purpose, ...whose, at, expiresAt })
    return { token: base64FromBytes(token), expiresAt }
  }
  return {
    make,
    makeFor: async (purpose, staff) => ({ staff, ...(await make(purpose, staff)) }),
    first: async () => ((await isHouseEmpty(db.query)) ? (await make('first')).token : undefined),
    look: async (token) => {
      const link = await readLink(db.query, hashOf(token), clock.now())
      if (link === undefined) return { ok: false, refusal: 'link-spent' }
      const { purpose, name, email, operatorName } = link
      return { ok: true, value: { purpose, name, email, operatorName } }
    },
    use: async (request) => {
      if ([...request.password].length < passwordLimits.shortest) return { ok: false, refusal: 'password-too-short' }
      const token = hashOf(request.token)
      const link = await readLink(db.query, token, clock.now())
      if (link === undefined) return { ok: false, refusal: 'link-spent' }
      const password = await hash(request.password)
      return await spend(ports, { request, link, token, password })
    },
  }
}

type Use = {
  readonly request: WelcomeRequest
  readonly link: LinkRow
  readonly token: Uint8Array
  readonly password: Password
}

async function spend({ db, clock, seals }: PeoplePorts, use: Use): Promise<Outcome<StaffId>> {
  const at = clock.now()
  const { staff: known } = use.link
  const { first } = use.request
  if (known === undefined && first === undefined) return { ok: false, refusal: 'link-spent' }
  return await db.transaction(async (tx): Promise<Outcome<StaffId>> => {
    if (!(await spendLink(tx, use.token, at))) return { ok: false, refusal: 'link-spent' }
    if (known !== undefined || first === undefined) {
      if (known !== undefined) await setPassword(tx, known, use.password, at)
      return known === undefined ? { ok: false, refusal: 'link-spent' } : { ok: true, value: known }
    }
    if (!(await isHouseEmpty(tx.query))) return { ok: false, refusal: 'link-spent' }
    const found = await soleOperator(tx.query)
    const operator = found === undefined ? makeId('operator', at, seals.random(10)) : idFromUuid('operator', found)
    await putOperator(tx.query, operator, { name: first.operatorName.trim(), at })
    const staff = makeId('staff', at, seals.random(10))
    const row = { staff, operator, email: first.email.trim(), name: first.name.trim(), role: 'manager' as const, at }
    await putStaff(tx.query, { ...row, joinedAt: at }, use.password)
    return { ok: true, value: staff }
  })
}
