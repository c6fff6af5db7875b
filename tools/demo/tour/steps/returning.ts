import { parcelSchema, recallsSchema } from '@holdfast/wire/http/parcels.ts'
import { eventually } from '../../actors/watch.ts'
import { finish, found, signInByGrant, takeOut, typeCode } from '../moves/at-kiosk.ts'
import { parcelIs } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'

export const returning: readonly TourStep[] = [
  { name: 'Damaged: refused and put back', play: refuse },
  { name: 'Recall: the courier takes it out, the carrier has it back', play: recall },
]

async function refuse(stage: Stage): Promise<string> {
  const { kiosks, street } = stage
  const { north } = kiosks
  await typeCode(stage, 'north', stage.codes.get('large') ?? '')
  await takeOut(stage, 'large')
  await north.touch({ kind: 'wrong' })
  await north.sees('complaint')
  await north.touch({ kind: 'complain', what: 'damaged' })
  await north.sees('pickup-door', ({ putBack, phase }) => putBack === 'damaged' && phase === 'open')
  const { label, thing } = found(stage, 'large')
  await street.hand('north', label, 'put', thing)
  await street.shut('north', label)
  await north.sees('farewell', ({ outcome }) => outcome === 'refused')
  await parcelIs(stage, 'large', 'refused')
  return `${label} stays bound to it`
}

async function recall(stage: Stage): Promise<string> {
  const { kiosks, street, courier } = stage
  const { north } = kiosks
  const mine = await eventually(async () => {
    const { items } = await courier.ask(recallsSchema, 'GET /v1/courier/recalls')
    return items.find(({ parcels }) => parcels.some((parcel) => parcel.trackingNumber === stage.number('large')))
  }, 'the parcel in the courier’s list')
  if (mine.why !== 'refused') throw new Error(`listed as ${mine.why}`)
  await signInByGrant(stage, 'north')
  await north.sees('scan', ({ recalls }) => recalls > 0)
  await north.touch({ kind: 'recalls' })
  await north.sees('recalls', ({ doors }) => doors.includes(mine.door.compartment))
  const { label, thing } = found(stage, 'large')
  await north.touch({ kind: 'recall-next' })
  await north.sees('recall-door', ({ phase, compartment }) => phase === 'open' && north.labelOf(compartment) === label)
  await street.hand('north', label, 'take', thing)
  await street.shut('north', label)
  await north.sees('recall-door', ({ phase }) => phase === 'shut')
  await finish(stage, 'north')
  const { id } = await parcelIs(stage, 'large', 'recalled')
  const returned = await stage.carrier.ask(parcelSchema, `POST /v1/parcels/${id}/returned`)
  if (returned.state !== 'returned') throw new Error(`it is ${returned.state}`)
  return `${label}; recalled, then returned`
}
