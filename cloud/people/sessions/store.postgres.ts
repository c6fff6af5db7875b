import { type PersonId, type SessionId, type StaffId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Audience, StaffRole } from '../../platform/http/route.ts'
import type { Db, Query } from '../../platform/postgres/db.ts'

export type NewSession = {
  readonly token: Uint8Array
  readonly session: SessionId
  readonly audience: Audience
  readonly subject: PersonId | StaffId
  readonly at: Instant
}

export async function putSession(db: Db, { token, session, audience, subject, at }: NewSession): Promise<void> {
  await db.query(
    `insert into session (token, session, audience, subject, created_at, seen_at) values ($1, $2, $3, $4, $5, $5)`,
    [token, idToUuid(session), audience, idToUuid(subject), at],
  )
}

/** A session is alive while it began after `bornAfter` and was used after `seenAfter`. */
export type Window = { readonly now: Instant; readonly bornAfter: number; readonly seenAfter: number }

export type PersonSession = { readonly session: SessionId; readonly person: PersonId; readonly seenAt: number }

const alive = `s.token = $1 and s.audience = $2 and s.ended_at is null and s.created_at > $3 and s.seen_at > $4`

/** The last look of who has this phone, among the sessions that are alive. */
export async function lastLook(
  query: Query,
  phoneKey: Uint8Array,
  { bornAfter, seenAfter }: Window,
): Promise<{ readonly person: PersonId; readonly looked: Instant } | undefined> {
  const [row] = await query<{ readonly person: string; readonly looked: Instant }>(
    `select p.person, max(s.seen_at) as looked
     from person p join session s on s.subject = p.person and s.audience = 'recipient' and s.ended_at is null
     where p.phone_key = $1 and s.created_at > $2 and s.seen_at > $3 group by p.person`,
    [phoneKey, bornAfter, seenAfter],
  )
  return row === undefined ? undefined : { person: idFromUuid('person', row.person), looked: row.looked }
}

/** A courier is one only while employed. */
export async function personSession(
  db: Db,
  audience: 'courier' | 'recipient',
  { token, window }: { readonly token: Uint8Array; readonly window: Window },
): Promise<PersonSession | undefined> {
  const [row] = await db.query<{ readonly session: string; readonly person: string; readonly seenAt: number }>(
    `select s.session, s.subject as person, s.seen_at as "seenAt" from session s
     where ${alive} and ($2 <> 'courier' or exists (select from employment e
       where e.person = s.subject and e.from_at <= $5 and (e.until_at is null or e.until_at > $5)))`,
    [token, audience, window.bornAfter, window.seenAfter, window.now],
  )
  if (row === undefined) return undefined
  return { session: idFromUuid('session', row.session), person: idFromUuid('person', row.person), seenAt: row.seenAt }
}

type RawStaff = {
  readonly session: string
  readonly staff: string
  readonly operator: string
  readonly role: StaffRole
  readonly seenAt: number
}

export async function staffSession(db: Db, token: Uint8Array, window: Window) {
  const [row] = await db.query<RawStaff>(
    `select s.session, t.staff, t.operator_id as operator, t.role, s.seen_at as "seenAt"
     from session s join staff t on t.staff = s.subject
     where ${alive} and t.left_at is null`,
    [token, 'operator', window.bornAfter, window.seenAfter],
  )
  if (row === undefined) return undefined
  return {
    session: idFromUuid('session', row.session),
    staff: idFromUuid('staff', row.staff),
    operator: idFromUuid('operator', row.operator),
    role: row.role,
    seenAt: row.seenAt,
  }
}

export async function seeSession(db: Db, token: Uint8Array, at: Instant): Promise<void> {
  await db.query('update session set seen_at = $2 where token = $1 and seen_at < $2', [token, at])
}

export async function endSession(db: Db, session: SessionId, at: Instant): Promise<void> {
  await db.query('update session set ended_at = $2 where session = $1 and ended_at is null', [idToUuid(session), at])
}

export async function forgetSessions(db: Db, bornBefore: number): Promise<void> {
  await db.query('delete from session where created_at < $1', [bornBefore])
}
