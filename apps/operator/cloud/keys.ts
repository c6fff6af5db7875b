/** Names of what is asked for, so that the stream finds what to change. */
export const keys = {
  me: ['me'],
  alerts: ['alerts'],
  cabinets: ['cabinets'],
  cabinet: (cabinet: string) => ['cabinet', cabinet],
  allParcels: ['parcels'],
  parcels: (search: string) => ['parcels', search],
  parcel: (parcel: string) => ['parcel', parcel],
  undelivered: ['undelivered'],
  settings: (cabinet: string) => ['settings', cabinet],
  outages: (cabinet: string) => ['outages', cabinet],
  places: (cabinet: string) => ['places', cabinet],
  staff: ['staff'],
  carriers: ['carriers'],
  couriers: ['couriers'],
} as const
