import { readScan } from '@holdfast/core/parcel/tracking/scan.ts'
import type { CarrierId } from '@holdfast/core/values/ids.ts'
import { type BoxMm, fitsBox, type Size, sizes } from '@holdfast/core/values/sizes.ts'
import type { Directory } from '../../platform/ports.ts'

/** Inside measures that the classes have at least; a cabinet's own layout may be roomier. */
const classBoxes: Readonly<Record<Size, BoxMm>> = {
  S: { widthMm: 350, heightMm: 100, depthMm: 450 },
  M: { widthMm: 350, heightMm: 180, depthMm: 450 },
  L: { widthMm: 350, heightMm: 320, depthMm: 450 },
  XL: { widthMm: 350, heightMm: 490, depthMm: 450 },
}

/** The smallest class that holds the box; undefined where none does. */
export const sizeOfBox = (box: BoxMm): Size | undefined => sizes.find((size) => fitsBox(box, classBoxes[size]))

/** The number as this carrier knows the parcel, however it was written; undefined for what is no number. */
export async function readNumber(
  directory: Pick<Directory, 'carriers'>,
  carrier: CarrierId,
  text: string,
): Promise<string | undefined> {
  const scan = readScan(text)
  if (scan.kind !== 'parcel') return undefined
  const code = (await directory.carriers()).find(({ id }) => id === carrier)?.code
  return scan.candidates.find((candidate) => candidate.carrier === code)?.number ?? scan.number
}
