import { readId } from '@holdfast/core/values/ids.ts'
import { after, days, hours, instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { certificatesReply, certificatesRequest } from '@holdfast/wire/http/access.ts'
import { signCertificate } from '@holdfast/wire/seals/certificate.ts'
import { publicKeyOf } from '@holdfast/wire/seals/keys.ts'
import { employmentTopic } from '../../people/people.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Route, route } from '../../platform/http/route.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { AccessPorts } from '../access.ts'
import { accessCodes } from '../codes.ts'
import { mayGoOn } from '../limits.ts'
import { denyCertificates, forgetCertificates, keepCertificates } from './store.postgres.ts'

/** A working day; the phone asks for the next one long before. */
export const certificateLife = hours(24)
/** At one cabinet within a day of running time. */
export const doorsEach = 60
/** A cabinet's own clock may be untrusted: then only the list stops an old certificate. */
const deniedKept = days(30)

export const certificateRoutes = (ports: AccessPorts): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/courier/certificates',
    who: 'courier',
    summary:
      "Certificates for this phone's key, one for each carrier: they sign in where phone and cabinet have no network",
    schemas: { body: certificatesRequest },
    replies: { 200: certificatesReply },
    handle: async ({ body, caller: { personId: person } }) => {
      if (!(await mayGoOn(ports, person, 'certificate'))) return refuse(accessCodes, 'too-many-scans')
      const point = bytesFromBase64(body.key)
      if (point?.length !== 65 || point[0] !== 4) return refuse(accessCodes, 'key-unreadable')
      const now = ports.clock.now()
      const [employments, all] = await Promise.all([ports.people.employmentsOf(person), ports.carriers()])
      const { keyId, privateKey } = ports.keys.signing[0]
      const made = employments.map(({ carrier }) => ({
        keyId,
        serial: hex(ports.seals.random(8)),
        person,
        carrier,
        doors: doorsEach,
        from: now,
        until: after(now, certificateLife),
        key: publicKeyOf('p256', point),
      }))
      await keepCertificates(ports.db.query, made)
      const names = new Map(all.map(({ id, name }) => [id, name]))
      const certificates = made.map((certificate) => ({
        carrier: certificate.carrier,
        carrierName: names.get(certificate.carrier) ?? certificate.carrier,
        until: certificate.until,
        certificate: base64FromBytes(signCertificate(ports.seals, privateKey, certificate)),
      }))
      return { status: 200, body: { certificates } }
    },
  }),
]

/** Who is let go opens nothing more with what his phone still holds, at every cabinet that can hear it. */
export const createDeny = (ports: AccessPorts) =>
  ({
    name: 'access-certificates',
    topics: [employmentTopic],
    handle: async (tx: Tx, { payload }: { readonly payload: unknown }): Promise<void> => {
      const ended = readEnded(payload)
      if (ended === undefined) return
      const serials = await denyCertificates(tx, ended)
      if (serials.length > 0) await ports.cabinets.deny(tx, serials, after(ports.clock.now(), deniedKept))
    },
  }) satisfies Consumer

export async function forgetOldCertificates({ db, clock }: AccessPorts): Promise<void> {
  await forgetCertificates(db.query, instant(clock.now() - deniedKept))
}

function readEnded(payload: unknown) {
  if (typeof payload !== 'object' || payload === null || !('person' in payload) || !('carrier' in payload))
    return undefined
  const person = readId('person', String(payload.person))
  const carrier = readId('carrier', String(payload.carrier))
  return person === undefined || carrier === undefined ? undefined : { person, carrier }
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
