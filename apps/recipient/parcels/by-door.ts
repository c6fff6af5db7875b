import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'

/** What waits behind one door: one code, one card, one or more parcels. */
export interface WaitingDoor {
  readonly key: string
  readonly first: RecipientParcel
  readonly parcels: readonly RecipientParcel[]
}

/** Parcels of one deposit together; doors that open soonest run out come first, those without a term last. */
export function byDoor(waiting: readonly RecipientParcel[]): readonly WaitingDoor[] {
  const doors = new Map<string, [RecipientParcel, ...RecipientParcel[]]>()
  for (const parcel of waiting) {
    const key = parcel.deposit ?? parcel.id
    const known = doors.get(key)
    if (known) known.push(parcel)
    else doors.set(key, [parcel])
  }
  return [...doors]
    .map(([key, parcels]) => ({ key, first: parcels[0], parcels }))
    .sort((a, b) => (a.first.dueAt ?? Infinity) - (b.first.dueAt ?? Infinity) || (a.key < b.key ? -1 : 1))
}

/** The door that the phone opens by itself, for no screen there takes a code. */
export function doorFromHere({ place, deposit, door, state }: RecipientParcel) {
  if (place?.screenDead !== true || deposit === null || door === null || state === 'refused') return undefined
  return { cabinet: place.cabinet, deposit, label: door.label }
}

const dayMs = 86_400_000

/** Whole calendar days on this phone from `now` to `dueAt`: 0 until midnight tonight; undefined once it has passed. */
export function daysLeft(dueAt: number, now: number): number | undefined {
  if (dueAt <= now) return undefined
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
  return Math.round((midnight(dueAt) - midnight(now)) / dayMs)
}
