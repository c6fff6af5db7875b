import type { CabinetLayout, CompartmentPlan, FrontMm } from '@holdfast/core/cabinet/layout.ts'

/** Millimetres of the whole drawing, y downwards as SVG counts. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Geometry {
  readonly width: number
  readonly height: number
  readonly bodies: readonly Box[]
  readonly screen: Box | undefined
  readonly doorOf: (plan: CompartmentPlan) => Box
  /** The floor's height in the drawing, from which the reachable band is measured. */
  readonly floor: number
}

const gapMm = 24
const marginMm = 30
const plinthMm = 60

export function measure(layout: CabinetLayout): Geometry {
  const tallest = Math.max(0, ...layout.bodies.map((body) => body.heightMm))
  const floor = marginMm + tallest
  let x = marginMm
  const bodies = layout.bodies.map((body) => {
    const box = { x, y: floor - body.heightMm, width: body.widthMm, height: body.heightMm }
    x += body.widthMm + gapMm
    return box
  })
  const place = (front: FrontMm, body: number): Box => ({
    x: (bodies[body]?.x ?? 0) + front.xMm,
    y: floor - front.yMm - front.heightMm,
    width: front.widthMm,
    height: front.heightMm,
  })
  const withScreen = layout.bodies.findIndex((body) => body.screen !== undefined)
  const screen = layout.bodies[withScreen]?.screen
  return {
    width: x - gapMm + marginMm,
    height: floor + plinthMm,
    bodies,
    screen: screen && place(screen, withScreen),
    doorOf: (plan) => place(plan.front, plan.body),
    floor,
  }
}

/** The tip's base stops short of the door's edge; the tip itself stands just inside. */
const shortMm = 8
/** How far beside the door the line runs down: the gutter between columns. */
const gutterMm = 42
/** Where the door's column touches the screen's the line runs in the seam, and only its tip enters the door. */
const intoMm = 6
const cornerMm = 24

/** Leads the eye: out of the screen's side, down (or up) the gutter beside the door, and into its edge. */
export function lead(from: Box, to: Box): string {
  const fromY = from.y + from.height / 2
  const toX = to.x + to.width / 2
  const toY = to.y + to.height / 2
  if (toX >= from.x && toX <= from.x + from.width) {
    const down = toY > fromY
    return `M${toX} ${down ? from.y + from.height : from.y}V${down ? to.y - shortMm : to.y + to.height + shortMm}`
  }
  const side = toX > from.x ? 1 : -1
  const start = side > 0 ? from.x + from.width : from.x
  const edge = side > 0 ? to.x : to.x + to.width
  const room = (edge - start) * side
  const touches = room < gutterMm
  const gutter = touches ? start + (side * room) / 2 : start + side * Math.max(cornerMm, room - gutterMm)
  const end = touches ? edge + side * intoMm : edge - side * shortMm
  const fall = toY - fromY
  const corner = Math.min(cornerMm, Math.abs(fall) / 2, Math.abs(gutter - start))
  const bend = corner * Math.sign(fall)
  return (
    `M${start} ${fromY}H${gutter - side * corner}Q${gutter} ${fromY} ${gutter} ${fromY + bend}` +
    `V${toY - bend}Q${gutter} ${toY} ${gutter + side * corner} ${toY}H${end}`
  )
}
