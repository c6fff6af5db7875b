import { type OperatorId, type StaffId, idToUuid, makeId, readId } from '@holdfast/core/values/ids.ts'
import type { Colleague, ColleagueChange, InviteRequest, StaffLink } from '@holdfast/wire/http/desk/staff.ts'
import type { Outcome, PeoplePorts } from '../people.ts'
import { changeColleague, lockColleague, readColleagues } from './colleagues.postgres.ts'
import { endStaffSessions } from './links.postgres.ts'
import type { Links } from './links.ts'
import { type HashPassword } from './staff.ts'
import { putStaff } from './store.postgres.ts'

type Paged = { readonly items: readonly Colleague[]; readonly next: string | null }

/** Who works at an operator's desk. A password is known to its owner alone: others only hand on links. */
export type Colleagues = {
  readonly list: (operator: OperatorId, page: { readonly after?: string; readonly limit: number }) => Promise<Paged>
  readonly invite: (operator: OperatorId, request: InviteRequest) => Promise<Outcome<StaffLink>>
  readonly reset: (operator: OperatorId, staff: StaffId) => Promise<Outcome<StaffLink>>
  readonly change: (operator: OperatorId, staff: StaffId, change: ColleagueChange) => Promise<Outcome<undefined>>
}

export function createColleagues(ports: PeoplePorts, links: Links, hash: HashPassword): Colleagues {
  const { db, clock, seals } = ports
  return {
    list: async (operator, { after, limit }) => {
      const from = readId('staff', after ?? '')
      const page = { after: from === undefined ? null : idToUuid(from), limit: limit + 1 }
      const rows = await readColleagues(db.query, operator, page)
      const items = rows.slice(0, limit)
      return { items, next: rows.length > limit ? (items.at(-1)?.staff ?? null) : null }
    },
    invite: async (operator, { name, email, role }) => {
      const at = clock.now()
      const staff = makeId('staff', at, seals.random(10))
      // Nobody knows this one: the way in is the link.
      const password = await hash(`${seals.random(24).join('.')}`)
      const row = { staff, operator, email: email.trim(), name: name.trim(), role, at, joinedAt: null }
      const made = await putStaff(db.query, row, password)
      return made ? { ok: true, value: await links.makeFor('invite', staff) } : { ok: false, refusal: 'staff-exists' }
    },
    reset: async (operator, staff) => {
      const found = await db.transaction(async (tx) => await lockColleague(tx, operator, staff))
      if (found === undefined || !found.colleague.isActive) return { ok: false, refusal: 'staff-unknown' }
      return { ok: true, value: await links.makeFor(found.colleague.hasJoined ? 'reset' : 'invite', staff) }
    },
    change: async (operator, staff, { role, active }) =>
      await db.transaction(async (tx): Promise<Outcome<undefined>> => {
        const found = await lockColleague(tx, operator, staff)
        if (found === undefined) return { ok: false, refusal: 'staff-unknown' }
        const { colleague, otherManagers } = found
        const staysActive = active ?? colleague.isActive
        const staysManager = staysActive && (role ?? colleague.role) === 'manager'
        const isManager = colleague.isActive && colleague.role === 'manager' && colleague.hasJoined
        if (isManager && !staysManager && otherManagers === 0) return { ok: false, refusal: 'last-manager' }
        const at = clock.now()
        await changeColleague(tx, staff, { role: role ?? null, leftAt: staysActive ? null : at })
        if (!staysActive) await endStaffSessions(tx, staff, at)
        return { ok: true, value: undefined }
      }),
  }
}
