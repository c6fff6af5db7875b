import { describe, expect, it } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { heartbeatEverySeconds } from '@holdfast/wire/cabinet/health.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { downTopic, upTopic } from '@holdfast/wire/cabinet/topics.ts'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import type { Committed } from '../loop/machine.ts'
import { silentLog } from '../platform/log.ts'
import { cloud, id, newIdentity, seals } from '../terminal.testing.ts'
import { type BrokerEvents, type BrokerLink, type ConnectBroker } from './broker/link.ts'
import { createCuttableNetwork } from './broker/cuttable.ts'
import { createDrops, createMouth } from './mouth.ts'
import { inboxOf, outcomesOf } from './up/answers.ts'
import { askEveryMs, startUplink } from './uplink.ts'

const identity = newIdentity()
const place = { shard: identity.shard, cabinet: identity.cabinet }
const answerer = { cabinet: identity.cabinet, incarnation: identity.incarnation }
const signer = { seals, keyId: 1, key: cloud.orders.privateKey }

/** An uplink whose broker, machine and parts are the test's. */
function rig() {
  const clock = { ...createFakeClock(), wall: () => 0 }
  const done: string[] = []
  const said: string[] = []
  const drops = createDrops(silentLog)
  const mouth = createMouth({ seals, keyId: 0, key: identity.keys.privateKey }, place)
  let events: BrokerEvents | undefined
  let commit: ((committed: Committed) => void) | undefined
  let applied: 'gap' | 'applied' = 'applied'
  const note = (what: string) => () => void done.push(what)
  const uplink = startUplink(
    {
      place,
      access: identity.broker,
      connect: (_place, hears) => {
        events = hears
        return { publish: (topic) => void said.push(topic), close: () => Promise.resolve(note('closed')()) }
      },
      seals,
      cloudKeys: identity.cloudKeys,
      answerer,
      mouth,
      drops,
      machine: { onCommitted: (listener) => ((commit = listener), note('unheard')) },
      clock,
      log: silentLog,
      changed: note('changed'),
      heard: note('heard'),
    },
    {
      outgoing: {
        begin: note('begin'),
        pause: note('pause'),
        appended: note('appended'),
        acked: note('acked'),
        stop: note('stop'),
      } as never,
      asks: { desired: (have: number) => void done.push(`desired ${have}`), giveUp: note('given up') } as never,
      cards: { version: () => 7, apply: () => applied } as never,
      order: (message) => {
        if (message.length === 0) throw new Error('an order that the desk cannot bear')
        done.push('order')
      },
      health: () => toCanonical({ v: 1 }),
    },
  )
  return {
    clock,
    done,
    said,
    uplink,
    drops,
    broker: () => events ?? raise(),
    commits: (committed: readonly CabinetEvent[]) => commit?.({ events: committed, entries: [] }),
    gaps: () => void (applied = 'gap'),
  }
}

const raise = (): never => {
  throw new Error('nobody connected')
}
const signed = (kind: 'ack' | 'desired', body: object, key = signer) => signMessage(key, kind, toCanonical(body))
const ack = (cabinet: string = identity.cabinet) => ({
  v: 1,
  cabinet,
  incarnation: identity.incarnation,
  watermark: 3,
})

describe('the session with the broker', () => {
  it('asks what the cloud wants, sends what waits and beats, as soon as it stands; before that it is silent', async () => {
    const { broker, done, said, uplink, clock } = rig()
    await clock.advance(heartbeatEverySeconds * 3_000)
    expect([uplink.online(), said]).toEqual([false, []])
    broker().online()
    expect(done).toEqual(['desired 7', 'begin', 'changed'])
    expect(said).toEqual([upTopic(place, 'health')])
    expect(uplink.online()).toBe(true)
  })

  it('beats while it stands, and asks now and then though nothing happens', async () => {
    const { broker, done, said, clock } = rig()
    broker().online()
    await clock.advance(heartbeatEverySeconds * 5_000)
    expect(said).toHaveLength(6)
    broker().offline()
    await clock.advance(askEveryMs)
    expect([said.length, done.filter((what) => what === 'desired 7').length]).toEqual([6, 1])
    broker().online()
    await clock.advance(askEveryMs)
    expect(done.filter((what) => what === 'desired 7').length).toBeGreaterThanOrEqual(3)
  })

  it('lets nobody wait for an answer once it is gone', () => {
    const { broker, done } = rig()
    broker().online()
    broker().offline()
    expect(done.slice(-3)).toEqual(['pause', 'given up', 'changed'])
  })

  it('answers whoever gave an order, and wakes the sender at each commit', () => {
    const { commits, said, done } = rig()
    commits([{ type: 'orderAccepted', order: id('order'), what: 'open' } as CabinetEvent])
    commits([])
    expect(said).toEqual([upTopic(place, 'answers')])
    expect(done).toEqual(['appended', 'appended'])
  })

  it('ends everything in order and beats no more', async () => {
    const { uplink, done, said, broker, clock } = rig()
    broker().online()
    await uplink.close()
    expect(done.slice(-4)).toEqual(['unheard', 'stop', 'given up', 'closed'])
    await clock.advance(askEveryMs * 2)
    expect(said).toHaveLength(1)
  })
})

