import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type CompartmentId, type DepositId, type IdKind, makeId, type SessionId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { parseCanonical, toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type MessageKind, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { downTopic, readTopic, type DownChannel } from '@holdfast/wire/cabinet/topics.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { createBoards } from './boards/boards.ts'
import { createMemoryLine, type ElectricalLine } from './boards/bench.ts'
import { openJournal } from './journal/open.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './journal/store.memory.ts'
import type { Store } from './journal/store.ts'
import { createSystemClock } from './platform/clock.ts'
import { type Log, silentLog } from './platform/log.ts'
import type { CabinetIdentity } from './platform/parse-identity.ts'
import { noReserve, type Reserve } from './platform/reserve.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { createCuttableNetwork, type CuttableNetwork } from './uplink/broker/cuttable.ts'
import type { BrokerEvents, ConnectBroker } from './uplink/broker/link.ts'

export const seals = createNodeSeals()
export const cloud = { orders: seals.generate('ed25519'), sealing: seals.generate('x25519') }

let born = 0
export const id = <Kind extends IdKind>(kind: Kind) => makeId(kind, instant((born += 1)), seals.random(10))

export const doors: readonly CompartmentId[] = Array.from({ length: 8 }, () => id('compartment'))

const layout: CabinetLayout = {
  version: 1,
  bodies: [{ kind: 'mainCabinet', widthMm: 1_000, heightMm: 2_000 }],
  compartments: doors.map((door, index) => ({
    id: door,
    label: `A0${index + 1}`,
    body: 0,
    size: 'M',
    inside: { widthMm: 350, heightMm: 200, depthMm: 450 },
    front: { xMm: 0, yMm: index * 220, widthMm: 400, heightMm: 210 },
    lock: { line: 'one', board: 1, channel: index + 1 },
    witness: 'latch',
  })),
}

export function newIdentity(): CabinetIdentity {
  return {
    cabinet: id('cabinet'),
    incarnation: id('incarnation'),
    shard: 7,
    broker: { url: 'mqtt://nowhere', username: '', password: '' },
    cloudKeys: new Map([[1, cloud.orders.publicKey]]),
    sealTo: cloud.sealing.publicKey,
    layout,
    keys: seals.generate('p256'),
    codeKeys: { key: seals.random(32), salt: seals.random(16), cost: 2 ** 10 },
  }
}

/** Doors that spring open with the pulse and stay so until somebody shuts them; a jammed one does not move. */
export function createDoors() {
  const open = new Set<number>()
  const jammed = new Set<number>()
  const pulses: number[] = []
  let moved = (_board: number, _channel: number): void => {}
  const electrical: ElectricalLine = {
    advance: () => {},
    addressOf: (board) => board,
    pulse: (_board, channel) => {
      pulses.push(channel)
      if (jammed.has(channel)) return
      open.add(channel)
      moved(1, channel)
    },
    closed: (_board, channel) => !open.has(channel),
    distort: (bytes) => bytes,
    onContact: (listener) => {
      moved = listener
      return () => {}
    },
  }
  return { electrical, open, jammed, pulses, shut: (channel: number) => open.delete(channel) }
}

export interface UpMessage {
  readonly channel: string
  readonly lines: readonly string[]
  readonly value: Record<string, unknown>
}

/** A broker and a cloud that only listen, unless told to speak. */
export function createFakeBroker() {
  const up: UpMessage[] = []
  const ends = new Set<BrokerEvents>()
  let waiting: (() => void)[] = []
  let heard = (_watermark: number): void => {}
  const connect: ConnectBroker = (_place, events) => {
    ends.add(events)
    queueMicrotask(() => {
      if (ends.has(events)) events.online()
    })
    return {
      publish: (topic, payload) => {
        const [, ...lines] = new TextDecoder().decode(payload).split('\n')
        const value = JSON.parse(lines[0] ?? '{}') as Record<string, unknown>
        up.push({ channel: readTopic(topic)?.channel ?? '', lines, value })
        for (const wake of waiting.splice(0)) wake()
        if (value['from'] !== undefined) queueMicrotask(() => heard(Number(value['from']) + lines.length - 2))
      },
      close: async () => {
        ends.delete(events)
      },
    }
  }
  const until = async (is: (message: UpMessage) => boolean): Promise<UpMessage> => {
    for (;;) {
      const found = up.find(is)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        waiting = [...waiting, resolve]
      })
    }
  }
  const send = (topic: string, payload: Uint8Array): void => {
    for (const end of ends) end.message(topic, payload)
  }
  const onFacts = (listener: (watermark: number) => void): void => {
    heard = listener
  }
  return { connect, up, until, send, onFacts }
}

