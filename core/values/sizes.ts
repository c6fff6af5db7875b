/** Compartment and parcel classes, smallest first. Numbers in millimetres are data of the layout. */
export const sizes = ['S', 'M', 'L', 'XL'] as const
export type Size = (typeof sizes)[number]

export interface BoxMm {
  readonly widthMm: number
  readonly heightMm: number
  readonly depthMm: number
}

export const sizeRank = (size: Size): number => sizes.indexOf(size)

export const fitsSize = (parcel: Size, compartment: Size): boolean => sizeRank(parcel) <= sizeRank(compartment)

/** Of so many doors, those that a parcel of this size goes into; all of them where nobody knows its size. */
export const roomFor = (size: Size | null, doors: Readonly<Record<Size, number>>): number =>
  sizes.reduce((sum, each) => (size === null || fitsSize(size, each) ? sum + doors[each] : sum), 0)

/** A parcel may be turned to fit; it may not be bent. */
export function fitsBox(parcel: BoxMm, inside: BoxMm): boolean {
  const ascending = (box: BoxMm): number[] =>
    [box.widthMm, box.heightMm, box.depthMm].sort((left, right) => left - right)
  const outer = ascending(inside)
  return ascending(parcel).every((edge, i) => edge <= (outer[i] ?? 0))
}
