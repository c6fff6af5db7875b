import { bend, noise } from '@holdfast/core/fuzz/bytes.testing.ts'
import { type Dice, fromHex } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { bendJson } from '@holdfast/core/fuzz/json.testing.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { cabinetMessages } from '@holdfast/wire/catalog/cabinet-messages.ts'
import { type MessageKind, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { downTopic } from '@holdfast/wire/cabinet/topics.ts'
import { grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Log } from './platform/log.ts'
import { cloud, createRig, id, type Rig, seals } from './terminal.testing.ts'

/** Keeps the names of what was logged as an error: a handler that threw says so there and nowhere else. */
function createErrorLog(): { readonly log: Log; readonly errors: string[] } {
  const errors: string[] = []
  const error: Log['error'] = (given: unknown, ...[name]: readonly unknown[]) => {
    const cause = typeof given === 'object' && given !== null && 'err' in given ? String(given.err) : ''
    errors.push(`${String(name)} ${cause}`)
  }
  return { log: { debug: () => {}, info: () => {}, warn: () => {}, error }, errors }
}

export interface Bed extends Rig {
  readonly errors: string[]
}

export async function openBed(given: { readonly seals?: Seals } = {}): Promise<Bed> {
  const { log, errors } = createErrorLog()
  return { ...(await createRig({ log, ...given })), errors }
}

export interface Letter {
  readonly kind: 'order' | 'ack' | 'desired'
  readonly topic: string
  readonly payload: Uint8Array
  /** Signed by the cloud over just this, to just this cabinet. */
  readonly genuine: boolean
}

const kinds = ['order', 'ack', 'desired'] as const
const channels = { order: 'orders', ack: 'acks', desired: 'desired' } as const
const stranger = seals.generate('ed25519')

/** Hostile values have no canonical form: they come as other programs would write them. */
function bytesOf(value: unknown): Uint8Array {
  try {
    return toCanonical(value)
  } catch {
    return new TextEncoder().encode(JSON.stringify(value))
  }
}

/** One of the examples as if it were for this cabinet, under a number of its own. */
function example(dice: Dice, { identity }: Rig, kind: Letter['kind']): object {
  const [first, ...rest] = Object.values(cabinetMessages[kind]?.examples ?? {})
  const chosen = dice.pick([first, ...rest])
  const { cabinet, incarnation } = identity
  const own = new Map<string, string>([
    ['cabinet', cabinet],
    ['incarnation', incarnation],
    ['order', makeId('order', instant(1), noise(dice, 10, 10))],
  ])
  const fields = Object.entries(typeof chosen === 'object' && chosen !== null ? chosen : {})
  return Object.fromEntries(fields.map(([name, value]) => [name, own.get(name) ?? value]))
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0

export function letter(dice: Dice, bed: Rig): Letter {
  const kind = dice.pick(kinds)
  const plain = example(dice, bed, kind)
  const body = bytesOf(dice.below(2) === 0 ? plain : bendJson(dice, plain))
  const signed = (as: MessageKind, key = cloud.orders.privateKey, keyId = 1): Uint8Array =>
    signMessage({ seals, keyId, key }, as, body)
  const own = downTopic(bed.identity, channels[kind])
  const good = signed(kind)
  switch (dice.below(7)) {
    case 0:
      return {
        kind,
        topic: own,
        payload: signed(dice.pick(['ack', 'desired', 'order', 'facts', 'answer'] as const)),
        genuine: true,
      }
    case 1:
      return { kind, topic: own, payload: signed(kind, stranger.privateKey, dice.pick([1, 1, 2])), genuine: false }
    case 2:
      return { kind, topic: `${own}${dice.pick(['/', '/x', '\0', '#'])}`, payload: good, genuine: false }
    case 3:
    case 4: {
      const payload = bend(dice, good, [good, bytesOf(plain), fromHex('7b 7d 0a')])
      return { kind, topic: own, payload, genuine: isSame(payload, good) }
    }
    default:
      return { kind, topic: own, payload: good, genuine: true }
  }
}

/** A courier's grant over the nonce that stands on the screen now: whole, it opens a session. */
export function liveGrant({ identity, terminal }: Rig): string {
  const { nonce, number } = terminal.loop.screenNonce()
  const challenge = { keyId: 1, cabinet: identity.cabinet, nonce: fromHex(nonce), number: Number(number) }
  const who = { action: 'sign-in', person: id('person'), carrier: id('carrier') } as const
  return grantText(signGrant(seals, cloud.orders.privateKey, { ...challenge, ...who }))
}
