import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { measure } from '../../kit/drawing/geometry.ts'
import type { Spot } from './sounds.ts'

/** Where a door sounds from: measured from the screen, before which the person stands. */
export function spotOf(layout: CabinetLayout, compartment: string): Spot | null {
  const plan = layout.compartments.find(({ id }) => id === compartment)
  if (plan === undefined) return null
  const { width, floor, screen, doorOf } = measure(layout)
  const door = doorOf(plan)
  const here = screen === undefined ? width / 2 : screen.x + screen.width / 2
  const offset = door.x + door.width / 2 - here
  const reach = Math.max(here, width - here)
  return { side: offset / reach, height: 1 - (door.y + door.height / 2) / floor }
}

/** The door that stands open for the person now, and should be found. */
export function openSpot(site: Site | undefined, show: Show | undefined): Spot | null {
  const screen = show?.screen
  if (site === undefined || screen === undefined || !('phase' in screen) || screen.phase !== 'open') return null
  return spotOf(site.layout, screen.compartment)
}
