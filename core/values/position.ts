/** A point on the ground, in degrees as maps write it. */
export interface Position {
  readonly latitude: number
  readonly longitude: number
}

const earthMetres = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** As the crow flies: what a walk takes at least. */
export function metresBetween(from: Position, to: Position): number {
  const [north, south] = [radians(from.latitude), radians(to.latitude)]
  const half = (angle: number): number => Math.sin(radians(angle) / 2) ** 2
  const chord =
    half(to.latitude - from.latitude) + Math.cos(north) * Math.cos(south) * half(to.longitude - from.longitude)
  return 2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Two figures that count: a walk that nobody measured is not told to the metre. */
export function roughMetres(metres: number): number {
  const step = metres < 100 ? 10 : metres < 1000 ? 50 : 100
  return Math.max(10, Math.round(metres / step) * step)
}

/** Null where either stands on no map. */
export const walkBetween = (from: Position | undefined, to: Position | undefined): number | null =>
  from === undefined || to === undefined ? null : roughMetres(metresBetween(from, to))

export interface Standing {
  readonly name: string
  readonly siteName: string
  readonly address: string
  readonly position?: Position
}

export interface Neighbour<Of> {
  readonly of: Of
  /** On the same site: a few steps. */
  readonly here: boolean
  /** Null where either stands on no map. */
  readonly metres: number | null
}

/** As one would walk to them from there: the same site, then by distance, then those that nobody can measure by name. */
export function nearestFirst<Of>(
  from: Standing,
  all: readonly Of[],
  placeOf: (of: Of) => Standing,
): readonly Neighbour<Of>[] {
  const far = ({ here, metres }: Neighbour<Of>): number => (here ? -1 : (metres ?? Infinity))
  return all
    .map((of): Neighbour<Of> => {
      const place = placeOf(of)
      const here = place.siteName === from.siteName && place.address === from.address
      return { of, here, metres: walkBetween(from.position, place.position) }
    })
    .sort((left, right) => {
      const [near, farther] = [far(left), far(right)]
      return near === farther ? byName(placeOf(left.of), placeOf(right.of)) : near - farther
    })
}

const byName = (left: Standing, right: Standing): number => (left.name < right.name ? -1 : 1)

/** "30.2741, 120.1551" as a map gives it to be copied: the latitude first. */
export function readPosition(text: string): Position | undefined {
  const [, latitude = NaN, longitude = NaN] =
    /^([+-]?\d{1,2}(?:\.\d+)?)[\s,;，]+([+-]?\d{1,3}(?:\.\d+)?)$/u.exec(text.trim())?.map(Number) ?? []
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined
}

export const writePosition = ({ latitude, longitude }: Position): string => `${latitude}, ${longitude}`
