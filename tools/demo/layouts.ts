import type { CabinetBody, CabinetLayout, CompartmentPlan, FrontMm } from '@holdfast/core/cabinet/layout.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'

type Part = Size | 'screen'

/** One column of doors, from the floor up. */
interface Column {
  readonly body: 0 | 1
  readonly parts: readonly Part[]
}

const columnWidthMm = 420
const depthMm = 500
const plinthMm = 110
const headMm = 40
const gapMm = 12
const heightsMm: Readonly<Record<Part, number>> = { S: 130, M: 210, L: 350, XL: 520, screen: 760 }
const bodyHeightMm = 1_960

/** North Gate: 24 doors, a 24-channel board in each body, on one line; its locks sense the hook. */
export const northGateLayout = build({ town: 'north', channels: 24, witness: 'latch' }, [
  { body: 0, parts: ['L', 'M', 'M', 'S', 'S', 'S', 'M', 'L'] },
  { body: 0, parts: ['L', 'S', 'screen', 'S', 'M'] },
  { body: 1, parts: ['XL', 'L', 'M', 'S', 'L'] },
  { body: 1, parts: ['XL', 'M', 'S', 'S', 'M', 'M', 'S'] },
])

/** Library: 18 doors on eight-channel relay boards, two in the main body; switches sense the leaves. */
export const libraryLayout = build({ town: 'library', channels: 8, witness: 'leaf' }, [
  { body: 0, parts: ['L', 'M', 'S', 'S', 'S', 'M', 'L'] },
  { body: 0, parts: ['M', 'S', 'screen', 'M'] },
  { body: 1, parts: ['XL', 'L', 'M', 'S', 'S', 'S', 'M', 'S'] },
])

interface Wiring {
  readonly town: string
  /** Of one board. */
  readonly channels: number
  readonly witness: CompartmentPlan['witness']
}

function build(wiring: Wiring, columns: readonly Column[]): CabinetLayout {
  const compartments: CompartmentPlan[] = []
  let screen: FrontMm | undefined
  for (const [index, column] of columns.entries()) {
    const place = columns.slice(0, index).filter(({ body }) => body === column.body).length
    for (const { part, front } of stack(column.parts, gapMm + place * (columnWidthMm + gapMm))) {
      if (part === 'screen') screen = front
      else compartments.push(compartment(wiring, column.body, part, front, compartments))
    }
  }
  const bodies = ([0, 1] as const).map((body): CabinetBody => {
    const count = columns.filter((column) => column.body === body).length
    const widthMm = gapMm + count * (columnWidthMm + gapMm)
    const kind = body === 0 ? 'mainCabinet' : 'extensionCabinet'
    return { kind, widthMm, heightMm: bodyHeightMm, ...(body === 0 && screen ? { screen } : {}) }
  })
  return { version: 1, bodies, compartments }
}

/** Doors share what the column has left in proportion to their class, so that every column ends at one height. */
function stack(parts: readonly Part[], xMm: number): readonly { readonly part: Part; readonly front: FrontMm }[] {
  const fixed = parts.includes('screen') ? heightsMm.screen : 0
  const room = bodyHeightMm - plinthMm - headMm - gapMm * (parts.length - 1) - fixed
  const wanted = parts.reduce((sum, part) => sum + (part === 'screen' ? 0 : heightsMm[part]), 0)
  let yMm = plinthMm
  return parts.map((part) => {
    const heightMm = part === 'screen' ? fixed : Math.floor((heightsMm[part] * room) / wanted)
    const front = { xMm, yMm, widthMm: columnWidthMm, heightMm }
    yMm += heightMm + gapMm
    return { part, front }
  })
}

function compartment(
  { town, channels, witness }: Wiring,
  body: 0 | 1,
  size: Size,
  front: FrontMm,
  before: readonly CompartmentPlan[],
): CompartmentPlan {
  const channel = before.filter((plan) => plan.body === body).length + 1
  const others = before.filter((plan) => plan.body !== body).length
  const board = 1 + Math.ceil(others / channels) + Math.floor((channel - 1) / channels)
  return {
    // The same ids at every start: a town that is started again is the same town.
    id: makeId('compartment', instant(1_780_000_000_000), seedBytes(`${town}/${body}/${channel}`)),
    label: `${body === 0 ? 'A' : 'B'}${String(channel).padStart(2, '0')}`,
    body,
    size,
    inside: { widthMm: front.widthMm - 30, heightMm: front.heightMm - 15, depthMm },
    front,
    lock: { line: 'main', board, channel: ((channel - 1) % channels) + 1 },
    witness,
  }
}

function seedBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(10)
  for (const [i, character] of [...text].entries()) {
    const at = i % 10
    bytes[at] = ((bytes[at] ?? 0) * 31 + character.charCodeAt(0)) % 256
  }
  return bytes
}
