import { type PersonId, readId } from '@holdfast/core/values/ids.ts'
import { grantReply, kioskScanRequest, pickupGrantRequest, recipientKioskSchema } from '@holdfast/wire/http/access.ts'
import type { Place } from '../cabinets/cabinets.ts'
import type { WaitingDeposit } from '../parcels/parcels.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../platform/http/route.ts'
import type { AccessPorts } from './access.ts'
import { type AccessRefusal, accessCodes } from './codes.ts'
import { shownPlace } from '../cabinets/facts.ts'
import { findPlace } from './courier.ts'
import { handOver, writeGrant } from './grants.ts'
import { handedWaiting, ownWaiting } from './handovers/handovers.ts'
import { mayGoOn } from './limits.ts'
import { takeScreen } from './screens.postgres.ts'

const no = (code: AccessRefusal): Reply => refuse(accessCodes, code)

export const recipientRoutes = (ports: AccessPorts): readonly Route[] => [scan(ports), grant(ports)]

/** Whose parcels: those of the phone that this session proved, and those that others handed over to its owner. */
export async function waitingFor(
  ports: AccessPorts,
  person: PersonId,
  place: Place,
): Promise<readonly WaitingDeposit[]> {
  const [own, handed] = await Promise.all([ownWaiting(ports, person, place.cabinet), handedWaiting(ports, person)])
  const mine = new Set(own.map(({ deposit }) => deposit))
  return [...own, ...handed.filter(({ cabinet, deposit }) => cabinet === place.cabinet && !mine.has(deposit))]
}

export const doorOf = ({ compartment, label, size }: WaitingDeposit) => ({ compartment, label, size })

const scan = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/recipient/kiosk-scans',
    who: 'recipient',
    summary: 'Which cabinet this screen belongs to, and what waits there for this person',
    schemas: { body: kioskScanRequest },
    replies: { 200: recipientKioskSchema },
    handle: async ({ body, caller }) => {
      if (!(await mayGoOn(ports, caller.personId, 'kiosk-scan'))) return no('too-many-scans')
      const place = await findPlace(ports, body.cabinet)
      if (place === undefined) return no('kiosk-unknown')
      const [online, waiting, all] = await Promise.all([
        ports.cabinets.isOnline(place.cabinet),
        waitingFor(ports, caller.personId, place),
        ports.carriers(),
      ])
      const names = new Map(all.map(({ id, name }) => [id, name]))
      const deposits = waiting.map((at) => ({
        deposit: at.deposit,
        door: doorOf(at),
        trackingNumbers: at.trackingNumbers,
        carrierName: names.get(at.carrier) ?? at.carrier,
      }))
      return { status: 200, body: { place: shownPlace(place), online, deposits } }
    },
  })

const grant = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/recipient/pickup-grants',
    who: 'recipient',
    summary: 'A grant over the scanned screen for one waiting deposit',
    schemas: { body: pickupGrantRequest },
    replies: { 200: grantReply },
    handle: async ({ body, caller }) => {
      if (!(await mayGoOn(ports, caller.personId, 'pickup-grant'))) return no('too-many-scans')
      const place = await findPlace(ports, body.cabinet)
      if (place === undefined) return no('kiosk-unknown')
      const { cabinet } = place
      const at = (await waitingFor(ports, caller.personId, place)).find(({ deposit }) => deposit === body.deposit)
      const compartment = at === undefined ? undefined : readId('compartment', at.compartment)
      if (at === undefined || compartment === undefined) return no('nothing-waiting')
      if (!(await takeScreen(ports, { cabinet, nonce: body.nonce }, caller.personId))) return no('screen-taken')
      const { deposit, epoch } = at
      const text = writeGrant(ports, { action: 'pickup', cabinet, deposit, compartment, epoch }, body)
      return { status: 200, body: await handOver(ports, cabinet, { grant: text, door: doorOf(at) }) }
    },
  })
