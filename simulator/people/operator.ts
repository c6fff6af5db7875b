import type { Compartment } from '@holdfast/core/compartment/compartment.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { Acting } from '../cloud/cloud.ts'
import { count, planOf, noticed, shut, springsOpen, thingsBehind, type Town } from './town.ts'

const answerWithinMs = 4_000

/** Staff: looks into what is suspect, opens, retires, restores and renews, now and then with something stale. */
export async function operatorActs(town: Town): Promise<void> {
  const { chance, cloud } = town
  const compartments = [...cloud.cabinet().compartments.values()]
  const suspect = chance.pick(compartments.filter(({ use }) => use === 'suspect'))
  if (suspect !== undefined && chance.happens(0.8)) return looksInto(town, suspect)
  const retired = compartments.find(({ use }) => use === 'retired')
  const any = retired ?? chance.pick(compartments)
  if (any === undefined) return
  if (chance.happens(0.3)) return renews(town)
  const kind = retired === undefined ? (chance.happens(0.5) ? 'open' : 'retire') : 'restore'
  const outcome = await orders(town, any, kind)
  if (kind === 'open' && outcome === 'accepted') await mindsDoor(town, any)
}

/** Comes with a key ring: opens by order, or with the mechanical key, repairs, takes strays out, and says what he saw. */
export async function looksInto(town: Town, compartment: Compartment): Promise<void> {
  const { street, clock } = town
  const { lock } = planOf(town, compartment.id)
  street.metal.setDefects(lock, { jammed: false, leafHeld: false, willNotLatch: false })
  if ((await orders(town, compartment, 'open')) !== 'accepted') street.metal.hands.turnKey(lock)
  await springsOpen(town, lock, 9_000)
  await clock.sleep(2_000)
  const bound = town.journal().compartments.get(compartment.id)?.deposit ?? null
  const belongs = bound === null ? undefined : town.parcels.get(bound)?.thing
  for (const thing of thingsBehind(town, lock)) if (thing !== belongs) street.metal.hands.take(lock, thing)
  await shut(town, lock)
  await noticed(town)
  const seen = thingsBehind(town, lock).length > 0 ? 'parcel-inside' : 'empty'
  const outcome = await orders(town, compartment, 'inspect', seen)
  if (outcome === 'done' && seen === 'empty' && bound !== null) town.parcels.delete(bound)
  count(town, `looked into: ${outcome}`)
}

async function mindsDoor(town: Town, { id }: Compartment): Promise<void> {
  const { lock } = planOf(town, id)
  await springsOpen(town, lock, 9_000)
  await town.clock.sleep(1_000)
  await shut(town, lock)
}

async function renews(town: Town): Promise<void> {
  const deposit = town.chance.pick(
    [...town.cloud.cabinet().deposits.values()].filter(({ stage }) => stage === 'stored'),
  )
  const nonce = deposit === undefined ? undefined : await asksNonce(town)
  if (deposit === undefined || nonce === undefined) return
  const order = { ...acting(town, nonce), kind: 'renew', deposit: deposit.id } as const
  town.cloud.order(order)
  count(town, `renew ${await answerTo(town, order.order)}`)
}

/** The first word that the cabinet says to it. */
async function orders(
  town: Town,
  { id: compartment, epoch }: Compartment,
  kind: 'open' | 'retire' | 'restore' | 'inspect',
  seen: 'empty' | 'parcel-inside' = 'empty',
): Promise<string> {
  const nonce = await asksNonce(town)
  if (nonce === undefined) return 'offline'
  const stale = town.chance.happens(0.1) ? 1 : 0
  const base = { ...acting(town, nonce), compartment, epoch: Math.max(0, epoch - stale) }
  const order = orderOf(base, kind, seen)
  town.cloud.order(order)
  const answer = await answerTo(town, order.order)
  count(town, `${kind} ${answer}`)
  return answer
}

type Base = Omit<Extract<Acting, { kind: 'retire' }>, 'kind'>

function orderOf(base: Base, kind: 'open' | 'retire' | 'restore' | 'inspect', seen: 'empty' | 'parcel-inside'): Order {
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

const acting = ({ identity, draw }: Town, nonce: string) =>
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

async function asksNonce(town: Town): Promise<string | undefined> {
  const order = town.draw('order')
  town.cloud.order({ v: 1, cabinet: town.identity.cabinet, order, sentAt: 1, kind: 'ask-nonce' })
  await answerTo(town, order)
  return town.cloud.answers(order)[0]?.nonce
}

async function answerTo({ cloud, clock }: Town, order: string): Promise<string> {
  for (const until = clock.now() + answerWithinMs; clock.now() < until; await clock.sleep(100)) {
    const [first] = cloud.answers(order)
    if (first !== undefined) return first.reason ?? first.outcome
  }
  return 'silence'
}
