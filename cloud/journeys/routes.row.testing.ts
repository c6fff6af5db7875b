import type { Kind, World } from './world.testing.ts'

export type Row = {
  readonly kind: Kind
  /** What the first tenant calls, about its own things. */
  readonly make: (world: World) => Promise<{ readonly url: string; readonly body?: unknown }>
  /** `<status>` or `<status> <code>`: for the owner of the thing, and for the other tenant with the same call. */
  readonly own: string
  readonly other: string
  /** Never ends by itself: only strangers are tried. */
  readonly stream?: boolean
  /** Only these staff may ask: a viewer may not even look. */
  readonly closedTo?: 'viewer'
}

export const at = async (url: string, body?: unknown) => (body === undefined ? { url } : { url, body })
export const unknownParcel = '404 parcel-unknown'
export const signatureWrong = { own: '401 signature-wrong', other: '401 signature-wrong' } as const
export const nothingSent = { kind: 'public' } as const
