import { type StaffId, makeId } from '@holdfast/core/values/ids.ts'
import { minutes } from '@holdfast/core/values/instants.ts'
import type { NewStaff, Outcome, People, PeoplePorts } from '../people.ts'
import type { Throttle } from '../sign-in/throttle.ts'
import {
  type Password,
  type StaffRow,
  operatorName,
  putOperator,
  putStaff,
  staffByEmail,
  staffById,
} from './store.postgres.ts'

export type Staffing = Pick<People, 'createOperator' | 'createStaff' | 'operatorName' | 'staffName'> & {
  readonly signIn: (shown: StaffProof) => Promise<Outcome<StaffId>>
  readonly profile: (staff: StaffId) => Promise<StaffRow | undefined>
}

export type StaffProof = { readonly email: string; readonly password: string; readonly address: string }

export const passwordLimits = {
  shortest: 12,
  perAccount: 10,
  /** An office may share one address. */
  perAddress: 50,
  window: minutes(15),
} as const

const utf8 = new TextEncoder()

export type HashPassword = (password: string) => Promise<Password>

const stretch =
  ({ seals }: PeoplePorts) =>
  async (password: string, salt: Uint8Array, cost: number): Promise<Uint8Array> =>
    await seals.slowHash(utf8.encode(password.normalize('NFKC')), salt, cost)

/** A new password as it is kept. */
export const hashing =
  (ports: PeoplePorts): HashPassword =>
  async (password) => {
    const [salt, cost] = [ports.seals.random(16), ports.config.passwordCost]
    return { salt, cost, hash: await stretch(ports)(password, salt, cost) }
  }

export function createStaffing(ports: PeoplePorts, throttle: Throttle): Staffing {
  const { db, clock, seals, config } = ports
  const hash = stretch(ports)
  const create = async ({ operator, email, name, role, password }: NewStaff): Promise<Outcome<StaffId>> => {
    if ([...password].length < passwordLimits.shortest) return { ok: false, refusal: 'password-too-short' }
    const at = clock.now()
    const staff = makeId('staff', at, seals.random(10))
    const row = { staff, operator, email: email.trim(), name, role, at, joinedAt: at }
    const made = await putStaff(db.query, row, await hashing(ports)(password))
    return made ? { ok: true, value: staff } : { ok: false, refusal: 'staff-exists' }
  }
  const signIn = async ({ email, password, address }: StaffProof): Promise<Outcome<StaffId>> => {
    const account = email.trim().toLowerCase()
    const per = passwordLimits.window
    const allowed =
      (await throttle.allow({ what: 'staff-address', who: address, most: passwordLimits.perAddress, per })) &&
      (await throttle.allow({ what: 'staff-account', who: account, most: passwordLimits.perAccount, per }))
    if (!allowed) return { ok: false, refusal: 'sign-in-throttled' }
    const found = await staffByEmail(db, account)
    // A stranger's password costs as much time as a colleague's, so that nobody learns who has an account.
    const judged: Password = found ?? { salt: seals.random(16), cost: config.passwordCost, hash: seals.random(32) }
    const right = seals.equal(await hash(password, judged.salt, judged.cost), judged.hash)
    if (found === undefined || !right) return { ok: false, refusal: 'sign-in-failed' }
    await throttle.clear('staff-account', account)
    return { ok: true, value: found.staff }
  }
  return {
    signIn,
    createStaff: create,
    createOperator: async ({ name, operator: given }) => {
      const operator = given ?? makeId('operator', clock.now(), seals.random(10))
      await putOperator(db.query, operator, { name, at: clock.now() })
      return operator
    },
    profile: async (staff) => await staffById(db, staff),
    operatorName: async (operator) => (await operatorName(db, operator)) ?? '',
    staffName: async (staff) => (await staffById(db, staff))?.name ?? '',
  }
}
