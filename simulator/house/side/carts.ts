import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { Brought } from '../../cloud/side.ts'
import type { VisitPorts } from './visits.ts'

const triesMost = 3

/** What couriers bring: most of it announced by the carrier, some for this very cabinet, the rest typed at the kiosk. */
export function createCarts({
  house,
  identity,
  chance,
  seals,
}: Pick<VisitPorts, 'house' | 'identity' | 'chance' | 'seals'>) {
  const { carrier, carrierKey } = house
  const owners = new Map<Brought, string>()
  const announces = async (trackingNumber: string, phone: string): Promise<boolean> => {
    const cabinet = chance.happens(0.5) ? { cabinet: identity.cabinet } : {}
    const body = { trackingNumber, recipient: { phone, locale: 'en' }, ...cabinet }
    const headers = { ...carrierKey, 'idempotency-key': trackingNumber }
    for (let tries = 0; tries < triesMost; tries += 1) {
      // Whoever hears nothing says it again, in the same words.
      const reply = await house.call('/v1/parcels', { headers, body })
      if (reply?.status === 201) return true
    }
    return false
  }
  return {
    next: async (): Promise<Brought> => {
      const phone = house.freshPhone()
      const number = `SF${phone.slice(-8)}`
      const known = chance.happens(0.8) && (await announces(number, phone))
      const digest = parcelDigest(seals, carrier, number)
      const sealed = { parcels: [{ digest, carrier, number }], phone: known ? null : phone, tail: phone.slice(-4) }
      const brought: Brought = { parcels: [digest], sealed, consent: chance.happens(0.05) ? undefined : 'parcel' }
      owners.set(brought, phone)
      return brought
    },
    phoneOf: (brought: Brought): string => owners.get(brought) ?? '',
  }
}
