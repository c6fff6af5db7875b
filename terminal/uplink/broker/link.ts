import { Socket } from 'node:net'
import { connect } from 'mqtt'
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

const reconnectMs = 1_000
/** Whoever is not heard for one and a half of it is gone: a network that forgets a connection tells nobody. */
const keepaliveSeconds = 36

/** MQTT 3.1.1, clean session, QoS 1 (wire.md). The only file that knows the mqtt package. */
export const connectMqtt =
  (log: Log, keepalive = keepaliveSeconds): ConnectBroker =>
  (place, events) => {
    const client = connect(place.url, {
      protocolVersion: 4,
      clean: true,
      clientId: place.clientId,
      username: place.username,
      password: place.password,
      keepalive,
      // Heartbeats that nobody answers must not put off the question whether anybody is there.
      reschedulePings: false,
      reconnectPeriod: reconnectMs,
      connectTimeout: 10_000,
      resubscribe: false,
      queueQoSZero: false,
    })
    let isOnline = false
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
        events.online()
      })
    })
    client.on('close', () => {
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

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
