import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { RebuiltCompartment } from '@holdfast/core/cabinet/rebuild/told.ts'
import {
  type CabinetId,
  type DepositId,
  type OperatorId,
  type SiteId,
  type StaffId,
  idToUuid,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { PlaceRequest, Placement } from '@holdfast/wire/http/desk/moving.ts'
import type { Way } from '@holdfast/wire/http/shapes.ts'
import { putSite } from '../registry/store.postgres.ts'
import { wayColumns, wayOf, type WayRow, wayValues } from '../registry/ways.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

/** Also the lock under which a cabinet moves. Undefined where this operator has no such cabinet (law 11). */
export async function lockCabinet(
  tx: Tx,
  operator: OperatorId,
  cabinet: CabinetId,
): Promise<{ readonly layout: CabinetLayout } | undefined> {
  const [row] = await tx.query<{ layout: CabinetLayout }>(
    'select layout from cabinet where cabinet = $1 and operator_id = $2 for update',
    [idToUuid(cabinet), idToUuid(operator)],
  )
  return row
}

export type NewPlace = {
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly staff: StaffId
  readonly site: SiteId
  readonly request: PlaceRequest
  readonly at: Instant
}

/** The former placement ends where the new one begins: what was true then stays true of then. */
export async function putPlace(tx: Tx, { cabinet, operator, staff, site, request, at }: NewPlace): Promise<void> {
  const [cabinetUuid, operatorUuid] = [idToUuid(cabinet), idToUuid(operator)]
  const { retentionHours, complaintPhone, hours, reason } = request
  const siteUuid = await putSite(tx, { operator: operatorUuid, site: idToUuid(site), request })
  await tx.query('update placement set until_at = $2 where cabinet = $1 and until_at is null', [cabinetUuid, at])
  await tx.query(
    `insert into placement (cabinet, from_at, operator_id, site, hours_text, retention_hours,
       complaint_phone, reason, staff, directions, address_alias, latitude, longitude)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      cabinetUuid,
      at,
      operatorUuid,
      siteUuid,
      hours ?? null,
      retentionHours,
      complaintPhone,
      reason,
      idToUuid(staff),
      ...wayValues(request),
    ],
  )
}

export async function readPlacements(
  query: Query,
  operator: OperatorId,
  cabinet: CabinetId,
): Promise<readonly Placement[]> {
  const rows = await query<Omit<Placement, keyof Way> & WayRow>(
    `select s.name as "siteName", s.address, s.zone, p.retention_hours as "retentionHours",
       p.complaint_phone as "complaintPhone", ${wayColumns}, p.hours_text as hours,
       p.from_at as "from", p.until_at as "until", p.reason
     from placement p join site s on s.operator_id = p.operator_id and s.site = p.site
     where p.cabinet = $1 and p.operator_id = $2 order by p.from_at desc`,
    [idToUuid(cabinet), idToUuid(operator)],
  )
  return rows.map(({ directions, addressAlias, latitude, longitude, ...row }) => ({
    ...row,
    ...wayOf({ directions, addressAlias, latitude, longitude }),
  }))
}

export type NewClaim = {
  readonly tokenHash: string
  readonly cabinet: CabinetId
  readonly staff: StaffId
  readonly reason: string
  readonly layout: CabinetLayout | undefined
  readonly expiresAt: Instant
}

/** One claim lies open for a cabinet: a newer one takes its place. */
export async function putClaim(tx: Tx, claim: NewClaim): Promise<void> {
  const cabinet = idToUuid(claim.cabinet)
  await tx.query('delete from cabinet_claim where cabinet = $1 and used_at is null', [cabinet])
  await tx.query(
    `insert into cabinet_claim (token_hash, cabinet, expires_at, layout, reason, staff)
     values ($1, $2, $3, $4::jsonb, $5, $6)`,
    [
      claim.tokenHash,
      cabinet,
      claim.expiresAt,
      claim.layout === undefined ? null : JSON.stringify(claim.layout),
      claim.reason,
      idToUuid(claim.staff),
    ],
  )
}

/** Deposits that were still being made at the lost terminal never were. */
export async function dropUnfinished(tx: Tx, cabinet: CabinetId, kept: readonly DepositId[]): Promise<void> {
  await tx.query('delete from cabinet_deposit where cabinet = $1 and deposit <> all($2::uuid[])', [
    idToUuid(cabinet),
    kept.map(idToUuid),
  ])
}

export async function takeClaimedLayout(tx: Tx, tokenHash: string): Promise<void> {
  await tx.query(
    `update cabinet c set layout = k.layout from cabinet_claim k
     where k.token_hash = $1 and k.cabinet = c.cabinet and k.layout is not null`,
    [tokenHash],
  )
}

export async function hasTerminal(query: Query, cabinet: CabinetId): Promise<boolean> {
  const rows = await query('select from cabinet where cabinet = $1 and incarnation is not null', [idToUuid(cabinet)])
  return rows.length > 0
}

export async function keepPast(tx: Tx, tokenHash: string, past: readonly RebuiltCompartment[]): Promise<void> {
  await tx.query('update cabinet_claim set rebuild = $2::jsonb where token_hash = $1', [
    tokenHash,
    JSON.stringify(past),
  ])
}

export async function readKeptPast(tx: Tx, tokenHash: string): Promise<readonly RebuiltCompartment[] | undefined> {
  const [row] = await tx.query<{ rebuild: readonly RebuiltCompartment[] | null }>(
    'select rebuild from cabinet_claim where token_hash = $1',
    [tokenHash],
  )
  return row?.rebuild ?? undefined
}
