import { type DurationMs, type Instant, hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Db } from '../../platform/postgres/db.ts'
import type { CodePurpose } from '../people.ts'

export const codeLimits = {
  life: minutes(10),
  tries: 5,
  resendAfter: minutes(1),
  aDay: 5,
} as const

const day: DurationMs = hours(24)

export type CodePlace = { readonly phoneKey: Uint8Array; readonly purpose: CodePurpose }
export type NewCode = CodePlace & { readonly hash: Uint8Array; readonly locale: Locale | null; readonly at: Instant }

/** Takes the place of the last code, unless that was sent too shortly before or too many were today. */
export async function issueCode(db: Db, code: NewCode): Promise<'issued' | 'code-too-soon' | 'codes-spent'> {
  const issued = await db.query(
    `insert into sign_in_code as c
       (phone_key, purpose, code_hash, locale, expires_at, sent_at, day_from, day_count)
     values ($1, $2, $3, $4, $5, $6, $6, 1)
     on conflict (phone_key, purpose) do update set code_hash = $3, locale = $4, tries = 0, expires_at = $5, sent_at = $6,
       day_from = case when c.day_from <= $7 then $6 else c.day_from end,
       day_count = case when c.day_from <= $7 then 1 else c.day_count + 1 end
     where c.sent_at <= $8 and (c.day_from <= $7 or c.day_count < $9) returning purpose`,
    [
      code.phoneKey,
      code.purpose,
      code.hash,
      code.locale,
      code.at + codeLimits.life,
      code.at,
      code.at - day,
      code.at - codeLimits.resendAfter,
      codeLimits.aDay,
    ],
  )
  if (issued.length > 0) return 'issued'
  const [last] = await db.query<{ readonly spent: boolean }>(
    'select day_count >= $3 and day_from > $4 as spent from sign_in_code where phone_key = $1 and purpose = $2',
    [code.phoneKey, code.purpose, codeLimits.aDay, code.at - day],
  )
  return last?.spent === true ? 'codes-spent' : 'code-too-soon'
}

/** Counts the try before anything is compared. */
export async function tryCode(
  db: Db,
  { phoneKey, purpose }: CodePlace,
  at: Instant,
): Promise<{ readonly hash: Uint8Array; readonly locale: Locale | null } | undefined> {
  const [row] = await db.query<{ readonly hash: Uint8Array; readonly locale: Locale | null }>(
    `update sign_in_code set tries = tries + 1
     where phone_key = $1 and purpose = $2 and code_hash is not null and tries < $3 and expires_at > $4
     returning code_hash as hash, locale`,
    [phoneKey, purpose, codeLimits.tries, at],
  )
  return row
}

/** False where another call spent it first. */
export async function spendCode(db: Db, { phoneKey, purpose }: CodePlace, hash: Uint8Array): Promise<boolean> {
  const spent = await db.query(
    `update sign_in_code set code_hash = null where phone_key = $1 and purpose = $2 and code_hash = $3
     returning purpose`,
    [phoneKey, purpose, hash],
  )
  return spent.length > 0
}

/** The counts of a day must outlive the code. */
export async function forgetCodes(db: Db, now: Instant): Promise<void> {
  await db.query('delete from sign_in_code where expires_at < $1', [now - day])
}
