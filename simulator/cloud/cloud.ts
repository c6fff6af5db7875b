import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { IncarnationId } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import type { Health } from '@holdfast/wire/cabinet/health.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import { type MessageKind, openMessage, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type CabinetPlace, downTopic, readTopic } from '@holdfast/wire/cabinet/topics.ts'
import { cabinetDigest } from '@holdfast/wire/journal/digest.ts'
import { type Grant, grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { broken } from '../checks/law.ts'
import { createFold, type Fold } from './fold.ts'

/** An order that may open or change something: bound to nonce and epoch. */
export type Acting = Extract<Order, { nonce: string }>

export interface CloudPorts {
  readonly seals: Seals
  readonly identity: CabinetPlace & { readonly incarnation: IncarnationId; readonly keys: Pick<KeyPair, 'publicKey'> }
  readonly signing: KeyPair
  readonly sealing: KeyPair
  readonly send: (topic: string, payload: Uint8Array) => void
  /** What is planted in how facts are taken in. */
  readonly foldPatch?: ((fold: Fold) => Fold) | undefined
}

export interface Heartbeat {
  readonly head: number
  /** Whether its digest was the one here; undefined where the two did not stand at one number. */
  readonly agrees: boolean | undefined
}

/** The cloud of one cabinet, by the wire protocol alone: it folds, acknowledges, signs orders and grants. */
export interface CloudTwin extends Omit<Fold, 'take'> {
  receive(topic: string, payload: Uint8Array): void
  order(order: Order): void
  /** Every acting order that was ever signed here, by id. */
  readonly signed: ReadonlyMap<string, Acting>
  answers(order: string): readonly Answer[]
  grant(asked: Grant): string
  /** The same words under a key that nobody pinned. */
  forgedGrant(asked: Grant): string
  heartbeat(): Heartbeat | undefined
}

/** Key id under which cabinets know the cloud's signature. */
export const cloudKeyId = 1

const kinds = new Map<string, MessageKind>([
  ['facts', 'facts'],
  ['answers', 'answer'],
  ['asks', 'ask'],
  ['health', 'health'],
])

export function createCloudTwin(ports: CloudPorts): CloudTwin {
  const { seals, identity, signing, sealing, send } = ports
  const { cabinet, incarnation } = identity
  const sound = createFold({ seals, cabinet, sealing })
  const fold = ports.foldPatch?.(sound) ?? sound
  const signed = new Map<string, Acting>()
  const answers = new Map<string, readonly Answer[]>()
  let heartbeat: Heartbeat | undefined
  const keys = new Map([[0, identity.keys.publicKey]])
  const signer = { seals, keyId: cloudKeyId, key: signing.privateKey }
  const say = (kind: MessageKind, channel: 'orders' | 'acks', body: object): void => {
    send(downTopic(identity, channel), signMessage(signer, kind, toCanonical(body)))
  }
  const take: Readonly<Record<string, (body: Uint8Array) => void>> = {
    facts: (body) => {
      say('ack', 'acks', { v: 1, cabinet, incarnation, ...fold.take(body) })
    },
    answer: (body) => {
      const answer: Answer = readJson(body)
      answers.set(answer.order, [...(answers.get(answer.order) ?? []), answer])
    },
    health: (body) => {
      const { head, digest }: Health = readJson(body)
      heartbeat = { head, agrees: head === fold.head().seq ? digest === digestOf(seals, fold.cabinet()) : undefined }
    },
  }
  return {
    ...fold,
    receive: (topic, payload) => {
      const kind = kinds.get(readTopic(topic)?.channel ?? '')
      if (kind === undefined) return broken(8, `the cabinet spoke on ${topic}`)
      const opened = openMessage(seals, keys, kind, payload)
      if (!opened.ok) return broken(8, `a message is ${opened.refusal}`)
      take[kind]?.(opened.body)
    },
    order: (order) => {
      if ('nonce' in order) signed.set(order.order, order)
      say('order', 'orders', order)
    },
    signed,
    answers: (order) => answers.get(order) ?? [],
    grant: (asked) => grantText(signGrant(seals, signing.privateKey, asked)),
    forgedGrant: (asked) => grantText(signGrant(seals, seals.generate('ed25519').privateKey, asked)),
    heartbeat: () => heartbeat,
  }
}

const digestOf = (seals: Seals, cabinet: Cabinet): string => cabinetDigest(seals, cabinet)

function readJson<Value>(body: Uint8Array): Value {
  const value: Value = JSON.parse(new TextDecoder().decode(body))
  return value
}
