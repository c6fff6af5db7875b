import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type Cabinet, newCabinet } from '@holdfast/core/cabinet/state.ts'
import { type CarrierId, type Id, type IdKind, type OperatorId, idFromBytes } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { signCarried } from '@holdfast/wire/carry/facts.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Ack } from '@holdfast/wire/cabinet/acks.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import type { Desired } from '@holdfast/wire/cabinet/desired.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import { type MessageKind, openMessage, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type UpChannel, allDown, readTopic, upTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { CabinetCreateRequest, EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { type PrivatePart, chainHash, chainStart, privateDigest, signHead } from '@holdfast/wire/seals/chain.ts'
import { cabinetDigest } from '@holdfast/wire/journal/digest.ts'
import { type KeyPair, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { failure } from '../platform/failure.ts'
import type { LinkState, MqttLink, MqttMessage } from '../platform/mqtt/link.ts'
import type { CloudKeys } from '../platform/ports.ts'

/** An id for tests: the same for the same number. */
export const testId = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> =>
  idFromBytes(
    kind,
    Uint8Array.from({ length: 16 }, (_, i) => (i < 12 ? 1 : (n >>> ((15 - i) * 8)) & 255)),
  )

/** A broker in memory that can be cut. Messages arrive at once, in order. */
export type TestBroker = { readonly link: () => MqttLink; readonly cut: (gone: boolean) => void }

export function createTestBroker(): TestBroker {
  const subscriptions = new Set<{ readonly matches: RegExp; readonly receive: (message: MqttMessage) => void }>()
  const listeners = new Set<(state: LinkState) => void>()
  let gone = false
  const link = (): MqttLink => ({
    publish: async (topic, payload) => {
      if (gone) throw failure('mqtt-offline', 'cut by the test')
      for (const { matches, receive } of subscriptions) if (matches.test(topic)) receive({ topic, payload })
    },
    subscribe: async (filter, receive) => {
      const subscription = { matches: new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`), receive }
      subscriptions.add(subscription)
      return async () => void subscriptions.delete(subscription)
    },
    state: () => (gone ? 'offline' : 'online'),
    onState: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => undefined,
  })
  return {
    link,
    cut: (now) => {
      gone = now
      for (const listener of listeners) listener(gone ? 'offline' : 'online')
    },
  }
}

export function testKeys(seals: Seals): CloudKeys {
  const pair = (scheme: 'ed25519' | 'x25519', keyId: number) => ({ keyId, ...seals.generate(scheme) })
  return { signing: [pair('ed25519', 0), pair('ed25519', 1)], sealing: [pair('x25519', 0)], atRest: seals.random(32) }
}

/** Doors side by side on one board. */
/** The last `large` of its doors are large ones. */
export function testLayout(doors: number, first = 1, large = 0): CabinetLayout {
  const inside = { widthMm: 350, heightMm: 200, depthMm: 450 }
  return {
    version: 1,
    bodies: [{ kind: 'mainCabinet', widthMm: 2000, heightMm: 1900 }],
    compartments: Array.from({ length: doors }, (_, i) => ({
      id: testId('compartment', first * 1000 + i),
      label: `A${String(i + 1).padStart(2, '0')}`,
      body: 0,
      size: i < doors - large ? ('M' as const) : ('L' as const),
      inside,
      front: { xMm: 0, yMm: i * 20, widthMm: 400, heightMm: 20 },
      lock: { line: 'one', board: 1, channel: i + 1 },
      witness: 'leaf' as const,
    })),
  }
}

export const testRequest = (layout: CabinetLayout, name = 'Cabinet 1'): CabinetCreateRequest => ({
  name,
  siteName: 'Sunny Court',
  address: '1 Sunny Road',
  zone: 'Asia/Shanghai',
  retentionHours: 48,
  complaintPhone: '12305',
  layout: JSON.parse(JSON.stringify(layout)),
})

export type ScriptedCabinet = {
  readonly enrolled: EnrolReply
  readonly state: () => Cabinet
  /** Appends to its journal; sends nothing. */
  readonly write: (...events: readonly WrittenEvent[]) => void
  /** All from `from` on, in messages of at most 64. */
  readonly sendFacts: (from?: number) => Promise<void>
  readonly send: (channel: UpChannel, message: object) => Promise<void>
  readonly beat: (changes?: object) => Promise<void>
  readonly answer: (answer: Pick<Answer, 'order' | 'outcome' | 'nonce' | 'reason'>) => Promise<void>
  /** What its screen shows a phone of these entries, whole. */
  readonly carry: (deposit: Id<'deposit'>, seqs: readonly number[]) => Uint8Array
  /** A facts payload as it would be sent, for tampering. */
  readonly message: (from: number, to: number) => Uint8Array
  readonly publish: (channel: UpChannel, payload: Uint8Array) => Promise<void>
  readonly acks: readonly Ack[]
  readonly orders: readonly Order[]
  readonly desired: readonly Desired[]
  /** Forgets everything after `seq` and goes on from there: a disk restored from a copy. */
  readonly restoreTo: (seq: number) => void
  readonly key: KeyPair
}

export type WrittenEvent = CabinetEvent | { readonly event: CabinetEvent; readonly private: PrivatePart }

type Written = {
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
  readonly state: Cabinet
  readonly private?: PrivatePart
}

/** Speaks the wire as a terminal does, with no doors behind it. */
export async function scriptCabinet(
  ports: { readonly seals: Seals; readonly link: MqttLink; readonly key: KeyPair },
  enrolled: EnrolReply,
): Promise<ScriptedCabinet> {
  const { seals, link, key } = ports
  const cabinet = enrolled.cabinet as Id<'cabinet'>
  const incarnation = enrolled.incarnation as Id<'incarnation'>
  const place = { shard: enrolled.shard, cabinet }
  const signer = { seals, keyId: 0, key: key.privateKey }
  const cloud = new Map(
    enrolled.cloudKeys.flatMap(({ keyId, publicKey }) => {
      const read = readPublicKey(publicKey)
      return read === undefined ? [] : [[keyId, read] as const]
    }),
  )
  let journal: Written[] = []
  const heard = { acks: [] as Ack[], orders: [] as Order[], desired: [] as Desired[] }
  await link.subscribe(allDown(place), ({ topic, payload }) => {
    const channel = readTopic(topic)?.channel
    const kind = ({ orders: 'order', acks: 'ack', desired: 'desired' } as Record<string, MessageKind>)[channel ?? '']
    const opened = openMessage(seals, cloud, kind ?? 'order', payload)
    if (!opened.ok) throw new Error(`the cloud sent something ${opened.refusal}`)
    const list: unknown[] = channel === 'acks' ? heard.acks : channel === 'orders' ? heard.orders : heard.desired
    list.push(JSON.parse(new TextDecoder().decode(opened.body)))
  })
  const stateNow = (): Cabinet => journal.at(-1)?.state ?? newCabinet
  const hashAt = (seq: number): Uint8Array => journal[seq - 1]?.hash ?? chainStart.hash
  const append = (written: WrittenEvent): void => {
    const { event, part } =
      'event' in written ? { event: written.event, part: written.private } : { event: written, part: undefined }
    const seq = journal.length + 1
    const sealed = part === undefined ? {} : { private: privateDigest(seals, part) }
    const bytes = toCanonical({
      seq,
      incarnation,
      boot: 1,
      running: seq * 10,
      wall: 1,
      trusted: true,
      event,
      ...sealed,
    })
    const state = evolveCabinet(stateNow(), event)
    const kept = part === undefined ? {} : { private: part }
    journal.push({ bytes, hash: chainHash(seals, hashAt(seq - 1), bytes), state, ...kept })
  }
  const message = (from: number, to: number): Uint8Array => {
    const entries = journal.slice(from - 1, to)
    const privates = entries.flatMap((entry, i) =>
      entry.private === undefined
        ? []
        : [{ seq: from + i, blind: base64FromBytes(entry.private.blind), blob: base64FromBytes(entry.private.blob) }],
    )
    const head = signHead(seals, key.privateKey, { incarnation, seq: to, hash: hashAt(to) })
    const heads = [{ seq: to, hash: base64FromBytes(head.hash), signature: base64FromBytes(head.signature) }]
    const previous = base64FromBytes(hashAt(from - 1))
    const header = toCanonical({ v: 1, cabinet, incarnation, from, previous, privates, heads })
    const newline = Uint8Array.of(10)
    const body = concatBytes(header, ...entries.flatMap(({ bytes }) => [newline, bytes]))
    return signMessage(signer, 'facts', body)
  }
  const publish = async (channel: UpChannel, payload: Uint8Array): Promise<void> =>
    await link.publish(upTopic(place, channel), payload)
  const kinds = { facts: 'facts', answers: 'answer', asks: 'ask', health: 'health' } as const
  const send = async (channel: UpChannel, said: object): Promise<void> =>
    await publish(channel, signMessage(signer, kinds[channel], toCanonical({ v: 1, cabinet, incarnation, ...said })))
  return {
    ...heard,
    enrolled,
    key,
    state: stateNow,
    write: (...events) => events.forEach(append),
    sendFacts: async (from = 1) => {
      for (let at = from; at <= journal.length; at += 64)
        await publish('facts', message(at, Math.min(at + 63, journal.length)))
    },
    send,
    beat: async (changes = {}) => {
      const digest = cabinetDigest(seals, stateNow())
      const how = { boot: 1, running: 1, wall: 1, trusted: true, head: journal.length, desired: 1, digest }
      await send('health', {
        ...how,
        journal: 'ok',
        kiosk: 'ok',
        touch: 'ok',
        scanner: 'ok',
        silentLines: [],
        ...changes,
      })
    },
    answer: async (answer) => await send('answers', answer),
    carry: (deposit, seqs) => {
      const entries = seqs.flatMap((seq) => journal[seq - 1] ?? [])
      return signCarried(seals, key.privateKey, { cabinet, incarnation, deposit, entries })
    },
    message,
    publish,
    restoreTo: (seq) => {
      journal = journal.slice(0, seq)
    },
  }
}

/** What a cabinet writes when a courier puts one parcel behind a door and leaves. */
export function depositEvents(
  n: number,
  door: Id<'compartment'>,
  who: { readonly carrier: CarrierId; readonly epoch?: number },
): readonly CabinetEvent[] {
  const at = runningMs(n * 1000)
  const [session, deposit, person] = [testId('session', n), testId('deposit', n), testId('person', n)]
  const parcels = [n.toString(16).padStart(64, '0')]
  const epoch = who.epoch ?? 1
  const need = { size: 'M', box: null, lowDoor: false } as const
  const consent = { kind: 'parcel', ref: 'card', cardVersion: 1 } as const
  const inspection = { offered: true, damaged: false, weightOff: false }
  const cause = { kind: 'deposit', session, deposit } as const
  return [
    { type: 'courierSessionOpened', session, person, carrier: who.carrier, via: 'grant', nonce: null, at },
    { type: 'compartmentHeld', compartment: door, epoch, deposit, session },
    {
      type: 'depositBegun',
      deposit,
      session,
      carrier: who.carrier,
      person,
      compartment: door,
      epoch,
      parcels,
      need,
      consent,
      inspection,
      at,
    },
    { type: 'doorUnlockIntended', door, cause, at },
    { type: 'doorPulsed', door, at },
    { type: 'doorOpened', door, cause, recovered: false, witness: 'leaf', at },
    { type: 'doorShut', door, witness: 'leaf', at },
    { type: 'compartmentLoaded', compartment: door, deposit },
    { type: 'depositMade', deposit, by: 'silence', at },
    { type: 'sessionEnded', session, why: 'done', at },
  ]
}

/** Resolves once the claim holds; fails after fifteen seconds. Reads the real clock: databases are real. */
export async function eventually(claim: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!(await claim())) {
    if (performance.now() > deadline) throw new Error('it did not come true within fifteen seconds')
    // A pause, not a spin: what is waited for needs the core that a spin would take.
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}

export const testOperator = (n: number): OperatorId => testId('operator', n)
export const testStart = instant(1_700_000_000_000)

/** Between claims on one database: opening another costs seconds. */
export const emptyCabinets = `truncate cabinet, site, placement, cabinet_claim, cabinet_journal, cabinet_fact,
  cabinet_private, cabinet_snapshot, cabinet_compartment, cabinet_deposit, cabinet_health, cabinet_order, cabinet_desired,
  cabinet_standing, cabinet_card, cabinet_carried, lease, outbox`
