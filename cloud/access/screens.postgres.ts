import { type CabinetId, type PersonId, idToUuid } from '@holdfast/core/values/ids.ts'
import { type DurationMs, days, instant } from '@holdfast/core/values/instants.ts'
import type { Ports } from '../platform/ports.ts'

type Given = Pick<Ports, 'db' | 'clock'>

export type Screen = { readonly cabinet: CabinetId; readonly nonce: string }

/** Longer than any session at a kiosk lasts. */
const kept: DurationMs = days(1)

/** The first who answers a screen has it, and may go on; false for anybody else. */
export async function takeScreen({ db, clock }: Given, { cabinet, nonce }: Screen, person: PersonId): Promise<boolean> {
  const mine = idToUuid(person)
  const [row] = await db.query<{ readonly person: string }>(
    `insert into access_screen as s (cabinet, nonce, person, at) values ($1, $2, $3, $4)
     on conflict (cabinet, nonce) do update set at = s.at returning person`,
    [idToUuid(cabinet), nonce.toLowerCase(), mine, clock.now()],
  )
  return row?.person === mine
}

export async function forgetScreens({ db, clock }: Given): Promise<void> {
  await db.query('delete from access_screen where at < $1', [instant(clock.now() - kept)])
}
