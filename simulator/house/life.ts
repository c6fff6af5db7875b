import { instant } from '@holdfast/core/values/instants.ts'
import { type CloudTwin, type CloudTwinPorts, createCloudTwin } from '@holdfast/cloud/twin.ts'
import type { VirtualClock } from '../seed/clock.ts'
import { wallAtStart } from '../street.ts'

/** Where a cloud can die: before it or after it, with everything that nobody was told of. */
export type CloudPoint = 'commit' | 'publish' | 'letter' | 'webhook'

/** What stands between a cloud and its database, its broker and its partners; it throws or kills where something is wrong. */
export interface Trouble {
  readonly statement: (isCommit: boolean) => 'runs' | 'refused' | 'runs unheard'
  /** Undefined lives on. */
  readonly death: (point: CloudPoint) => 'before' | 'after' | undefined
  readonly isBrokerGone: () => boolean
}

export interface LifePorts extends Pick<CloudTwinPorts, 'database' | 'seals' | 'keys'> {
  readonly clock: VirtualClock
  readonly trouble: Trouble
  /** The real ports of a cloud may be made wrong here. */
  readonly patch: (ports: CloudTwinPorts) => CloudTwinPorts
  readonly publish: (topic: string, payload: Uint8Array) => Promise<void>
  readonly letter: Parameters<typeof channelOf>[0]
  readonly post: CloudTwinPorts['outward']['post']
  readonly died: () => void
}

/** One cloud from its start to its crash: from then on what it still computes reaches nobody. */
export interface Life {
  readonly twin: () => CloudTwin | undefined
  /** When it is ready for calls, or has died of its start. */
  readonly started: Promise<void>
  readonly ended: Promise<undefined>
  readonly heard: (topic: string, payload: Uint8Array) => void
  readonly end: () => void
}

const coded = (code: string): Error => Object.assign(new Error(code), { code })

type Channel = CloudTwinPorts['outward']['channels']['sms']
const channelOf = (send: Channel['send']): Channel => ({ send, close: () => {} })

export function beginLife(ports: LifePorts): Life {
  const { clock, trouble } = ports
  let alive = true
  let twin: CloudTwin | undefined
  let tell = (): void => {}
  const ended = new Promise<undefined>((resolve) => {
    tell = () => resolve(undefined)
  })
  const end = (): void => {
    if (!alive) return
    alive = false
    tell()
    ports.died()
  }
  /** Does the work unless this life ends at it, before or after. */
  const at = async <T>(point: CloudPoint, work: () => Promise<T>): Promise<T> => {
    if (!alive) throw coded('db-unavailable')
    const death = trouble.death(point)
    if (death === 'before') end()
    if (!alive) throw coded('db-unavailable')
    const done = await work()
    if (death === 'after') end()
    if (!alive) throw coded('db-unavailable')
    return done
  }
  const { link, heard } = createLink(ports, { isAlive: () => alive, at })
  const given: CloudTwinPorts = {
    ...ports,
    around: aroundWith(ports, { isAlive: () => alive, at }),
    clock: {
      now: () => instant(wallAtStart + Math.floor(clock.now())),
      timer: (ms, ring) => clock.after(ms, () => (alive ? ring() : undefined)),
    },
    link,
    outward: {
      post: async (url, message) => await at('webhook', async () => await ports.post(url, message)),
      channels: { sms: channelOf(async (...given) => await at('letter', async () => await ports.letter(...given))) },
    },
  }
  const started = createCloudTwin(ports.patch(given)).then(
    (made) => {
      twin = made
    },
    () => end(),
  )
  return { twin: () => (alive ? twin : undefined), started, ended, heard, end }
}

interface Living {
  readonly isAlive: () => boolean
  readonly at: <T>(point: CloudPoint, work: () => Promise<T>) => Promise<T>
}

/** Time stands while the database works. A statement of its own outside a transaction commits by itself. */
function aroundWith({ clock, trouble }: LifePorts, { isAlive, at }: Living): CloudTwinPorts['around'] {
  let isInside = false
  return async (sql, run, wrote) => {
    if (!isAlive()) throw coded('db-unavailable')
    if (sql.startsWith('begin')) isInside = true
    const ends = sql === 'commit' || sql === 'rollback'
    const isAlone = !isInside
    if (ends) isInside = false
    const work = async (): Promise<Awaited<ReturnType<typeof run>>> => {
      const how = trouble.statement(sql === 'commit' || (isAlone && writes.test(sql)))
      if (how === 'refused') throw coded('db-unavailable')
      const done = await clock.hold(run())
      if (how === 'runs unheard') throw coded('db-unavailable')
      return done
    }
    // What changes nothing is no point to die at.
    if (sql === 'commit' && (await clock.hold(wrote()))) return await at('commit', work)
    const done = await work()
    if (isAlone && writes.test(sql) && (await wrote())) await at('commit', async () => {})
    return done
  }
}

const writes = /^\s*(insert|update|delete|with[^;]*(insert|update|delete))\b/iu

function createLink({ trouble, publish }: LifePorts, { isAlive, at }: Living) {
  type Link = CloudTwinPorts['link']
  const listening = new Set<{ readonly matches: RegExp; readonly receive: Parameters<Link['subscribe']>[1] }>()
  const link: Link = {
    publish: async (topic, payload) => {
      await at('publish', async () => {
        if (trouble.isBrokerGone()) throw coded('mqtt-offline')
        await publish(topic, payload)
      })
    },
    subscribe: async (filter, receive) => {
      const one = { matches: new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`, 'u'), receive }
      listening.add(one)
      return async () => void listening.delete(one)
    },
    state: () => (trouble.isBrokerGone() ? 'offline' : 'online'),
    onState: () => () => {},
    close: async () => {},
  }
  const heard = (topic: string, payload: Uint8Array): void => {
    if (!isAlive() || trouble.isBrokerGone()) return
    for (const { matches, receive } of listening) if (matches.test(topic)) receive({ topic, payload })
  }
  return { link, heard }
}
