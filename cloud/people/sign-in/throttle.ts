import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Limit } from '../people.ts'
import type { PeoplePorts } from '../people.ts'

const utf8 = new TextEncoder()

export type Throttle = {
  readonly allow: (limit: Limit) => Promise<boolean>
  /** A right answer wipes the slate. */
  readonly clear: (what: string, who: string) => Promise<void>
  readonly forget: (before: Instant) => Promise<void>
}

/** Fixed windows, counted before anything is checked (law 7's way); who it was is kept as a keyed hash. */
export function createThrottle({ db, clock, seals, keys }: PeoplePorts): Throttle {
  const key = seals.hmac(keys.atRest, utf8.encode('people/throttle/1'))
  const hide = (who: string): Uint8Array => seals.hmac(key, utf8.encode(who))
  return {
    allow: async ({ what, who, most, per }) => {
      const now = clock.now()
      const [row] = await db.query<{ readonly hits: number }>(
        `insert into throttle as t (what, who, from_at, until_at, hits) values ($1, $2, $3, $4, 1)
         on conflict (what, who) do update set
           from_at = case when t.until_at <= $3 then $3 else t.from_at end,
           until_at = case when t.until_at <= $3 then $4 else t.until_at end,
           hits = case when t.until_at <= $3 then 1 else t.hits + 1 end
         returning hits`,
        [what, hide(who), now, now + per],
      )
      return row !== undefined && row.hits <= most
    },
    clear: async (what, who) =>
      void (await db.query('delete from throttle where what = $1 and who = $2', [what, hide(who)])),
    forget: async (before) => void (await db.query('delete from throttle where until_at < $1', [before])),
  }
}
