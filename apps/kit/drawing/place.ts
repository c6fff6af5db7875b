import type { CabinetLayout, CompartmentPlan } from '@holdfast/core/cabinet/layout.ts'
import type { KitId } from '../words/kit/kit-id.ts'
import type { Words } from '../words/create-words.ts'

/** Where a door is, counted as a person in front of the cabinet counts. All counts from 1. */
export interface Place {
  /** How many bodies left (-) or right (+) of the one with the screen. */
  readonly bodyOffset: number
  readonly bodies: number
  readonly column: number
  readonly columns: number
  readonly fromAbove: number
  readonly fromBelow: number
}

const middle = (plan: CompartmentPlan): number => plan.front.xMm + plan.front.widthMm / 2

/** Doors of one body, column by column from the left, each from the top down. */
function columnsOf(layout: CabinetLayout, body: number): readonly (readonly CompartmentPlan[])[] {
  const columns: CompartmentPlan[][] = []
  const doors = layout.compartments.filter((plan) => plan.body === body).sort((a, b) => middle(a) - middle(b))
  for (const plan of doors) {
    const column = columns.at(-1)
    const first = column?.[0]
    if (column && first && Math.abs(middle(plan) - middle(first)) < first.front.widthMm / 2) column.push(plan)
    else columns.push([plan])
  }
  return columns.map((column) => column.sort((a, b) => b.front.yMm - a.front.yMm))
}

const screenBody = (layout: CabinetLayout): number =>
  Math.max(
    0,
    layout.bodies.findIndex((body) => body.screen !== undefined),
  )

export function locate(layout: CabinetLayout, compartmentId: string): Place | undefined {
  const plan = layout.compartments.find((one) => one.id === compartmentId)
  if (plan === undefined) return undefined
  const columns = columnsOf(layout, plan.body)
  const column = columns.findIndex((doors) => doors.includes(plan))
  const rows = columns[column] ?? []
  const row = rows.indexOf(plan)
  return {
    bodyOffset: plan.body - screenBody(layout),
    bodies: layout.bodies.length,
    column: column + 1,
    columns: columns.length,
    fromAbove: row + 1,
    fromBelow: rows.length - row,
  }
}

/** 'right column, third from below', in the words given; empty for a door this layout does not have. */
export function describePlace(layout: CabinetLayout, compartmentId: string, words: Words<KitId>): string {
  const place = locate(layout, compartmentId)
  if (place === undefined) return ''
  const parts = [bodyWord(place, words), columnWord(place, words), rowWord(place, words)]
  return parts.filter((part) => part !== '').join(words.t('place.join'))
}

function bodyWord({ bodyOffset, bodies }: Place, { t }: Words<KitId>): string {
  if (bodies === 1) return ''
  if (bodyOffset === 0) return t('place.body.main')
  return bodyOffset < 0 ? t('place.body.left', { n: -bodyOffset }) : t('place.body.right', { n: bodyOffset })
}

function columnWord({ column, columns }: Place, { t }: Words<KitId>): string {
  if (columns === 1) return ''
  if (column === 1) return t('place.column.left')
  if (column === columns) return t('place.column.right')
  if (column * 2 === columns + 1) return t('place.column.middle')
  if (column * 2 <= columns) return t('place.column.nthLeft', { n: column })
  return t('place.column.nthRight', { n: columns - column + 1 })
}

function rowWord({ fromAbove, fromBelow }: Place, { t }: Words<KitId>): string {
  if (fromAbove === 1 && fromBelow === 1) return t('place.row.only')
  if (fromAbove === 1) return t('place.row.top')
  if (fromBelow === 1) return t('place.row.bottom')
  if (fromBelow <= fromAbove) return t('place.row.below', { n: fromBelow })
  return t('place.row.above', { n: fromAbove })
}
