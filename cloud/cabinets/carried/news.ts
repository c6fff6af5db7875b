import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { ReadCarried } from '@holdfast/wire/carry/facts.ts'
import type { CabinetFactNews, DepositContext } from '../facts.ts'
import { readEvent } from '@holdfast/wire/journal/read-event.ts'

/** What a deposit's story is told by until it is made, and the codes that are drawn for it afterwards. */
const told: ReadonlySet<CabinetEvent['type']> = new Set<CabinetEvent['type']>([
  'depositBegun',
  'depositPrepared',
  'parcelJoined',
  'depositMoved',
  'depositMade',
  'codeRenewed',
])

type Teller = Pick<CabinetFactNews, 'cabinet' | 'operator' | 'incarnation'> & {
  readonly layout: CabinetLayout
  readonly at: Instant
}

/** The same news as the journal will bring. Undefined unless it is the whole story of one deposit that was made. */
export function newsOf(facts: ReadCarried, teller: Teller): readonly CabinetFactNews[] | undefined {
  const { layout, ...base } = teller
  const news: CabinetFactNews[] = []
  let context: DepositContext | undefined
  for (const { content } of facts.entries) {
    const event = readEvent(content.event)
    if (event === undefined || !told.has(event.type)) return undefined
    if (!('deposit' in event) || event.deposit !== facts.deposit) return undefined
    context = after(context, event, layout)
    if (context === undefined) return undefined
    const { seq, wall, trusted, running } = content
    const { label, size } = context
    news.push({
      ...base,
      seq,
      wall,
      trusted,
      running,
      event,
      hasPrivate: content.private !== undefined,
      label,
      size,
      context,
    })
  }
  return context?.stage === 'stored' ? news : undefined
}

/** Undefined where nothing was begun, or the door is none of this cabinet. */
function after(
  before: DepositContext | undefined,
  event: CabinetEvent,
  layout: CabinetLayout,
): DepositContext | undefined {
  const plan = (id: string) => layout.compartments.find((each) => each.id === id)
  if (event.type === 'depositBegun') {
    const { deposit, carrier, person, compartment, epoch, parcels, need } = event
    const door = plan(compartment)
    if (before !== undefined || door === undefined) return undefined
    const { label, size } = door
    const known = { deposit, carrier, person, compartment, epoch, parcels, label, size }
    return { ...known, needLowDoor: need.lowDoor, generations: [], stage: 'filling' }
  }
  if (before === undefined) return undefined
  if (event.type === 'parcelJoined') return { ...before, parcels: [...before.parcels, event.parcel] }
  if (event.type === 'depositPrepared') {
    return { ...before, generations: event.codes.map(({ generation }) => generation) }
  }
  if (event.type === 'depositMade') return { ...before, stage: 'stored' }
  if (event.type !== 'depositMoved') return before
  const door = plan(event.to)
  return door && { ...before, compartment: event.to, epoch: event.epoch, label: door.label, size: door.size }
}
