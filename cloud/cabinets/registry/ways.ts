import type { Way } from '@holdfast/wire/http/shapes.ts'

/** Columns of `placement`, and how each is named where it is read. */
export const wayColumns = `p.directions, p.address_alias as "addressAlias", p.latitude, p.longitude`

export type WayRow = {
  readonly directions: string | null
  readonly addressAlias: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}

export const wayOf = ({ directions, addressAlias, latitude, longitude }: WayRow): Way => ({
  ...(directions === null ? {} : { directions }),
  ...(addressAlias === null ? {} : { addressAlias }),
  ...(latitude === null || longitude === null ? {} : { position: { latitude, longitude } }),
})

/** In the order of `directions, address_alias, latitude, longitude`. */
export const wayValues = ({ directions, addressAlias, position }: Way): readonly (string | number | null)[] => [
  directions ?? null,
  addressAlias ?? null,
  position?.latitude ?? null,
  position?.longitude ?? null,
]
