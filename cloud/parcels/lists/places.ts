import type { CarrierId } from '@holdfast/core/values/ids.ts'
import type { Static } from 'typebox'
import type { cabinetPlaceSchema, doorPlaceSchema } from '@holdfast/wire/http/shapes.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import type { Directory } from '../../platform/ports.ts'
import type { DepositRecord } from '../rows/deposit.ts'

/** Where, as people find it. */
export const cabinetOf = (place: Place): Static<typeof cabinetPlaceSchema> => {
  const { cabinet, name, siteName, address, complaintPhone: phone, screenDead } = place
  return { cabinet, name, siteName, address, phone, ...(screenDead ? { screenDead } : {}) }
}

export const doorOf = ({ compartment, label, size }: DepositRecord): Static<typeof doorPlaceSchema> => ({
  compartment,
  label,
  size,
})

export async function carrierNames({
  directory,
}: {
  readonly directory: Pick<Directory, 'carriers'>
}): Promise<(carrier: CarrierId) => string> {
  const names = new Map((await directory.carriers()).map(({ id, name }) => [id, name]))
  return (carrier) => names.get(carrier) ?? '?'
}
