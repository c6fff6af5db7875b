import { parcelSchema } from '@holdfast/wire/http/parcels.ts'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { cabinets } from '../../plan/people.ts'
import { alert, announce, viewOf } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'

export const announcing: readonly TourStep[] = [
  { name: 'Announce: the same call again is the same, another body under its key an error', play: announceTwice },
  { name: 'The carrier corrects phone and size, and cancels', play: amend },
  { name: 'A door opens that nobody ordered: alert', play: turnKey },
]

async function announceTwice(stage: Stage): Promise<string> {
  const first = await announce(stage, 'slim', { recipient: 'mia', size: 'S', cabinet: 'north' })
  const again = await announce(stage, 'slim', { recipient: 'mia', size: 'S', cabinet: 'north' })
  if (again.id !== first.id) throw new Error('the repeated call made another parcel')
  const key = `tour-${stage.number('slim')}`
  const recipient = { phone: stage.phones.ji }
  const body = { trackingNumber: stage.number('slim'), recipient, size: 'L' }
  const other = await stage.carrier.call('POST /v1/parcels', body, { 'idempotency-key': key })
  const code = codeOf(other.body)
  if (other.status < 400 || code !== 'idempotency-key-reused') throw new Error(`answered ${other.status} ${code}`)
  await announce(stage, 'middling', { recipient: 'ji', size: 'M', cabinet: 'north' })
  await announce(stage, 'large', { recipient: 'min', size: 'L', cabinet: 'north' })
  return `3 parcels; the other body: ${code}`
}

async function amend(stage: Stage): Promise<string> {
  const { id } = await announce(stage, 'corrected', { recipient: 'ji', size: 'S', cabinet: 'library' })
  const change = { recipientPhone: stage.phones.mia, size: 'M' }
  const corrected = await stage.carrier.ask(parcelSchema, `PATCH /v1/parcels/${id}`, change)
  if (corrected.size !== 'M') throw new Error(`still size ${corrected.size}`)
  if (!corrected.recipientPhoneMasked?.endsWith(stage.phones.mia.slice(-2)))
    throw new Error(`still the old phone: ${corrected.recipientPhoneMasked}`)
  const gone = await announce(stage, 'cancelled', { recipient: 'min', size: 'S', cabinet: 'north' })
  const cancelled = await stage.carrier.ask(parcelSchema, `POST /v1/parcels/${gone.id}/cancel`)
  if (cancelled.state !== 'cancelled') throw new Error(`it is ${cancelled.state}`)
  return `corrected to ${corrected.recipientPhoneMasked}, ${corrected.size}`
}

/** Left open from now on: a minute later there is another alert for that. */
async function turnKey(stage: Stage): Promise<string> {
  const { compartments } = await viewOf(stage, 'library')
  const loose = compartments.findLast(({ use, door }) => use === 'free' && door === 'shut')
  if (loose === undefined) throw new Error('no free compartment at the library')
  stage.notes.loose = { label: loose.label, openedAt: Date.now() }
  await stage.street.hand('library', loose.label, 'turn-key')
  await alert(stage, 'opened-without-cause', { label: loose.label })
  return `${cabinets.library.name} ${loose.label}, with the mechanical key`
}

const refusal = Type.Object({ error: Type.Object({ code: Type.String() }) })

const codeOf = (body: unknown): string => (Value.Check(refusal, body) ? body.error.code : '')
