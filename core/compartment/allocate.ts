import { isReachable, type CompartmentPlan } from '../cabinet/layout.ts'
import type { Door } from '../door/door.ts'
import { fitsBox, fitsSize, sizeRank, type BoxMm, type Size } from '../values/sizes.ts'
import type { Compartment } from './compartment.ts'

/** What a parcel needs of a door. */
export interface Need {
  readonly size: Size
  readonly box: BoxMm | null
  readonly lowDoor: boolean
}

export interface Candidate {
  readonly plan: CompartmentPlan
  readonly compartment: Compartment
  readonly door: Door
}

/**
 * The smallest free compartment that fits; for a recipient who asked for a low door only one within reach
 * for everybody else those out of reach first, so that low doors last. A door that a sensor sees open,
 * or that no sensor sees, is never handed out (law 16).
 */
export function chooseCompartment(candidates: readonly Candidate[], need: Need): Candidate | undefined {
  const fitting = candidates.filter((candidate) => isFree(candidate) && fits(candidate.plan, need))
  const allowed = need.lowDoor ? fitting.filter(({ plan }) => isReachable(plan)) : fitting
  return [...allowed].sort((left, right) => byPreference(left.plan, right.plan))[0]
}

export function countFree(candidates: readonly Candidate[]): Readonly<Record<Size, number>> {
  const free = { S: 0, M: 0, L: 0, XL: 0 }
  for (const candidate of candidates) if (isFree(candidate)) free[candidate.plan.size] += 1
  return free
}

export function isFree({ compartment, door }: Candidate): boolean {
  return compartment.use === 'free' && door.position === 'shut' && door.pulse === null
}

/** The tallest parcel of each class: what is announced by its class alone may be as tall as this. */
const tallestMm: Readonly<Record<Size, number>> = { S: 100, M: 180, L: 320, XL: 490 }

/** Whether all of them surely go in, lying one upon the other; false where that is only likely. */
export function fitsBeside(plan: CompartmentPlan, needs: readonly Need[]): boolean {
  const { widthMm, heightMm, depthMm } = plan.inside
  const heights = needs.map(({ size, box }) => {
    if (box === null) return fitsSize(size, plan.size) ? tallestMm[size] : Infinity
    const [least = 0, ...others] = [box.widthMm, box.heightMm, box.depthMm].sort((left, right) => left - right)
    const [narrow = 0, wide = 0] = others
    return narrow <= Math.min(widthMm, depthMm) && wide <= Math.max(widthMm, depthMm) ? least : Infinity
  })
  return heights.reduce((sum, height) => sum + height, 0) <= heightMm
}

function fits(plan: CompartmentPlan, need: Need): boolean {
  if (!fitsSize(need.size, plan.size)) return false
  return need.box === null || fitsBox(need.box, plan.inside)
}

/** Where a low door was asked for, all of them are within reach and the second line says nothing. */
function byPreference(left: CompartmentPlan, right: CompartmentPlan): number {
  const bySize = sizeRank(left.size) - sizeRank(right.size)
  if (bySize !== 0) return bySize
  const byReach = Number(isReachable(left)) - Number(isReachable(right))
  if (byReach !== 0) return byReach
  return left.label < right.label ? -1 : 1
}
