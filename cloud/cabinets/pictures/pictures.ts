import { type CabinetId, type OperatorId, type PersonId, type StaffId, idToUuid } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { Outcome } from '../cabinets.ts'

export type NewPicture = {
  readonly operator: OperatorId
  readonly cabinet: CabinetId
  readonly staff: StaffId
  /** base64url of a JPEG. */
  readonly jpeg: string
}

/** By a courier whose session stands open at this cabinet. */
export type CourierPicture = Pick<NewPicture, 'cabinet' | 'jpeg'> & { readonly person: PersonId }

type Kept = Outcome<{ readonly picture: string }>

export type Pictures = {
  /** Its digest, by which an inspection names it. The same picture twice is one. */
  readonly keepPicture: (picture: NewPicture) => Promise<Kept>
  readonly keepCourierPicture: (picture: CourierPicture) => Promise<Kept>
  readonly picture: (operator: OperatorId, cabinet: CabinetId, picture: string) => Promise<Uint8Array | undefined>
}

export function createPictures({ db, clock, seals }: Ports): Pictures {
  const keep = async ({ cabinet, jpeg }: Pick<NewPicture, 'cabinet' | 'jpeg'>, by: By): Promise<Kept> => {
    const bytes = bytesFromBase64(jpeg)
    if (bytes === undefined || !isJpeg(bytes)) return { ok: false, refusal: 'picture-unreadable' }
    const digest = Buffer.from(seals.hash(bytes)).toString('hex')
    // Of another tenant's cabinet there is no row to select (law 11).
    const kept = await db.query<{ cabinet: string }>(
      `insert into cabinet_picture (cabinet, digest, operator_id, staff, person, jpeg, taken_at)
       select cabinet, $2, operator_id, $3, $4, $5, $6 from cabinet
       where cabinet = $1 and ($7::uuid is null or operator_id = $7)
       on conflict (cabinet, digest) do update set taken_at = excluded.taken_at returning cabinet`,
      [idToUuid(cabinet), digest, by.staff, by.person, Buffer.from(bytes), clock.now(), by.operator],
    )
    return kept.length === 0 ? { ok: false, refusal: 'cabinet-unknown' } : { ok: true, value: { picture: digest } }
  }
  return {
    keepPicture: async ({ operator, staff, ...picture }) =>
      await keep(picture, { operator: idToUuid(operator), staff: idToUuid(staff), person: null }),
    keepCourierPicture: async ({ person, ...picture }) =>
      await keep(picture, { operator: null, staff: null, person: idToUuid(person) }),
    picture: async (operator, cabinet, picture) => await readPicture(db.query, operator, cabinet, picture),
  }
}

interface By {
  readonly operator: string | null
  readonly staff: string | null
  readonly person: string | null
}

export async function readPicture(
  query: Query,
  operator: OperatorId,
  cabinet: CabinetId,
  picture: string,
): Promise<Uint8Array | undefined> {
  const [row] = await query<{ jpeg: Uint8Array }>(
    'select jpeg from cabinet_picture where cabinet = $1 and operator_id = $2 and digest = $3',
    [idToUuid(cabinet), idToUuid(operator), picture],
  )
  return row?.jpeg
}

export async function erasePictures(query: Query, takenBefore: number): Promise<void> {
  await query('delete from cabinet_picture where taken_at < $1', [takenBefore])
}

/** Begins and ends as a JPEG does; nobody here looks at more of it. */
const isJpeg = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9
