import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import type { PersonId } from '@holdfast/core/values/ids.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Boards } from '../boards/boards.ts'
import type { Codes } from '../codes/codes.ts'
import type { Journal, Loaded } from '../journal/journal.ts'
import type { Engine } from '../loop/engine.ts'
import type { Guard } from '../loop/guard.ts'
import type { MissedNotice, PhonePicture } from '../loop/loop.ts'
import type { Machine } from '../loop/machine.ts'
import type { Time } from '../loop/time.ts'
import type { TerminalClock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { CabinetIdentity } from '../platform/parse-identity.ts'
import type { ConnectBroker } from './broker/link.ts'
import type { Heard } from './heard.ts'
import { type CardBook, createCards } from './down/cards.ts'
import { createOrderDesk } from './down/orders.ts'
import { isScreenDead } from './down/screen.ts'
import { createDrops, createMouth } from './mouth.ts'
import type { Answerer } from './up/answers.ts'
import { type Carry, createCarry } from './up/carry.ts'
import { type Asks, createAsks } from './up/asks.ts'
import { type AskByPhone, createAskByPhone } from './up/ask-by-phone.ts'
import { type Front, healthBody } from './up/health.ts'
import { createOutgoing } from './up/outgoing.ts'
import { startUplink, type Uplink } from './uplink.ts'

export interface WiredPorts {
  readonly identity: CabinetIdentity
  readonly answerer: Answerer
  readonly clock: TerminalClock
  readonly time: Time
  readonly seals: Seals
  readonly journal: Journal
  readonly loaded: Loaded
  readonly guard: Guard
  readonly machine: Machine
  readonly engine: Engine
  readonly codes: Codes
  readonly heard: Heard
  readonly boards: Boards
  readonly connect: ConnectBroker
  readonly log: Log
  readonly changed: () => void
  readonly scanned: (scan: { readonly person: PersonId; readonly text: string }) => boolean
  readonly pictured: (picture: PhonePicture) => boolean
  readonly missed: (notice: MissedNotice) => boolean
  readonly front: () => Front
}

export interface Wired {
  readonly uplink: Uplink
  readonly cards: CardBook
  readonly asks: Asks
  readonly askByPhone: AskByPhone
  readonly carry: Carry
}

/** Joins what goes up and what comes down to one session with the broker. */
export function wireUplink(ports: WiredPorts): Wired {
  const { identity, answerer, clock, time, seals, journal, guard, machine, engine, codes, log, changed } = ports
  const { cabinet, shard, cloudKeys, sealTo } = identity
  const place = { shard, cabinet }
  const key = identity.keys.privateKey
  const mouth = createMouth({ seals, keyId: 0, key }, place)
  const drops = createDrops(log)
  const online = (): boolean => uplink.online()
  const sendTo = (channel: 'asks' | 'facts') => (body: Uint8Array) => {
    mouth.say(channel, body)
  }

  const keep: Parameters<typeof createCards>[0]['keep'] = (kept) =>
    guard.write('other', () => journal.append(time.moment(), [], { kept })).ok
  const state = machine.cabinet
  const revoked = (revocations: readonly Revocation[]): void => {
    engine.observe({ type: 'revocationsTold', revocations })
  }
  const cards = createCards({ ...ports.loaded, keep, state, seals, changed, revoked })
  const drawId = () => codes.drawId('event')
  const asks = createAsks({ ...answerer, seals, sealTo, clock, drawId, online, send: sendTo('asks') })
  const outgoing = createOutgoing({ cabinet, journal, guard, clock, send: sendTo('facts') })
  const order = wireOrders(ports, { cards, asks, mouth, drops })
  const desired = cards.version
  const { boards, front, connect } = ports
  const heart = { cabinet, state, seals, journal, journalHealth: guard.health, time, desired }
  const health = () => healthBody({ ...heart, boards, front })
  const uplink: Uplink = startUplink(
    {
      place,
      access: identity.broker,
      connect,
      seals,
      cloudKeys,
      answerer,
      mouth,
      drops,
      machine,
      clock,
      log,
      changed,
      heard: ports.heard.hear,
    },
    { outgoing, asks, cards, order, health },
  )
  const carry = createCarry({ cabinet, journal, guard, seals, key, machine })
  return { uplink, cards, asks, askByPhone: wireAskByPhone(ports), carry }
}

type Ends = Pick<Wired, 'cards' | 'asks'> & {
  readonly mouth: ReturnType<typeof createMouth>
  readonly drops: ReturnType<typeof createDrops>
}

/** Orders meet the machine, and whoever stands before the screen, or cannot. */
function wireOrders(ports: WiredPorts, { cards, asks, mouth, drops }: Ends): ReturnType<typeof createOrderDesk> {
  const { identity, answerer, codes, seals, journal, machine, engine, time, scanned, pictured, missed, front } = ports
  return createOrderDesk({
    ...answerer,
    seals,
    cloudKeys: identity.cloudKeys,
    journal,
    machine,
    engine,
    nonces: codes.nonces,
    presenter: codes.presenter,
    codes: codes.desk,
    time,
    drawSession: () => codes.drawId('session'),
    screenDead: () => isScreenDead(front(), cards.settings()),
    answer: mouth.answer,
    scanned,
    pictured,
    missed,
    replied: asks.replied,
    dropped: drops.add,
  })
}

/** A question by phone lives no longer than the session before whose screen it was asked. */
function wireAskByPhone({ identity, answerer, seals, codes, changed, machine }: WiredPorts): AskByPhone {
  const { cabinet, keys, sealTo, cloudKeys } = identity
  const drawId = () => codes.drawId('event')
  const key = keys.privateKey
  const { incarnation } = answerer
  const askByPhone = createAskByPhone({ cabinet, incarnation, seals, key, sealTo, cloudKeys, drawId, changed })
  machine.onCommitted(({ events }) => {
    if (events.some(({ type }) => type === 'sessionEnded')) askByPhone.end()
  })
  return askByPhone
}
