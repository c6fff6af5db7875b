declare const body: unknown
export const parcel = body as { id: string }
