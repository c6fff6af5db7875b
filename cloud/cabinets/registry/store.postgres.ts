import {
  type CabinetId,
  type IncarnationId,
  type OperatorId,
  type SiteId,
  idFromUuid,
  idToUuid,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import { readOpening } from '@holdfast/core/tariff/opening.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { CabinetCreateRequest } from '@holdfast/wire/http/cabinets.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { Place } from '../cabinets.ts'
import { screenDead } from '../settings/store.postgres.ts'
import { wayColumns, wayOf, type WayRow, wayValues } from './ways.ts'

export type NewCabinet = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly site: SiteId
  readonly shard: number
  readonly salt: string
  readonly request: CabinetCreateRequest
  readonly at: Instant
}

export async function insertCabinet(tx: Tx, made: NewCabinet): Promise<void> {
  const { request, at } = made
  const [cabinet, operator] = [idToUuid(made.cabinet), idToUuid(made.operator)]
  const site = await putSite(tx, { operator, site: idToUuid(made.site), request })
  await tx.query(
    `insert into cabinet (cabinet, operator_id, shard, name, layout, salt, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [cabinet, operator, made.shard, request.name, JSON.stringify(request.layout), made.salt, at],
  )
  await tx.query(
    `insert into placement (cabinet, from_at, operator_id, site, retention_hours, complaint_phone, hours_text,
       directions, address_alias, latitude, longitude)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      cabinet,
      at,
      operator,
      site,
      request.retentionHours,
      request.complaintPhone,
      request.hours ?? null,
      ...wayValues(request),
    ],
  )
  await tx.query('insert into cabinet_health (cabinet, operator_id) values ($1, $2)', [cabinet, operator])
  await tx.query('insert into cabinet_desired (cabinet) values ($1)', [cabinet])
}

export type SiteWords = Pick<CabinetCreateRequest, 'siteName' | 'address' | 'zone'>

/** One row for a site: cabinets that stand together share it. Ids as uuids; the site's own where it was there already. */
export async function putSite(
  tx: Tx,
  { operator, site, request }: { readonly operator: string; readonly site: string; readonly request: SiteWords },
): Promise<string> {
  const [row] = await tx.query<{ readonly site: string }>(
    `insert into site (operator_id, site, name, address, zone) values ($1, $2, $3, $4, $5)
     on conflict (operator_id, name, address, zone) do update set name = excluded.name returning site`,
    [operator, site, request.siteName, request.address, request.zone],
  )
  if (row === undefined) throw new Error('an insert gave no row')
  return row.site
}

export async function insertClaim(
  tx: Tx,
  claim: { readonly tokenHash: string; readonly cabinet: CabinetId; readonly expiresAt: Instant },
): Promise<void> {
  await tx.query('insert into cabinet_claim (token_hash, cabinet, expires_at) values ($1, $2, $3)', [
    claim.tokenHash,
    idToUuid(claim.cabinet),
    claim.expiresAt,
  ])
}

export type Claim = {
  readonly cabinet: CabinetId
  readonly expiresAt: number
  readonly used: boolean
  /** What its use gave, while nothing has come from the cabinet yet: its reply may have been lost. */
  readonly given: Given | undefined
}

export type Given = {
  readonly publicKey: string
  readonly incarnation: IncarnationId
  readonly shard: number
  readonly layout: CabinetLayout
}

export async function lockClaim(tx: Tx, tokenHash: string): Promise<Claim | undefined> {
  const [row] = await tx.query<{ cabinet: string; expires_at: number; used_at: number | null }>(
    'select cabinet, expires_at, used_at from cabinet_claim where token_hash = $1 for update',
    [tokenHash],
  )
  if (row === undefined) return undefined
  const used = row.used_at !== null
  const given = used ? await readGiven(tx, row.cabinet, row.used_at) : undefined
  return { cabinet: idFromUuid('cabinet', row.cabinet), expiresAt: row.expires_at, used, given }
}

async function readGiven(tx: Tx, cabinet: string, usedAt: number | null): Promise<Given | undefined> {
  const [row] = await tx.query<Omit<Given, 'incarnation'> & { readonly incarnation: string }>(
    `select c.public_key as "publicKey", c.incarnation, c.shard, c.layout
     from cabinet c join cabinet_journal j on j.cabinet = c.cabinet and j.incarnation = c.incarnation
     where c.cabinet = $1 and c.enrolled_at = $2 and j.seq = 0`,
    [cabinet, usedAt],
  )
  return row === undefined ? undefined : { ...row, incarnation: idFromUuid('incarnation', row.incarnation) }
}

export type Enrolment = {
  readonly tokenHash: string
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
  readonly publicKey: string
  readonly mqttSecretHash: string
  readonly startHash: string
  readonly at: Instant
}

