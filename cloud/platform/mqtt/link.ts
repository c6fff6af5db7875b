import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

export type MqttMessage = { readonly topic: string; readonly payload: Uint8Array }
export type LinkState = 'connecting' | 'online' | 'offline' | 'closed'

export type MqttLinkOptions = {
  readonly url: string
  readonly clientId: string
  readonly credentials?: { readonly username: string; readonly password: string }
  readonly log: Log
  /** For the pauses between tries; the system's unless told. */
  readonly clock?: Clock
}

/** A wire, not a store: nothing is queued or resent. Failures: `mqtt-offline`, `mqtt-lost`, `mqtt-refused`, `mqtt-closed`. */
export type MqttLink = {
  /** QoS 1; resolves when the broker has it, fails at once while offline and when the connection is lost meanwhile. */
  readonly publish: (topic: string, payload: Uint8Array) => Promise<void>
  /** Held through reconnects; resolves at the first grant. Returns the way to end it. */
  readonly subscribe: (filter: string, receive: (message: MqttMessage) => void) => Promise<() => Promise<void>>
  readonly state: () => LinkState
  /** Called with every change of state; 'online' comes after all subscriptions are back. */
  readonly onState: (listener: (state: LinkState) => void) => () => void
  readonly close: () => Promise<void>
}
