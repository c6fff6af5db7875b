import { Socket } from 'node:net'
import { connect, type IClientOptions } from 'mqtt'
import type { Log } from '../../platform/log.ts'

export interface BrokerPlace {
  readonly url: string
  readonly clientId: string
  readonly username: string
  readonly password: string
  /** The one topic filter of this cabinet: everything that comes down to it. */
  readonly filter: string
}

export interface BrokerEvents {
  /** The subscription stands: from here on messages arrive. */
  online(): void
  offline(): void
  message(topic: string, payload: Uint8Array): void
}

/** A wire, not a store: what is published while it is down is gone, and our own acknowledgements notice. */
export interface BrokerLink {
  publish(topic: string, payload: Uint8Array): void
  close(): Promise<void>
}

export type ConnectBroker = (place: BrokerPlace, events: BrokerEvents) => BrokerLink

const firstPauseMs = 1_000
const longestPauseMs = 30_000
/** Whoever is not heard for one and a half of it is gone: a network that forgets a connection tells nobody. */
const keepaliveSeconds = 36

/** MQTT 3.1.1, clean session, QoS 1 (wire.md). `chance`: from 0 to 1, as good as evenly. The only file that knows the mqtt package. */
export const connectMqtt =
  (log: Log, chance: () => number, keepalive = keepaliveSeconds): ConnectBroker =>
  (place, events) => {
    const client = connect(place.url, { ...sessionOf(place), keepalive, reconnectPeriod: pauseAfter(0, chance()) })
    let isOnline = false
    let failedTries = 0
    client.on('connect', () => {
      // Small messages must not wait for the acknowledgement of the last one: that cost 40 ms in one of five orders.
      if (client.stream instanceof Socket) client.stream.setNoDelay(true)
      client.subscribe(place.filter, { qos: 1 }, (error, granted) => {
        const refused = granted?.some(({ qos }) => Number(qos) === 128) === true
        if (error !== null || refused) {
          log.error({ code: 'broker-refused' }, 'uplink')
          return
        }
        isOnline = true
        failedTries = 0
        client.options.reconnectPeriod = pauseAfter(0, chance())
        events.online()
      })
    })
    client.on('close', () => {
      // The library has set its timer for this try by now: this is the pause before the one after it.
      failedTries += 1
      client.options.reconnectPeriod = pauseAfter(failedTries, chance())
      if (!isOnline) return
      isOnline = false
      events.offline()
    })
    client.on('error', (error) => {
      log.warn({ code: 'code' in error ? String(error.code) : 'broker-error' }, 'uplink')
    })
    client.on('message', (topic, payload) => {
      events.message(topic, new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength))
    })
    return {
      publish: (topic, payload) => {
        if (!isOnline) return
        client.publish(topic, asBuffer(payload), { qos: 1 }, () => {})
      },
      close: () => client.endAsync(true),
    }
  }

const sessionOf = ({ clientId, username, password }: BrokerPlace): IClientOptions => ({
  protocolVersion: 4,
  clean: true,
  clientId,
  username,
  password,
  // Heartbeats that nobody answers must not put off the question whether anybody is there.
  reschedulePings: false,
  // A broker to which thousands return answers late: a try that is given up then is work for both to do again.
  connectTimeout: 20_000,
  resubscribe: false,
  queueQoSZero: false,
})

/**
 * Doubling, and nowhere in it sure: a broker that comes back finds its ten thousand cabinets one after the other, and one
 * that has only blinked finds them within a second.
 */
export const pauseAfter = (failedTries: number, chance: number): number =>
  Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failedTries, 10)) * (0.1 + 0.9 * chance))

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