export async function enrolCabinet(
  tx: Tx,
  made: Enrolment,
): Promise<{ readonly shard: number; readonly layout: CabinetLayout } | undefined> {
  await tx.query('update cabinet_claim set used_at = $2 where token_hash = $1', [made.tokenHash, made.at])
  const [cabinet, incarnation] = [idToUuid(made.cabinet), idToUuid(made.incarnation)]
  const [row] = await tx.query<{ shard: number; layout: CabinetLayout; operator_id: string }>(
    `update cabinet set incarnation = $2, public_key = $3, mqtt_secret = $4, enrolled_at = $5
     where cabinet = $1 returning shard, layout, operator_id`,
    [cabinet, incarnation, made.publicKey, made.mqttSecretHash, made.at],
  )
  if (row === undefined) return undefined
  await tx.query('insert into cabinet_journal (cabinet, incarnation, operator_id, hash) values ($1, $2, $3, $4)', [
    cabinet,
    incarnation,
    row.operator_id,
    made.startHash,
  ])
  return row
}

type PlaceRow = WayRow & {
  readonly cabinet: string
  readonly operator_id: string
  readonly name: string
  readonly salt: string
  readonly site_name: string
  readonly address: string
  readonly zone: string
  readonly retention_hours: number
  readonly hours_text: string | null
  readonly complaint_phone: string
  readonly screen_dead: boolean
  readonly scanner_dead: boolean
  readonly outages: readonly { readonly id: string; readonly from: Instant; readonly to: Instant }[] | null
}

/** On the same site of one operator (law 11). */
export async function readBesides(query: Query, cabinet: CabinetId): Promise<readonly CabinetId[]> {
  const rows = await query<{ readonly cabinet: string }>(
    `select there.cabinet
     from placement p
     join placement there on there.operator_id = p.operator_id and there.site = p.site
       and there.until_at is null and there.cabinet <> p.cabinet
     where p.cabinet = $1 and p.until_at is null order by there.cabinet limit 20`,
    [idToUuid(cabinet)],
  )
  return rows.map(({ cabinet: id }) => idFromUuid('cabinet', id))
}

export async function readPlaces(query: Query, ids: readonly CabinetId[], now: Instant): Promise<readonly Place[]> {
  const rows = await query<PlaceRow>(
    `select c.cabinet, c.operator_id, c.name, c.salt, s.name as site_name, s.address, s.zone,
            p.retention_hours, p.complaint_phone, p.hours_text, ${wayColumns}, ${screenDead} as screen_dead,
            h.scanner = 'absent' as scanner_dead,
            (select jsonb_agg(jsonb_build_object('id', o.outage, 'from', o.from_at, 'to', o.until_at) order by o.from_at)
             from planned_outage o
             where o.cabinet = c.cabinet and o.until_at > $2 and o.cancelled_at is null) as outages
     from cabinet c
     join placement p on p.cabinet = c.cabinet and p.until_at is null
     join site s on s.operator_id = p.operator_id and s.site = p.site
     join cabinet_health h on h.cabinet = c.cabinet
     left join cabinet_setting w on w.cabinet = c.cabinet
     where c.cabinet = any($1::uuid[])`,
    [ids.map(idToUuid), now],
  )
  return rows.map((row) => ({
    cabinet: idFromUuid('cabinet', row.cabinet),
    name: row.name,
    siteName: row.site_name,
    address: row.address,
    way: wayOf(row),
    operator: idFromUuid('operator', row.operator_id),
    zone: row.zone,
    retentionHours: row.retention_hours,
    complaintPhone: row.complaint_phone,
    opening: openingOf(row.hours_text),
    outages: (row.outages ?? []).map(({ id, ...pause }) => ({ ...pause, id: idFromUuid('outage', id) })),
    salt: row.salt,
    screenDead: row.screen_dead,
    scannerDead: row.scanner_dead,
  }))
}

/** What was written before hours were counted with may be words of any kind: then nothing is known to be closed. */
function openingOf(text: string | null): Place['opening'] {
  const read = text === null ? undefined : readOpening(text)
  return read?.accepted === true ? read.opening : null
}

export async function readLogin(
  query: Query,
  cabinet: CabinetId,
): Promise<{ readonly secretHash: string; readonly shard: number } | undefined> {
  const [row] = await query<{ mqtt_secret: string | null; shard: number }>(
    'select mqtt_secret, shard from cabinet where cabinet = $1',
    [idToUuid(cabinet)],
  )
  if (row === undefined || row.mqtt_secret === null) return undefined
  return { secretHash: row.mqtt_secret, shard: row.shard }
}