describe('what comes down', () => {
  const other = id('cabinet')
  const forger = { ...signer, key: seals.generate('p256').privateKey }
  it.each([
    ['an acknowledgement', 'acks', signed('ack', ack()), ['heard', 'acked'], []],
    ['one of another cabinet', 'acks', signed('ack', ack(other)), [], []],
    ['one that somebody else signed', 'acks', signed('ack', ack(), forger), [], ['message-forged']],
    ['one signed as something else', 'acks', signed('desired', ack()), [], ['']],
    ['one with a field too many', 'acks', signed('ack', { ...ack(), more: 1 }), [], ['message-malformed']],
    ['garbage', 'desired', new Uint8Array([1, 2, 3]), [], ['']],
    ['an order, whoever sent it: the desk judges it', 'orders', new Uint8Array([1]), ['order'], []],
  ] as const)('%s on %s', (_what, channel, message, done, dropped) => {
    const { broker, done: all, drops } = rig()
    broker().message(downTopic(place, channel), message)
    expect(all).toEqual(done)
    expect(drops.counts.size).toBe(dropped.length)
    for (const [n, code] of [...drops.counts.keys()].entries()) expect(code).toContain(dropped[n])
  })

  it('on a topic that is none of ours is counted and not read', () => {
    const { broker, done, drops } = rig()
    const topics = [upTopic(place, 'facts'), downTopic({ ...place, cabinet: other }, 'acks'), 'hf/1/x', '']
    for (const topic of topics) broker().message(topic, signed('ack', ack()))
    expect([done, drops.counts.get('message-misplaced')]).toEqual([[], 4])
  })

  it('asks anew where what the cloud wants stands on something that never came', () => {
    const { broker, done, gaps } = rig()
    const wants = { v: 1, cabinet: identity.cabinet, base: 3, version: 4, putCards: [], dropCards: [] }
    broker().message(downTopic(place, 'desired'), signed('desired', wants))
    gaps()
    broker().message(downTopic(place, 'desired'), signed('desired', wants))
    expect(done).toEqual(['heard', 'heard', 'desired 7'])
  })

  it('ends no session, even where a part cannot bear it', () => {
    const { broker, done } = rig()
    broker().message(downTopic(place, 'orders'), new Uint8Array())
    broker().message(downTopic(place, 'acks'), signed('ack', ack()))
    expect(done).toEqual(['heard', 'acked'])
  })
})

describe('what events say to whoever gave an order', () => {
  const order = id('order')
  const staff = { kind: 'order', order, staff: id('staff') }
  const recipient = { kind: 'pickup', session: id('session'), deposit: id('deposit') }
  it.each<[object, object[]]>([
    [{ type: 'orderAccepted', order, what: 'open' }, [{ order, outcome: 'accepted' }]],
    [{ type: 'orderAccepted', order, what: 'retire' }, [{ order, outcome: 'done' }]],
    [
      { type: 'orderRefused', order, reason: 'order-door-open' },
      [{ order, outcome: 'refused', reason: 'order-door-open' }],
    ],
    [{ type: 'doorOpened', cause: staff }, [{ order, outcome: 'opened' }]],
    [{ type: 'doorOpened', cause: { ...staff, kind: 'service' } }, [{ order, outcome: 'opened' }]],
    [{ type: 'doorOpened', cause: recipient }, []],
    [{ type: 'doorOpened', cause: null }, []],
    [
      { type: 'doorNotOpened', cause: staff, why: 'still-shut' },
      [{ order, outcome: 'not-opened', reason: 'still-shut' }],
    ],
    [{ type: 'doorOutcomeUnknown', cause: staff }, [{ order, outcome: 'unknown' }]],
    [{ type: 'doorShut', cause: staff }, []],
  ])('%j', (event, outcomes) => {
    expect(outcomesOf([event as CabinetEvent])).toEqual(outcomes)
  })

  it('is kept for a duplicate, byte for byte the same (law 2)', () => {
    const events = [{ type: 'orderAccepted', order, what: 'open' } as CabinetEvent]
    expect(inboxOf(answerer, events)).toEqual(inboxOf(answerer, events))
    expect(inboxOf(answerer, events).map((seen) => seen.id)).toEqual([order])
  })
})

describe('a network whose cable can be pulled', () => {
  function network() {
    const heard: string[] = []
    const links: { events: BrokerEvents; closed: boolean; said: string[] }[] = []
    const connect: ConnectBroker = (_place, events): BrokerLink => {
      const link = { events, closed: false, said: [] as string[] }
      links.push(link)
      return {
        publish: (topic) => void link.said.push(topic),
        close: () => Promise.resolve(void (link.closed = true)),
      }
    }
    const { connect: through, cut } = createCuttableNetwork(connect)
    const link = through(
      { url: '', clientId: '', username: '', password: '', filter: '' },
      {
        online: () => heard.push('online'),
        offline: () => heard.push('offline'),
        message: (topic) => heard.push(topic),
      },
    )
    return { heard, links, cut, link }
  }

  it('says offline once, carries nothing, and begins a new connection when it is mended', () => {
    const { heard, links, cut, link } = network()
    links[0]?.events.online()
    for (const on of [true, true]) cut(on)
    link.publish('lost', new Uint8Array())
    cut(false)
    links[1]?.events.online()
    link.publish('carried', new Uint8Array())
    expect(heard).toEqual(['online', 'offline', 'online'])
    expect(links.map(({ closed, said }) => [closed, said])).toEqual([
      [true, []],
      [false, ['carried']],
    ])
  })

  it('hears nothing late from a connection that was cut', () => {
    const { heard, links, cut } = network()
    cut(true)
    cut(false)
    links[0]?.events.online()
    links[0]?.events.message('late', new Uint8Array())
    links[0]?.events.offline()
    links[1]?.events.message('now', new Uint8Array())
    expect(heard).toEqual(['now'])
  })
})
