import type { CabinetBody, CabinetLayout, CompartmentPlan, FrontMm } from '@holdfast/core/cabinet/layout.ts'
import { idFromBytes } from '@holdfast/core/values/ids.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'

// For tests and the gallery only.

const heights: Readonly<Record<Size, number>> = { S: 110, M: 180, L: 270, XL: 420 }
const doorWidthMm = 400
const frameMm = 20

interface Column {
  readonly body: number
  readonly at: number
  /** From the floor up; 'screen' is where the screen stands. */
  readonly stack: readonly (Size | 'screen')[]
}

const footMm = 80
const usableMm = 1820
const screenMm = 640

type Part = FrontMm & { readonly part: Size | 'screen' }

/** Stretches the doors a little so that every column ends at the same height. */
function partsOf({ at, stack }: Column): readonly Part[] {
  const plain = stack.map((part) => (part === 'screen' ? screenMm : heights[part]))
  const fixed = stack.includes('screen') ? screenMm : 0
  const sum = plain.reduce((total, height) => total + height, 0) - fixed
  const stretch = (usableMm - fixed - 12 * (stack.length - 1)) / sum
  let y = footMm
  return stack.map((part, i) => {
    const height = part === 'screen' ? screenMm : Math.floor((plain[i] ?? 0) * stretch)
    const box = { xMm: frameMm + at * (doorWidthMm + frameMm), yMm: y, widthMm: doorWidthMm, heightMm: height, part }
    y += height + 12
    return box
  })
}

function build(columns: readonly Column[]): CabinetLayout {
  const compartments: CompartmentPlan[] = []
  let screen: FrontMm | undefined
  for (const column of columns) {
    for (const { part, ...front } of [...partsOf(column)].reverse()) {
      if (part === 'screen')
        screen = { ...front, xMm: front.xMm + 40, widthMm: 320, yMm: front.yMm + 40, heightMm: 560 }
      else compartments.push(compartmentOf(compartments.length + 1, part, column.body, front))
    }
  }
  const bodies = [0, 1].flatMap((body): CabinetBody[] => {
    const count = columns.filter((column) => column.body === body).length
    if (count === 0) return []
    const widthMm = frameMm + count * (doorWidthMm + frameMm)
    const kind = body === 0 ? 'mainCabinet' : 'extensionCabinet'
    return [{ kind, widthMm, heightMm: 1960, ...(body === 0 && screen ? { screen } : {}) }]
  })
  return { version: 1, bodies, compartments }
}

function compartmentOf(number: number, size: Size, body: number, front: FrontMm): CompartmentPlan {
  return {
    id: idFromBytes('compartment', new Uint8Array(16).fill(number)),
    label: `${body === 0 ? 'A' : 'B'}${String(number).padStart(2, '0')}`,
    body,
    size,
    inside: { widthMm: front.widthMm - 20, heightMm: front.heightMm - 15, depthMm: 480 },
    front,
    lock: { line: 'one', board: 1, channel: number },
    witness: 'latch',
  }
}

const tall = ['XL', 'L', 'M', 'M', 'S', 'S', 'S', 'S', 'S'] as const

/** One main cabinet of three columns, the screen in the middle one. */
export const layout24: CabinetLayout = build([
  { body: 0, at: 0, stack: tall },
  { body: 0, at: 1, stack: ['L', 'M', 'S', 'S', 'screen', 'S', 'S'] },
  { body: 0, at: 2, stack: tall },
])

/** A main cabinet and an extension on its right. */
export const layout18: CabinetLayout = build([
  { body: 0, at: 0, stack: ['XL', 'L', 'M', 'M', 'S', 'S'] },
  { body: 0, at: 1, stack: ['XL', 'M', 'screen', 'S'] },
  { body: 1, at: 0, stack: ['XL', 'L', 'M', 'M', 'S', 'S'] },
  { body: 1, at: 1, stack: ['XL', 'XL', 'L'] },
])
