import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { CabinetRecord } from './records.ts'

export type JournalRow = {
  readonly cabinet: string
  readonly operator_id: string
  readonly shard: number
  readonly incarnation: string
  readonly public_key: string
  readonly seq: number
  readonly hash: string
  readonly snapshot_seq: number | null
  readonly state: unknown
}

export async function readJournals(query: Query, cabinets: readonly CabinetId[]): Promise<readonly JournalRow[]> {
  return await query<JournalRow>(
    `select c.cabinet, c.operator_id, c.shard, c.incarnation, c.public_key, j.seq, j.hash,
            s.seq as snapshot_seq, s.state
     from cabinet c
     join cabinet_journal j on j.cabinet = c.cabinet and j.incarnation = c.incarnation
     left join cabinet_snapshot s on s.cabinet = c.cabinet and s.incarnation = c.incarnation
     where c.cabinet = any($1::uuid[])`,
    [cabinets.map(idToUuid)],
  )
}

export async function readFactsAfter(
  query: Query,
  records: readonly CabinetRecord[],
): Promise<readonly { readonly cabinet: string; readonly entry: string }[]> {
  return await query(
    `select f.cabinet, f.entry
     from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as r(cabinet, incarnation, seq)
     join cabinet_fact f on f.cabinet = r.cabinet and f.incarnation = r.incarnation and f.seq > r.seq
     order by f.cabinet, f.seq`,
    [
      records.map(({ uuids }) => uuids.cabinet),
      records.map(({ uuids }) => uuids.incarnation),
      records.map(({ snapshotSeq }) => snapshotSeq),
    ],
  )
}

export type StoredPlace = { readonly cabinet: string; readonly incarnation: string; readonly seq: number }

/** Hashes of entries stored before, keyed `<cabinet uuid>/<seq>`. */
export async function readHashes(query: Query, places: readonly StoredPlace[]): Promise<ReadonlyMap<string, string>> {
  if (places.length === 0) return new Map()
  const rows = await query<{ cabinet: string; seq: number; hash: string }>(
    `select f.cabinet, f.seq, f.hash
     from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as r(cabinet, incarnation, seq)
     join cabinet_fact f using (cabinet, incarnation, seq)`,
    [places.map((p) => p.cabinet), places.map((p) => p.incarnation), places.map((p) => p.seq)],
  )
  return new Map(rows.map(({ cabinet, seq, hash }) => [`${cabinet}/${seq}`, hash]))
}

/** Rows of one batch; uuids as text, at most one journal row for each cabinet. */
export type Batch = {
  readonly journals: readonly JournalMove[]
  readonly facts: readonly object[]
  readonly privates: readonly object[]
  readonly compartments: readonly object[]
  readonly deposits: readonly object[]
  readonly gone: readonly object[]
  readonly snapshots: readonly object[]
  readonly news: readonly object[]
}

export type JournalMove = {
  readonly cabinet: string
  readonly incarnation: string
  readonly was: number
  readonly was_hash: string
  readonly seq: number
  readonly hash: string
  readonly head_seq: number | null
  readonly head_signature: string | null
  readonly courier: string | null
  readonly session: string | null
}

/**
 * One statement, one transaction. A journal moves only from where the caller knew it to be, and rows of a cabinet
 * whose journal did not move are not written: a process whose shard was taken from it changes nothing.
 */
const commitSql = `
with moved as (
  update cabinet_journal j
  set seq = m.seq, hash = m.hash, courier = m.courier, session = m.session,
      head_seq = coalesce(m.head_seq, j.head_seq), head_signature = coalesce(m.head_signature, j.head_signature)
  from json_to_recordset($1::json) as m(cabinet uuid, incarnation uuid, was bigint, was_hash text, seq bigint,
    hash text, head_seq bigint, head_signature text, courier uuid, session uuid)
  where j.cabinet = m.cabinet and j.incarnation = m.incarnation and j.seq = m.was and j.hash = m.was_hash
  returning j.cabinet, j.incarnation, j.operator_id),
facts as (
  insert into cabinet_fact (cabinet, incarnation, seq, operator_id, received_at, hash, entry, deposit)
  select cabinet, incarnation, seq, operator_id, $9::bigint, hash, entry, deposit
  from json_to_recordset($2::json) as f(cabinet uuid, seq bigint, hash text, entry text, deposit uuid)
  join moved using (cabinet)),
privates as (
  insert into cabinet_private (cabinet, incarnation, seq, deposit, received_at, blob)
  select cabinet, incarnation, seq, deposit, $9::bigint, blob
  from json_to_recordset($3::json) as p(cabinet uuid, seq bigint, deposit uuid, blob text)
  join moved using (cabinet)
  -- A courier's phone may have brought it before.
  on conflict (cabinet, incarnation, seq) do nothing),
compartments as (
  insert into cabinet_compartment as old (cabinet, compartment, operator_id, epoch, use, suspicion, door, deposit, since)
  select cabinet, compartment, operator_id, epoch, use, suspicion, door, deposit, $9::bigint
  from json_to_recordset($4::json) as c(cabinet uuid, compartment uuid, epoch bigint, use text, suspicion text,
    door text, deposit uuid)
  join moved using (cabinet)
  on conflict (cabinet, compartment) do update
  set epoch = excluded.epoch, use = excluded.use, suspicion = excluded.suspicion, door = excluded.door,
      deposit = excluded.deposit, since = excluded.since),
deposits as (
  insert into cabinet_deposit (cabinet, deposit, operator_id, carrier_id, person, compartment, epoch, stage, parcels,
    label, size)
  select cabinet, deposit, operator_id, carrier, person, compartment, epoch, stage, parcels, label, size
  from json_to_recordset($5::json) as d(cabinet uuid, deposit uuid, carrier uuid, person uuid, compartment uuid,
    epoch bigint, stage text, parcels jsonb, label text, size text)
  join moved using (cabinet)
  on conflict (cabinet, deposit) do update
  set compartment = excluded.compartment, epoch = excluded.epoch, stage = excluded.stage, parcels = excluded.parcels,
      label = excluded.label, size = excluded.size),
gone as (
  delete from cabinet_deposit d using json_to_recordset($6::json) as g(cabinet uuid, deposit uuid), moved
  where d.cabinet = g.cabinet and d.deposit = g.deposit and moved.cabinet = g.cabinet),
snapshots as (
  insert into cabinet_snapshot (cabinet, incarnation, seq, state)
  select cabinet, incarnation, seq, state
  from json_to_recordset($7::json) as s(cabinet uuid, seq bigint, state jsonb)
  join moved using (cabinet)
  on conflict (cabinet, incarnation) do update set seq = excluded.seq, state = excluded.state),
news as (
  insert into outbox (topic, kind, key, payload)
  select topic, kind, key, payload
  from json_to_recordset($8::json) as n(place integer, cabinet uuid, topic text, kind text, key text, payload jsonb)
  join moved using (cabinet)
  order by place)
select cabinet from moved`

/** Gives the uuids of the cabinets whose rows are now committed. */
export async function commitBatch(query: Query, batch: Batch, at: number): Promise<ReadonlySet<string>> {
  const moved = await query<{ cabinet: string }>(commitSql, [
    JSON.stringify(batch.journals),
    JSON.stringify(batch.facts),
    JSON.stringify(batch.privates),
    JSON.stringify(batch.compartments),
    JSON.stringify(batch.deposits),
    JSON.stringify(batch.gone),
    JSON.stringify(batch.snapshots),
    JSON.stringify(batch.news.map((row, place) => ({ place, ...row }))),
    at,
  ])
  return new Set(moved.map(({ cabinet }) => cabinet))
}
