import { type CarrierId, type PersonId, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'

export type Issued = {
  readonly serial: string
  readonly person: PersonId
  readonly carrier: CarrierId
  readonly until: Instant
}

export async function keepCertificates(query: Query, issued: readonly Issued[]): Promise<void> {
  for (const { serial, person, carrier, until } of issued) {
    await query('insert into access_certificate (serial, person, carrier, until_at) values ($1, $2, $3, $4)', [
      serial,
      idToUuid(person),
      idToUuid(carrier),
      until,
    ])
  }
}

/** Those of this courier for this carrier that could still open somewhere, now denied. */
export async function denyCertificates(
  tx: Tx,
  { person, carrier }: Pick<Issued, 'person' | 'carrier'>,
): Promise<readonly string[]> {
  const rows = await tx.query<{ readonly serial: string }>(
    `update access_certificate set denied = true
     where person = $1 and carrier = $2 and not denied returning serial`,
    [idToUuid(person), idToUuid(carrier)],
  )
  return rows.map(({ serial }) => serial)
}

export async function forgetCertificates(query: Query, before: Instant): Promise<void> {
  await query('delete from access_certificate where until_at < $1', [before])
}
