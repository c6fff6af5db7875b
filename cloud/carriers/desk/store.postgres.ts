import { type CarrierId, type OperatorId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { Carrier, EndpointId, KeyId } from '../carriers.ts'

export async function readKept(query: Query, operator: OperatorId): Promise<ReadonlySet<CarrierId>> {
  const rows = await query<{ carrier: string }>('select carrier_id as carrier from carrier where kept_by = $1', [
    idToUuid(operator),
  ])
  return new Set(rows.map(({ carrier }) => idFromUuid('carrier', carrier)))
}

/** Undefined where the code is taken: carriers' codes are one list for the whole cloud. */
export async function insertKept(
  query: Query,
  operator: OperatorId,
  { id, code, name, at }: Carrier & { readonly at: Instant },
): Promise<boolean> {
  const rows = await query(
    `insert into carrier (carrier_id, code, name, created_at, kept_by) values ($1, $2, $3, $4, $5)
     on conflict (code) do nothing returning carrier_id`,
    [idToUuid(id), code, name, at, idToUuid(operator)],
  )
  return rows.length > 0
}

/** What a configuration brought is looked after by its operator, unless another does already. */
export async function keepCarrier(query: Query, operator: OperatorId, carrier: CarrierId): Promise<void> {
  await query('update carrier set kept_by = $2 where carrier_id = $1 and kept_by is null', [
    idToUuid(carrier),
    idToUuid(operator),
  ])
}

export type KeyLine = {
  readonly carrier: CarrierId
  readonly id: KeyId
  readonly hint: string
  readonly createdAt: Instant
}

export async function readKeyLines(query: Query, carriers: readonly CarrierId[]): Promise<readonly KeyLine[]> {
  const rows = await query<{ carrier: string; id: string; hint: string; createdAt: Instant }>(
    `select carrier_id as carrier, key_id as id, hint, created_at as "createdAt" from carrier_key
     where carrier_id = any($1::uuid[]) and revoked_at is null order by created_at, key_id`,
    [carriers.map(idToUuid)],
  )
  return rows.map((row) => ({
    ...row,
    carrier: idFromUuid('carrier', row.carrier),
    id: idFromUuid('key', row.id),
  }))
}

/** Where an endpoint at work listens. */
export async function readUrl(query: Query, carrier: CarrierId, endpoint: EndpointId): Promise<string | undefined> {
  const [row] = await query<{ url: string }>(
    'select url from carrier_endpoint where carrier_id = $1 and endpoint = $2 and disabled_at is null',
    [idToUuid(carrier), idToUuid(endpoint)],
  )
  return row?.url
}
