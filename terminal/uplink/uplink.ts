import { heartbeatEverySeconds } from '@holdfast/wire/cabinet/health.ts'
import { type MessageKind, openMessage } from '@holdfast/wire/cabinet/signed.ts'
import { allDown, type CabinetPlace, readTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Machine } from '../loop/machine.ts'
import type { TerminalClock } from '../platform/clock.ts'
import { every } from '../platform/every.ts'
import type { Log } from '../platform/log.ts'
import type { BrokerEvents, ConnectBroker } from './broker/link.ts'
import type { CardBook } from './down/cards.ts'
import { readAck, readDesired } from './down/parse.ts'
import type { Drops, Mouth } from './mouth.ts'
import { type Answerer, answerOf, outcomesOf } from './up/answers.ts'
import type { Asks } from './up/asks.ts'
import type { Outgoing } from './up/outgoing.ts'

export interface BrokerAccess {
  readonly url: string
  readonly username: string
  readonly password: string
}

export interface UplinkPorts {
  readonly place: CabinetPlace
  readonly access: BrokerAccess
  readonly connect: ConnectBroker
  readonly seals: Seals
  readonly cloudKeys: ReadonlyMap<number, PublicKey>
  readonly answerer: Answerer
  readonly mouth: Mouth
  readonly drops: Drops
  readonly machine: Pick<Machine, 'onCommitted'>
  readonly clock: TerminalClock
  readonly log: Log
  readonly changed: () => void
  /** The cloud has spoken. */
  readonly heard: () => void
}

/** What hangs on the wire; made after the sender that they speak through. */
export interface Parts {
  readonly outgoing: Outgoing
  readonly asks: Asks
  readonly cards: CardBook
  readonly order: (message: Uint8Array) => void
  readonly health: () => Uint8Array
}

export interface Uplink {
  online(): boolean
  /** How much of what came could not be used, by code. */
  dropped(): ReadonlyMap<string, number>
  close(): Promise<void>
}

/** A cabinet where nothing happens hears the cloud so often at least: couriers' certificates stand on it. */
export const askEveryMs = 6 * 3_600_000

/** The session with the broker: what comes is judged and handed on, what is due goes out. */
export function startUplink(ports: UplinkPorts, parts: Parts): Uplink {
  const { place, access, mouth, drops } = ports
  const session = { online: false }
  const beat = (): void => {
    if (session.online) mouth.say('health', parts.health())
  }
  const link = ports.connect(
    { ...access, clientId: place.cabinet, filter: allDown(place) },
    brokerEvents(ports, parts, { session, beat }),
  )
  mouth.speakThrough(link)
  const forget = ports.machine.onCommitted(({ events }) => {
    for (const outcome of outcomesOf(events)) mouth.answer(answerOf(ports.answerer, outcome))
    parts.outgoing.appended()
  })
  const stopBeating = every(ports.clock, heartbeatEverySeconds * 1_000, beat)
  const stopAsking = every(ports.clock, askEveryMs, () => {
    if (session.online) parts.asks.desired(parts.cards.version())
  })
  return {
    online: () => session.online,
    dropped: () => drops.counts,
    close: async () => {
      forget()
      stopBeating()
      stopAsking()
      parts.outgoing.stop()
      parts.asks.giveUp()
      await link.close()
    },
  }
}

interface Session {
  readonly session: { online: boolean }
  readonly beat: () => void
}

function brokerEvents(ports: UplinkPorts, parts: Parts, { session, beat }: Session): BrokerEvents {
  const receive = receiverOf(ports, parts)
  return {
    online: () => {
      session.online = true
      ports.log.info({}, 'uplink-online')
      parts.asks.desired(parts.cards.version())
      parts.outgoing.begin()
      beat()
      ports.changed()
    },
    offline: () => {
      session.online = false
      ports.log.warn({}, 'uplink-offline')
      parts.outgoing.pause()
      parts.asks.giveUp()
      ports.changed()
    },
    message: (topic, payload) => {
      try {
        receive(topic, payload)
      } catch (error) {
        ports.log.error({ err: error }, 'message-failed')
      }
    },
  }
}

function receiverOf({ place, seals, cloudKeys, drops, heard }: UplinkPorts, parts: Parts) {
  const own = (cabinet: string): boolean => cabinet === place.cabinet
  const opened = <Message>(
    kind: MessageKind,
    message: Uint8Array,
    read: (body: Uint8Array) => Message | undefined,
  ): Message | undefined => {
    const body = openMessage(seals, cloudKeys, kind, message)
    if (!body.ok) {
      drops.add(body.refusal)
      return undefined
    }
    const found = read(body.body)
    if (found === undefined) drops.add('message-malformed')
    return found
  }
  return (topic: string, payload: Uint8Array): void => {
    const to = readTopic(topic)
    if (to?.direction !== 'down' || !own(to.cabinet)) {
      drops.add('message-misplaced')
      return
    }
    if (to.channel === 'orders') parts.order(payload)
    if (to.channel === 'acks') {
      const ack = opened('ack', payload, readAck)
      if (ack !== undefined && own(ack.cabinet)) {
        heard()
        parts.outgoing.acked(ack)
      }
    }
    if (to.channel === 'desired') {
      const desired = opened('desired', payload, readDesired)
      if (desired !== undefined && own(desired.cabinet)) {
        heard()
        if (parts.cards.apply(desired) === 'gap') parts.asks.desired(parts.cards.version())
      }
    }
  }
}
