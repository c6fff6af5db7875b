import { type DurationMs, after } from '@holdfast/core/values/instants.ts'
import type { Clock } from '../clock.ts'
import { failure } from '../failure.ts'
import type { Db, Tx } from '../postgres/db.ts'

export type Lease = { readonly shard: number; readonly epoch: number }

export type LeasesOptions = {
  readonly db: Db
  readonly clock: Clock
  /** What is shared out, e.g. 'ingest'. */
  readonly scope: string
  /** This process, unique among those that live. */
  readonly holder: string
  /** Shards are 0 … shards - 1. */
  readonly shards: number
  readonly term: DurationMs
}

export type Leases = {
  /** Renews what this holder has and takes free or expired shards up to `want`; gives all it now holds. */
  readonly hold: (want: number) => Promise<readonly Lease[]>
  /** Fails with `lease-lost` unless the lease still stands; it then stands until the transaction ends. */
  readonly fence: (tx: Tx, lease: Lease) => Promise<void>
  readonly release: () => Promise<void>
  /** Frees at once what is held by processes that have no connection to the database any more. */
  readonly bury: () => Promise<void>
  /** Holders alive now, this one included: `hold(ceil(shards / holders))` shares fairly. */
  readonly holders: () => Promise<number>
}

/** Clocks of different processes only decide how soon a dead one is replaced; the epoch decides who may write. */
export function createLeases(options: LeasesOptions): Leases {
  const { db, clock, scope, holder } = options
  return {
    hold: async (want) => await db.transaction((tx) => share(tx, options, want)),
    fence: async (tx, { shard, epoch }) => {
      const found = await tx.query(
        'select from lease where scope = $1 and shard = $2 and holder = $3 and epoch = $4 for share',
        [scope, shard, holder, epoch],
      )
      if (found.length === 0) throw failure('lease-lost', `shard ${shard} of ${scope} has another holder`)
    },
    release: async () => {
      await db.query("update lease set until = 0, holder = '' where scope = $1 and holder = $2", [scope, holder])
    },
    bury: async () => {
      // A pooler between may hide every name: where this one's own is not seen, no absence says anything.
      await db.query(
        `with alive as (select application_name as name from pg_stat_activity)
         update lease set until = 0, holder = '' where scope = $1 and holder <> '' and holder <> $2
         and $3 || $2 in (select name from alive) and $3 || holder not in (select name from alive)`,
        [scope, holder, namePrefix],
      )
    },
    holders: async () => {
      const [row] = await db.query<{ n: number }>(
        'select count(distinct holder) as n from (select holder from lease where scope = $1 and until >= $2 union select $3) h',
        [scope, clock.now(), holder],
      )
      return row?.n ?? 1
    },
  }
}

const namePrefix = 'holdfast '

/** What a holder's connections are called, so that its death is seen when the last of them ends. */
export const connectionName = (holder: string): string => `${namePrefix}${holder}`

/** For one who alone can use the database: whoever held a shard before is gone. */
export async function dropLeases(db: Db): Promise<void> {
  await db.query(`update lease set until = 0, holder = '' where holder <> ''`)
}

async function share(tx: Tx, options: LeasesOptions, want: number): Promise<readonly Lease[]> {
  const { clock, scope, holder, shards, term } = options
  const now = clock.now()
  const until = after(now, term)
  await tx.query(
    `insert into lease (scope, shard, holder, epoch, until)
     select $1, shard, '', 0, 0 from generate_series(0, $2::int - 1) shard
     where not exists (select from lease l where l.scope = $1 and l.shard = $2::int - 1)
     on conflict do nothing`,
    [scope, shards],
  )
  const held = await tx.query<Lease>(
    `update lease set until = $3 where scope = $1 and holder = $2 and until >= $4 returning shard, epoch`,
    [scope, holder, until, now],
  )
  const byShard = [...held].sort((a, b) => a.shard - b.shard)
  const surplus = byShard.slice(want).map(({ shard }) => shard)
  await tx.query(`update lease set until = 0, holder = '' where scope = $1 and shard = any($2::int[])`, [
    scope,
    surplus,
  ])
  const taken = await tx.query<Lease>(
    `update lease set holder = $2, epoch = epoch + 1, until = $3
     where scope = $1 and shard in (
       select shard from lease where scope = $1 and until < $4 and shard <> all($6::int[])
       order by shard limit $5 for update skip locked)
     returning shard, epoch`,
    [scope, holder, until, now, Math.max(0, want - held.length), surplus],
  )
  return [...byShard.slice(0, want), ...taken].sort((a, b) => a.shard - b.shard)
}
