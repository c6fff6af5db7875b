import type { CarrierId } from '@holdfast/core/values/ids.ts'
import type { Static } from 'typebox'
import type { doorPlaceSchema } from '@holdfast/wire/http/shapes.ts'
import type { Directory } from '../../platform/ports.ts'
import type { DepositRecord } from '../rows/deposit.ts'

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
