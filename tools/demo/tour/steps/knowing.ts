import type { TownWebhook } from '@holdfast/wire/town/town.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'

export const knowing: readonly TourStep[] = [
  { name: 'The carrier knows: every webhook verified, in order, none missing', play: webhooks },
]

const wanted = ['announced', 'deposited', 'collected', 'refused', 'recalled', 'returned', 'cancelled']

async function webhooks(stage: Stage): Promise<string> {
  const told = (await stage.carrier.events()).filter(({ data }) => isOurs(stage, data.trackingNumber))
  const due = told.map(({ id }) => id)
  const received = await stage.street.until(
    (state) => {
      const ids = new Set(state.webhooks.filter(({ verified }) => verified).map(({ id }) => id))
      return due.every((id) => ids.has(id)) ? state.webhooks : undefined
    },
    `all ${due.length} webhooks`,
    30_000,
  )
  // The page shows the newest first.
  const ours = received.toReversed().filter(({ trackingNumber }) => isOurs(stage, trackingNumber))
  if (received.some(({ verified }) => !verified)) throw new Error('a webhook was not verified')
  inOrder(ours)
  const types = new Set<string>(told.map(({ type }) => type.replace('parcel.', '')))
  const missing = wanted.filter((type) => !types.has(type))
  if (missing.length > 0) throw new Error(`never told: ${missing.join(', ')}`)
  return `${due.length} events of ${new Set(ours.map(({ trackingNumber }) => trackingNumber)).size} parcels`
}

const isOurs = (stage: Stage, number: string): boolean => number !== '' && stage.isOurs(number)

function inOrder(received: readonly TownWebhook[]): void {
  const last = new Map<string, number>()
  for (const { trackingNumber, sequence, repeated, type } of received) {
    if (repeated) continue
    const before = last.get(trackingNumber) ?? 0
    if (sequence <= before) throw new Error(`${type} of ${trackingNumber} came as ${sequence} after ${before}`)
    last.set(trackingNumber, sequence)
  }
}
