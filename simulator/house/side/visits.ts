import type { DepositId, Id, IdKind } from '@holdfast/core/values/ids.ts'
import { grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { CloudSide, Screen } from '../../cloud/side.ts'
import { cloudKeyId } from '../../cloud/cloud.ts'
import { nonceBytes } from '../../cloud/stand-in.ts'
import type { Chance } from '../../seed/chance.ts'
import type { Identity } from '../../street.ts'
import type { Headers } from '../calls.ts'
import { createCarts } from './carts.ts'
import type { House } from '../house.ts'

export interface VisitPorts {
  readonly house: House
  readonly identity: Identity
  readonly chance: Chance
  readonly seals: Seals
  readonly draw: <Kind extends IdKind>(kind: Kind) => Id<Kind>
  readonly signIn: (phone: string, audience: 'courier' | 'recipient') => Promise<Headers | undefined>
}

type Asked = Pick<CloudSide, 'signIn' | 'pickup' | 'sendPickup' | 'forged' | 'parcel' | 'begun'>

export interface Visits extends Asked {
  readonly lettersOf: (deposit: DepositId) => readonly string[]
  readonly waiting: () => readonly { readonly deposit: DepositId; readonly phone: string }[]
}

/** Phones before the screen: of couriers who sign in and announce, and of recipients who collect. */
export function createVisits(ports: VisitPorts): Visits {
  const { house, identity, chance, seals, draw, signIn } = ports
  const { cabinet } = identity
  const owners = new Map<DepositId, string>()
  const carts = createCarts(ports)
  const grantOf = async (path: string, headers: Headers | undefined, body: object): Promise<string | undefined> => {
    const reply = headers === undefined ? undefined : await house.call(path, { headers, body })
    return reply?.status === 200 ? String(reply.json['grant']) : undefined
  }
  const pickup = async (deposit: DepositId, { nonce, number }: Screen): Promise<string | undefined> => {
    const phone = owners.get(deposit)
    const headers = phone === undefined ? undefined : await signIn(phone, 'recipient')
    return await grantOf('/v1/recipient/pickup-grants', headers, { cabinet, deposit, nonce, number: two(number) })
  }
  return {
    signIn: async ({ nonce, number }) => {
      const headers = await signIn(chance.pick(house.couriers) ?? '', 'courier')
      const body = { cabinet, nonce, number: two(number), carrier: house.carrier }
      return await grantOf('/v1/courier/kiosk-sign-ins', headers, body)
    },
    pickup,
    sendPickup: async (deposit, screen) => void (await pickup(deposit, screen)),
    forged: ({ nonce, number }) => {
      const shown = { nonce: nonceBytes(nonce), number: number % 100 }
      const grant = { action: 'sign-in', keyId: cloudKeyId, cabinet, carrier: house.carrier, ...shown } as const
      const nobody = seals.generate('ed25519').privateKey
      return grantText(signGrant(seals, nobody, { ...grant, person: draw('person') }))
    },
    parcel: carts.next,
    begun: (deposit, brought) => void owners.set(deposit, carts.phoneOf(brought)),
    lettersOf: (deposit) => house.outward.onPhone(owners.get(deposit) ?? ''),
    waiting: () => [...owners].map(([deposit, phone]) => ({ deposit, phone })),
  }
}

const two = (number: number): string => String(number % 100).padStart(2, '0')
