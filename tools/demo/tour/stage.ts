import type { DepositId } from '@holdfast/core/values/ids.ts'
import type { Caller } from '../actors/caller.ts'
import { type CarrierSystem, createCarrierSystem, signIn, signInStaff } from '../actors/cast.ts'
import { type KioskHands, standAtKiosk } from '../actors/kiosk.ts'
import { type PasserBy, walkTheStreet } from '../actors/passer-by.ts'
import { type CabinetKey, couriers, recipients } from '../plan/people.ts'
import type { Places } from '../plan/places.ts'

/** Everybody who plays, and what they remember from step to step. */
export interface Stage {
  readonly places: Places
  readonly street: PasserBy
  readonly kiosks: Readonly<Record<CabinetKey, KioskHands>>
  readonly carrier: CarrierSystem
  readonly staff: Caller
  readonly courier: Caller
  readonly recipients: Readonly<Record<RecipientName, Caller>>
  readonly phones: Readonly<Record<RecipientName | 'courier' | 'colleague', string>>
  /** A tracking number of today's own, the same one each time it is asked for by the same name. */
  number(name: string): string
  isOurs(trackingNumber: string): boolean
  /** What was put in, by the name of its number. */
  readonly put: Map<string, { readonly cabinet: CabinetKey; readonly label: string; readonly thing: string }>
  /** Pickup codes as the messages told them, by the name of the number. */
  readonly codes: Map<string, string>
  /** The parcels' ids at the cloud, by the name of the number. */
  readonly parcels: Map<string, string>
  readonly notes: { loose?: LooseDoor; deposit?: DepositId }
  leave(): void
}

interface LooseDoor {
  readonly label: string
  readonly openedAt: number
}

export type RecipientName = 'mia' | 'ji' | 'min'

export async function setStage(places: Places): Promise<Stage> {
  const street = walkTheStreet(places.page)
  await street.until((state) => state, 'the town page')
  const kiosks = { north: standAtKiosk(places.kiosks.north), library: standAtKiosk(places.kiosks.library) }
  const phones = {
    courier: couriers[1].phone,
    colleague: couriers[0].phone,
    mia: recipients[0].phone,
    ji: recipients[1].phone,
    min: recipients[2].phone,
  }
  const asRecipient = async (name: RecipientName): Promise<Caller> =>
    await signIn(places, street, { phone: phones[name], audience: 'recipient' })
  const numbers = createNumbers(Date.now())
  return {
    places,
    street,
    kiosks,
    phones,
    carrier: createCarrierSystem(places),
    staff: await signInStaff(places),
    courier: await signIn(places, street, { phone: phones.courier, audience: 'courier' }),
    recipients: { mia: await asRecipient('mia'), ji: await asRecipient('ji'), min: await asRecipient('min') },
    number: numbers.draw,
    isOurs: numbers.isOurs,
    put: new Map(),
    codes: new Map(),
    parcels: new Map(),
    notes: {},
    leave: () => {
      street.leave()
      kiosks.north.leave()
      kiosks.library.leave()
    },
  }
}

/** Thirteen characters after SF, as that carrier prints them; new for each tour. */
export function createNumbers(seed: number): Pick<Stage, 'isOurs'> & { draw(name: string): string } {
  const given = new Map<string, string>()
  return {
    draw: (name) => {
      const known = given.get(name)
      if (known !== undefined) return known
      const drawn = `SFT${String((seed * 100 + given.size) % 1e12).padStart(12, '0')}`
      given.set(name, drawn)
      return drawn
    },
    isOurs: (trackingNumber) => [...given.values()].includes(trackingNumber),
  }
}
