import { Socket } from 'node:net'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { type DurationMs, durationMs } from '@holdfast/core/values/instants.ts'
import { type Cancel, jittered, systemClock } from '../clock.ts'
import { type Failure, codeOf, failure } from '../failure.ts'
import type { LinkState, MqttLink, MqttLinkOptions, MqttMessage } from './link.ts'

type Subscription = { readonly filter: string; readonly receive: (message: MqttMessage) => void }

const firstPauseMs = 250
const longestPauseMs = 15_000
const connectTimeoutMs = 5_000
const keepaliveSeconds = 30

/** Each connection is a client of its own, so that nothing of a lost one is ever sent again. */
export function createMqttLink(options: MqttLinkOptions): MqttLink {
  const clock = options.clock ?? systemClock
  const subscriptions = new Set<Subscription>()
  const states = createStates()
  let client: MqttClient | undefined
  let failedTries = 0
  let cancelRetry: Cancel = () => undefined

  const onLost = (): void => {
    if (states.now() === 'closed') return
    states.turn('offline')
    cancelRetry = clock.timer(pauseAfter(failedTries), connect)
    failedTries += 1
  }
  const connect = (): void => {
    client = dial(options, subscriptions, { onReady: () => states.turn('online'), onLost })
  }
  states.listen((state) => {
    if (state === 'online') failedTries = 0
  })
  const online = (): MqttClient => {
    if (states.now() === 'closed') throw failure('mqtt-closed', 'the link was closed')
    if (states.now() !== 'online' || client === undefined) throw failure('mqtt-offline', 'no broker at the other end')
    return client
  }
  connect()
  return {
    publish: async (topic, payload) => await publishOn(online(), topic, payload),
    subscribe: async (filter, receive) => {
      const subscription = { filter, receive }
      subscriptions.add(subscription)
      const granted = states.now() === 'online' ? grant(online(), filter) : states.online()
      await granted.catch((error: unknown) => {
        // Kept, a refused filter would end every later connection.
        subscriptions.delete(subscription)
        throw error
      })
      return async () => {
        subscriptions.delete(subscription)
        if (states.now() === 'online' && client !== undefined) await leave(client, filter, subscriptions)
      }
    },
    state: states.now,
    onState: states.listen,
    close: async () => {
      if (states.now() === 'closed') return
      states.turn('closed')
      cancelRetry()
      await client?.endAsync(true)
    },
  }
}

/** Where the link stands and who wants to know. Closed is for good. */
function createStates() {
  const listeners = new Set<(state: LinkState) => void>()
  let state: LinkState = 'connecting'
  const listen = (listener: (state: LinkState) => void): (() => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  return {
    listen,
    now: () => state,
    turn: (next: LinkState): void => {
      if (state === next || state === 'closed') return
      state = next
      for (const listener of listeners) listener(next)
    },
    online: async (): Promise<void> =>
      await new Promise((resolve, reject) => {
        const stop = listen((next) => {
          if (next !== 'online' && next !== 'closed') return
          stop()
          if (next === 'online') resolve()
          else reject(failure('mqtt-closed', 'the link was closed'))
        })
        if (state === 'closed') reject(failure('mqtt-closed', 'the link was closed'))
      }),
  }
}

type Fate = { readonly onReady: () => void; readonly onLost: () => void }

/** One connection: ready once its subscriptions stand, lost once, however it ends. */
function dial(options: MqttLinkOptions, subscriptions: ReadonlySet<Subscription>, fate: Fate): MqttClient {
  const client = mqtt.connect(options.url, clientOptions(options))
  // One listener for each publish under way: many at once are no leak.
  client.setMaxListeners(0)
  client.on('message', (topic, payload) => {
    for (const { filter, receive } of subscriptions) if (matches(filter, topic)) receive({ topic, payload })
  })
  client.on('error', (error) => options.log.warn({ err: error.message, url: options.url }, 'mqtt'))
  const settle = async (): Promise<void> => {
    try {
      await resubscribe(client, subscriptions)
      fate.onReady()
    } catch {
      // Without its subscriptions a link is deaf: better a new one.
      client.end(true)
    }
  }
  client.on('connect', () => {
    // Small messages must not wait for the acknowledgement of the last one: up to 40 ms each.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true)
    void settle()
  })
  client.once('close', () => {
    client.end(true)
    fate.onLost()
  })
  return client
}

/** MQTT 3.1.1, clean session, no queue, no resend: a wire, not a store. */
function clientOptions({ clientId, credentials }: MqttLinkOptions): IClientOptions {
  return {
    protocolVersion: 4,
    clean: true,
    clientId,
    keepalive: keepaliveSeconds,
    // What is published into a dead connection must not put off the question whether anybody is there.
    reschedulePings: false,
    reconnectPeriod: 0,
    connectTimeout: connectTimeoutMs,
    queueQoSZero: false,
    resubscribe: false,
    ...(credentials === undefined ? {} : credentials),
  }
}

/** Doubling to 15 s, jittered: ten thousand links lose their broker in the same instant. */
const pauseAfter = (failedTries: number): DurationMs =>
  jittered(durationMs(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failedTries, 10))))

async function publishOn(client: MqttClient, topic: string, payload: Uint8Array): Promise<void> {
  let end = (): void => undefined
  const lost = new Promise<never>((_resolve, reject) => {
    end = () => reject(failure('mqtt-lost', 'the connection ended before the broker answered'))
  })
  client.once('close', end)
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  try {
    await Promise.race([client.publishAsync(topic, bytes, { qos: 1 }), lost])
  } catch (error) {
    throw toLinkFailure(error)
  } finally {
    // A connection lives for months: what waits for its end must not gather.
    client.off('close', end)
  }
}

async function resubscribe(client: MqttClient, subscriptions: ReadonlySet<Subscription>): Promise<void> {
  const filters = [...new Set([...subscriptions].map(({ filter }) => filter))]
  await Promise.all(filters.map(async (filter) => await grant(client, filter)))
}

async function grant(client: MqttClient, filter: string): Promise<void> {
  await client.subscribeAsync(filter, { qos: 1 }).catch((error: unknown) => {
    if (client.connected) throw failure('mqtt-refused', `the broker refuses ${filter}`, error)
    throw toLinkFailure(error)
  })
}

async function leave(client: MqttClient, filter: string, left: ReadonlySet<Subscription>): Promise<void> {
  if ([...left].some((other) => other.filter === filter)) return
  // A connection that ends meanwhile has left everything.
  await client.unsubscribeAsync(filter).catch(() => undefined)
}

function toLinkFailure(error: unknown): Failure {
  const code = codeOf(error)
  if (error instanceof Error && code?.startsWith('mqtt-') === true) return Object.assign(error, { code })
  return failure('mqtt-lost', error instanceof Error ? error.message : String(error), error)
}

/** MQTT 3.1.1, 4.7: `+` is one level, a last `#` the rest. */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/')
  const given = topic.split('/')
  for (const [i, part] of wanted.entries()) {
    if (part === '#') return true
    if (given[i] === undefined || (part !== '+' && part !== given[i])) return false
  }
  return wanted.length === given.length
}
