import type { TSchema } from 'typebox'
import parcelEvents from '../examples/parcel-event.v1.json' with { type: 'json' }
import { parcelEventSchema } from '../http/carriers.ts'

/** What carriers' own programs receive, with examples. */
export const webhooks: Readonly<
  Record<string, { readonly schema: TSchema; readonly examples: Readonly<Record<string, unknown>> }>
> = {
  'parcel-event': { schema: parcelEventSchema, examples: parcelEvents },
}
