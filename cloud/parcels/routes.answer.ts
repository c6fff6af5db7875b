import Type from 'typebox'
import type { ParcelId } from '@holdfast/core/values/ids.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../platform/http/refusals.ts'
import type { Reply } from '../platform/http/route.ts'
import { parcelsCodes } from './codes.ts'
import type { Outcome } from './parcels.ts'

export const parcelParams = Type.Object({ parcel: idField('parcel') })

// The schema of the path has judged its form.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const parcelIn = ({ params }: { readonly params: { readonly parcel: string } }) => params.parcel as ParcelId

export const answer = <T>(outcome: Outcome<T>, status = 200): Reply =>
  outcome.ok ? { status, body: outcome.value } : refuse(parcelsCodes, outcome.refusal)

export const unknownParcel = refuse(parcelsCodes, 'parcel-unknown')