export interface Rig {
  readonly identity: CabinetIdentity
  readonly doors: ReturnType<typeof createDoors>
  readonly broker: ReturnType<typeof createFakeBroker>
  readonly network: CuttableNetwork
  readonly terminal: Terminal
  /** Signed by the cloud, to this cabinet's topic. */
  tell(kind: MessageKind, body: object): void
  /** The same terminal after a power cut: nothing is closed in order. */
  restart(): Promise<Rig>
}

export interface RigOptions {
  readonly identity?: CabinetIdentity
  readonly store?: () => Store
  readonly disk?: MemoryDisk
  readonly doors?: ReturnType<typeof createDoors>
  readonly reserve?: Reserve
  /** 1 of the pace on a real wire where timing is judged. */
  readonly baud?: number
  /** The machine's own idea of UTC milliseconds. */
  readonly wall?: () => number
  /** The cloud acknowledges every fact at once. */
  readonly acks?: true
  readonly log?: Log
  readonly seals?: Seals
}

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const { identity = newIdentity(), disk = createMemoryDisk(), doors: electrics = createDoors() } = options
  const store = options.store ?? (() => createMemoryStore(disk))
  const clock = { ...createSystemClock(), ...(options.wall === undefined ? {} : { wall: options.wall }) }
  const broker = createFakeBroker()
  const network = createCuttableNetwork(broker.connect)
  const baud = options.baud ?? 115_200
  const { electrical } = electrics
  const line = createMemoryLine({ family: 'xor-8a', electrical, boards: new Map([[1, {}]]), clock, baud })
  const profile = { coolDownMs: 0 }
  const config = { name: 'one', family: 'xor-8a', baud, at: { serial: 'memory' }, profile } as const
  const own = options.seals ?? seals
  const terminal = await createTerminal({
    identity,
    clock,
    seals: own,
    journal: openJournal({ store: store(), seals: own, keys: identity.keys, incarnation: identity.incarnation }),
    reserve: options.reserve ?? noReserve,
    boards: (locks) => createBoards({ lines: [config], locks }, { clock, open: () => line.open }),
    network,
    log: options.log ?? silentLog,
  })
  const tell = (kind: MessageKind, body: object): void => {
    const signer = { seals, keyId: 1, key: cloud.orders.privateKey }
    broker.send(downTopic(identity, channels[kind] ?? 'orders'), signMessage(signer, kind, toCanonical(body)))
  }
  if (options.acks) {
    const { cabinet, incarnation } = identity
    broker.onFacts((watermark) => {
      tell('ack', { v: 1, cabinet, incarnation, watermark })
    })
  }
  const restart = async (): Promise<Rig> => {
    network.cut(true)
    await terminal.stop()
    return createRig({ ...options, identity, disk, doors: electrics })
  }
  await doorsSeen(terminal)
  return { identity, doors: electrics, broker, network, terminal, tell, restart }
}

const channels: Partial<Record<MessageKind, DownChannel>> = { order: 'orders', ack: 'acks', desired: 'desired' }

/** Every door was read once. */
export function doorsSeen({ loop }: Terminal): Promise<void> {
  return happened(loop, () => [...loop.cabinet().doors.values()].every(({ position }) => position !== 'unseen'))
}

export function happened(loop: Terminal['loop'], is: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (is()) {
      resolve()
      return
    }
    const forget = loop.onEvents(() => {
      if (!is()) return
      forget()
      resolve()
    })
  })
}

export const eventsIn = (messages: readonly UpMessage[]): readonly { readonly type: string; readonly seq: number }[] =>
  messages
    .filter(({ channel }) => channel === 'facts')
    .flatMap(({ lines }) => lines.slice(1))
    .map((text) => {
      const read = parseCanonical(new TextEncoder().encode(text))
      const entry = (read.ok ? read.value : {}) as { seq: number; event: { type: string } }
      return { seq: entry.seq, type: entry.event.type }
    })

export const signIn = (session: SessionId): CabinetCommand => ({
  type: 'openCourierSession',
  session,
  person: id('person'),
  carrier: id('carrier'),
  via: 'grant',
  nonce: null,
  freshness: 'screen',
})

export const begin = (session: SessionId, deposit: DepositId): CabinetCommand => ({
  type: 'beginDeposit',
  session,
  deposit,
  parcels: [Buffer.from(seals.random(32)).toString('hex')],
  need: { size: 'M', box: null, lowDoor: false },
  consent: { kind: 'parcel', ref: 'con', cardVersion: 1 },
  inspection: { offered: true, damaged: false, weightOff: false },
  declared: { freshFood: false, valuables: false, agreement: false },
})
