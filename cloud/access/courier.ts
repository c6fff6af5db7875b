import { type CabinetId, readId } from '@holdfast/core/values/ids.ts'
import {
  courierKioskSchema,
  courierSignInAtKioskRequest,
  grantReply,
  kioskScanRequest,
} from '@holdfast/wire/http/access.ts'
import { pictureBody } from '@holdfast/wire/http/cabinets.ts'
import { courierScanRequest } from '@holdfast/wire/http/parcels.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import type { Place } from '../cabinets/cabinets.ts'
import { shownPlace } from '../cabinets/facts.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../platform/http/route.ts'
import type { AccessPorts } from './access.ts'
import { type AccessRefusal, accessCodes } from './codes.ts'
import { handOver, writeGrant } from './grants.ts'
import { mayGoOn } from './limits.ts'
import { takeScreen } from './screens.postgres.ts'

const no = (code: AccessRefusal): Reply => refuse(accessCodes, code)

export const courierRoutes = (ports: AccessPorts): readonly Route[] => [
  scan(ports),
  signIn(ports),
  label(ports),
  picture(ports),
]

export async function findPlace({ cabinets }: AccessPorts, text: string): Promise<Place | undefined> {
  const cabinet: CabinetId | undefined = readId('cabinet', text)
  return cabinet === undefined ? undefined : (await cabinets.places([cabinet])).get(cabinet)
}

const scan = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/kiosk-scans',
    who: 'courier',
    summary: 'Which cabinet this screen belongs to, and for whom the courier may work there',
    schemas: { body: kioskScanRequest },
    replies: { 200: courierKioskSchema },
    handle: async ({ body, caller }) => {
      if (!(await mayGoOn(ports, caller.personId, 'kiosk-scan'))) return no('too-many-scans')
      const place = await findPlace(ports, body.cabinet)
      if (place === undefined) return no('kiosk-unknown')
      const [online, employments, all] = await Promise.all([
        ports.cabinets.isOnline(place.cabinet),
        ports.people.employmentsOf(caller.personId),
        ports.carriers(),
      ])
      const names = new Map(all.map(({ id, name }) => [id, name]))
      const carriers = employments.map(({ carrier }) => ({ carrier, name: names.get(carrier) ?? carrier }))
      return { status: 200, body: { place: shownPlace(place), online, carriers } }
    },
  })

const signIn = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/kiosk-sign-ins',
    who: 'courier',
    summary: 'Sign in at the kiosk whose screen was scanned, for one carrier',
    schemas: { body: courierSignInAtKioskRequest },
    replies: { 200: grantReply },
    handle: async ({ body, caller }) => {
      const person = caller.personId
      if (!(await mayGoOn(ports, person, 'kiosk-sign-in'))) return no('too-many-scans')
      const place = await findPlace(ports, body.cabinet)
      if (place === undefined) return no('kiosk-unknown')
      const { cabinet } = place
      const employment = (await ports.people.employmentsOf(person)).find(({ carrier }) => carrier === body.carrier)
      if (employment === undefined) return no('not-employed')
      if (!(await takeScreen(ports, { cabinet, nonce: body.nonce }, person))) return no('screen-taken')
      const grant = writeGrant(ports, { action: 'sign-in', cabinet, person, carrier: employment.carrier }, body)
      return { status: 200, body: await handOver(ports, cabinet, { grant, door: null }) }
    },
  })

const label = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/scans',
    who: 'courier',
    summary: "A label read by the phone, into the courier's open session at a kiosk",
    schemas: { body: courierScanRequest },
    replies: { 202: emptySchema },
    handle: async ({ body: { text }, caller }) => {
      const person = caller.personId
      if (!(await mayGoOn(ports, person, 'label-scan'))) return no('too-many-scans')
      const session = await ports.cabinets.courierSession(person)
      if (session === undefined) return no('no-kiosk-session')
      const told = await ports.cabinets.tell(session.cabinet, { kind: 'scan', person, text })
      return told ? { status: 202, body: {} } : no('cabinet-not-reached')
    },
  })

/** Law 16: what a courier looks at, for his word at the kiosk to stand on. */
const picture = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/pictures',
    who: 'courier',
    summary: 'A picture of what lies behind the door that the courier looks into, for the open session at a kiosk',
    schemas: { body: pictureBody },
    replies: { 202: emptySchema },
    handle: async ({ body: { jpeg }, caller }) => {
      const person = caller.personId
      if (!(await mayGoOn(ports, person, 'label-scan'))) return no('too-many-scans')
      const session = await ports.cabinets.courierSession(person)
      if (session === undefined) return no('no-kiosk-session')
      const kept = await ports.cabinets.keepCourierPicture({ cabinet: session.cabinet, person, jpeg })
      if (!kept.ok) return no('picture-not-read')
      const told = await ports.cabinets.tell(session.cabinet, { kind: 'picture', person, picture: kept.value.picture })
      return told ? { status: 202, body: {} } : no('cabinet-not-reached')
    },
  })
