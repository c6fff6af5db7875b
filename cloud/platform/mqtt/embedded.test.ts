import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { type Broker, type Peer, maySubscribe, mayPublish, startBroker } from './embedded.ts'
import type { LinkState, MqttLink } from './link.ts'
import { reach } from './link.contract.ts'
import { createMqttLink } from './mqtt-link.ts'

const cabinet: Peer = { kind: 'cabinet', shard: 7, cabinet: 'cab_a' }

describe('the embedded broker', () => {
  let broker: Broker
  const links: MqttLink[] = []
  const open = (username: string): MqttLink => {
    const credentials = { username, password: 'right' }
    const link = createMqttLink({ url: broker.url, clientId: username, credentials, log: silentLog })
    links.push(link)
    return link
  }
  beforeAll(async () => {
    broker = await startBroker({
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      authenticate: async ({ username, password }) => {
        if (username === 'broken') throw new Error('the store is gone')
        if (password !== 'right') return undefined
        return username === 'cloud' ? { kind: 'cloud' } : username === 'cab_a' ? cabinet : undefined
      },
    })
  })
  afterAll(async () => {
    for (const link of links) await link.close()
    await broker.stop()
  })

  it('lets a cabinet speak up and hear down, to and from the cloud', async () => {
    const [cloud, own] = [open('cloud'), open('cab_a')]
    const heard: string[] = []
    const both = new Promise<void>((resolve) => {
      const note = ({ topic }: { readonly topic: string }): void => void (heard.push(topic) === 2 && resolve())
      void cloud.subscribe('hf/1/+/+/up/#', note)
      void own.subscribe('hf/1/7/cab_a/down/#', note)
    })
    await Promise.all([reach(cloud, 'online'), reach(own, 'online')])
    await cloud.publish('hf/1/7/cab_a/down/orders', Uint8Array.of(1))
    await own.publish('hf/1/7/cab_a/up/facts', Uint8Array.of(2))
    await both
    expect([...heard].sort()).toEqual(['hf/1/7/cab_a/down/orders', 'hf/1/7/cab_a/up/facts'])
  })

  it('closes the connection of a cabinet that speaks as another', async () => {
    const own = open('cab_a')
    await reach(own, 'online')
    await expect(own.publish('hf/1/7/cab_b/up/facts', Uint8Array.of(1))).rejects.toMatchObject({ code: 'mqtt-lost' })
  })

  it('refuses a cabinet that listens to others', async () => {
    const own = open('cab_a')
    await reach(own, 'online')
    await expect(own.subscribe('hf/1/7/+/down/#', () => undefined)).rejects.toMatchObject({ code: 'mqtt-refused' })
  })

  it.each(['stranger', 'broken'])('turns away a %s login', async (username) => {
    const link = open(username)
    const states: LinkState[] = []
    link.onState((state) => states.push(state))
    await reach(link, 'offline')
    expect(states).toEqual(['offline'])
  })

  it.each([
    ['hf/1/7/cab_a/up/facts', true],
    ['hf/1/7/cab_a/down/orders', false],
    ['hf/1/8/cab_a/up/facts', false],
    ['hf/1/7/cab_ab/up/facts', false],
  ])('a cabinet may publish to %s: %s', (topic, allowed) => {
    expect(mayPublish(cabinet, topic)).toBe(allowed)
  })

  it.each([
    ['hf/1/7/cab_a/down/#', true],
    ['hf/1/7/cab_a/up/#', false],
    ['hf/1/7/+/down/#', false],
    ['#', false],
  ])('a cabinet may subscribe to %s: %s', (filter, allowed) => {
    expect(maySubscribe(cabinet, filter)).toBe(allowed)
  })
})
