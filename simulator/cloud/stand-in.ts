import type { DepositStage } from '@holdfast/core/cabinet/state.ts'
import type { CarrierId, DepositId, Id, IdKind } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { chainStart } from '@holdfast/wire/seals/chain.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { Chance } from '../seed/chance.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { Identity } from '../street.ts'
import { type Acting, type CloudTwin, cloudKeyId } from './cloud.ts'
import type { CloudSide, Deed, DoorKnown, Screen } from './side.ts'

export interface StandInPorts {
  readonly cloud: CloudTwin
  readonly identity: Identity
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly draw: <Kind extends IdKind>(kind: Kind) => Id<Kind>
}

const answerWithinMs = 4_000

/** The protocol's other side with its people's apps left out: what they ask for is signed at once. */
export function createStandIn(ports: StandInPorts): CloudSide {
  const { cloud, identity, chance, draw } = ports
  const { cabinet } = identity
  const carrier: CarrierId = draw('carrier')
  const signIn = (screen: Screen) =>
    ({ action: 'sign-in', keyId: cloudKeyId, cabinet, person: draw('person'), carrier, ...shown(screen) }) as const
  const pickup = (deposit: DepositId, screen: Screen): string | undefined => {
    const known = cloud.cabinet().deposits.get(deposit)
    if (known === undefined) return undefined
    const { compartment, epoch } = known
    const door = { action: 'pickup', keyId: cloudKeyId, cabinet, deposit, compartment, epoch } as const
    return cloud.grant({ ...door, ...shown(screen) })
  }
  return {
    ...cloud,
    carrier,
    signIn: async (screen) => cloud.grant(signIn(screen)),
    pickup: async (deposit, screen) => pickup(deposit, screen),
    sendPickup: async (deposit, screen) => {
      const grant = pickup(deposit, screen)
      if (grant !== undefined) cloud.order({ v: 1, cabinet, order: draw('order'), sentAt: 1, kind: 'grant', grant })
    },
    forged: (screen) => cloud.forgedGrant(signIn(screen)),
    parcel: async () => ({
      parcels: [hexOf(chance.between(0, 2 ** 31), chance.between(0, 2 ** 31))],
      sealed: { parcels: [], phone: null, tail: '1234' },
      consent: chance.happens(0.05) ? undefined : 'parcel',
    }),
    begun: () => {},
    codesOf: (deposit) => (isUnmade(cloud.cabinet().deposits.get(deposit)?.stage) ? new Map() : cloud.codesOf(deposit)),
    doors: async () => [...cloud.cabinet().compartments.values()],
    act: async (deed, door, seen) => await acts(ports, { deed, door, seen }),
    renew: async () => await renews(ports),
    look: async () => {},
    copy: async () =>
      cloud.entries().map((bytes, index) => ({
        seq: index + 1,
        hash: base64FromBytes(cloud.hashAt(index + 1) ?? chainStart.hash),
        entry: new TextDecoder().decode(bytes),
      })),
  }
}

/** Nobody is told a code of what does not lie behind its door yet. */
const isUnmade = (stage: DepositStage | undefined): boolean => stage === 'filling' || stage === 'cancelling'

const shown = ({ nonce, number }: Screen) => ({ nonce: nonceBytes(nonce), number })

export const nonceBytes = (hex: string): Uint8Array =>
  Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))

interface Act {
  readonly deed: Deed
  readonly door: DoorKnown
  readonly seen: 'empty' | 'parcel-inside'
}

async function acts(ports: StandInPorts, { deed, door, seen }: Act): Promise<string> {
  const nonce = await asksNonce(ports)
  if (nonce === undefined) return 'offline'
  const base = { ...acting(ports, nonce), compartment: door.id, epoch: door.epoch }
  const order = orderOf(base, deed, seen)
  ports.cloud.order(order)
  return await answerTo(ports, order.order)
}

async function renews(ports: StandInPorts): Promise<string | undefined> {
  const { cloud, chance } = ports
  const deposit = chance.pick([...cloud.cabinet().deposits.values()].filter(({ stage }) => stage === 'stored'))
  const nonce = deposit === undefined ? undefined : await asksNonce(ports)
  if (deposit === undefined || nonce === undefined) return undefined
  const order = { ...acting(ports, nonce), kind: 'renew', deposit: deposit.id } as const
  cloud.order(order)
  return await answerTo(ports, order.order)
}

type Base = Omit<Extract<Acting, { kind: 'retire' }>, 'kind'>

function orderOf(base: Base, kind: Deed, seen: Act['seen']): Order {
  switch (kind) {
    case 'open':
      return { ...base, kind, service: false }
    case 'inspect':
      return { ...base, kind, seen }
    case 'retire':
    case 'restore':
      return { ...base, kind }
  }
}

const acting = ({ identity, draw }: StandInPorts, nonce: string) =>
  ({
    v: 1,
    cabinet: identity.cabinet,
    order: draw('order'),
    sentAt: 1,
    incarnation: identity.incarnation,
    nonce,
    staff: draw('staff'),
    reason: 'a look',
  }) as const

async function asksNonce(ports: StandInPorts): Promise<string | undefined> {
  const { cloud, identity, draw } = ports
  const order = draw('order')
  cloud.order({ v: 1, cabinet: identity.cabinet, order, sentAt: 1, kind: 'ask-nonce' })
  await answerTo(ports, order)
  return cloud.answers(order)[0]?.nonce
}

async function answerTo({ cloud, clock }: StandInPorts, order: string): Promise<string> {
  for (const until = clock.now() + answerWithinMs; clock.now() < until; await clock.sleep(100)) {
    const [first] = cloud.answers(order)
    if (first !== undefined) return first.reason ?? first.outcome
  }
  return 'silence'
}

const hexOf = (...words: readonly number[]): string =>
  words
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')
    .padEnd(64, '0')
