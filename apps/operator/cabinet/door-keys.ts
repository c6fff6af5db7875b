import type { KeyboardEvent } from 'react'

export interface Spot {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const

const isWay = (key: string): key is keyof typeof ways => Object.hasOwn(ways, key)

/** The nearest door in the arrow's direction: straight ahead counts before aside. */
export function nextSpot(key: string, from: Spot, spots: readonly Spot[]): number | undefined {
  if (!isWay(key)) return undefined
  const [dx, dy] = ways[key]
  let best: { readonly at: number; readonly cost: number } | undefined
  for (const [at, spot] of spots.entries()) {
    const ahead = dx === 0 ? dy * (middleY(spot) - middleY(from)) : dx * (middleX(spot) - middleX(from))
    if (spot === from || ahead < 1) continue
    const aside =
      dx === 0 ? gap(from.left, from.right, spot.left, spot.right) : gap(from.top, from.bottom, spot.top, spot.bottom)
    // A door straight ahead is nearer than any aside, whatever their sizes.
    const cost = ahead + aside * 4 + (aside > 0 ? 1e6 : 0)
    if (best === undefined || cost < best.cost) best = { at, cost }
  }
  return best?.at
}

const middleX = ({ left, right }: Spot): number => (left + right) / 2
const middleY = ({ top, bottom }: Spot): number => (top + bottom) / 2

/** How far two stretches are apart; nothing where they overlap. */
const gap = (from: number, end: number, otherFrom: number, otherEnd: number): number =>
  Math.max(0, otherFrom - end, from - otherEnd)

/** Arrows lead from door to door as they hang. */
export function moveAmongDoors(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !isWay(event.key)) return
  const doors = [...event.currentTarget.querySelectorAll<SVGElement>('[data-compartment]')]
  const here = doors.findIndex((door) => door === document.activeElement)
  const spots = doors.map((door) => door.getBoundingClientRect())
  const from = spots[here]
  if (from === undefined) return
  event.preventDefault()
  const next = nextSpot(event.key, from, spots)
  if (next !== undefined) doors[next]?.focus()
}
