import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { cabinetDigest } from '@holdfast/wire/journal/digest.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { cabinetDecider } from '@holdfast/core/cabinet/cabinet.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type CabinetId, type IncarnationId, makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import type { JournalEnd, Waits } from '@holdfast/simulator/fleet.ts'
import type { Journal } from '@holdfast/terminal/journal/journal.ts'
import { openJournal } from '@holdfast/terminal/journal/open.ts'
import { createMemoryDisk, createMemoryStore } from '@holdfast/terminal/journal/store.memory.ts'
import { createGuard, type Guard } from '@holdfast/terminal/loop/guard.ts'
import { createMachine, type Machine } from '@holdfast/terminal/loop/machine.ts'
import { createTime, type Time } from '@holdfast/terminal/loop/time.ts'
import { createSystemClock } from '@holdfast/terminal/platform/clock.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import { noReserve } from '@holdfast/terminal/platform/reserve.ts'
import { connectMqtt } from '@holdfast/terminal/uplink/broker/link.ts'
import { type CardBook, createCards } from '@holdfast/terminal/uplink/down/cards.ts'
import { createDrops, createMouth } from '@holdfast/terminal/uplink/mouth.ts'
import { createAsks } from '@holdfast/terminal/uplink/up/asks.ts'
import { createOutgoing } from '@holdfast/terminal/uplink/up/outgoing.ts'
import { startUplink, type Uplink } from '@holdfast/terminal/uplink/uplink.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { type KeyPair, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

/**
 * A cabinet without doors, screen and disk: the terminal's own journal (in memory), machine and uplink, from the
 * gathering of facts to the back-off after a lost broker. What its doors would do is told to it.
 */
export interface Light {
  readonly cabinet: CabinetId
  readonly layout: CabinetLayout
  write(events: readonly CabinetEvent[], sealed?: { readonly deposit: string; readonly blob: Uint8Array }): void
  /** Connects; before that it writes for itself. */
  connect(): void
  disconnect(): Promise<void>
  online(): boolean
  /** It knows what the cloud wants it to know. */
  isTold(): boolean
  end(): JournalEnd
}

export interface LightPorts {
  readonly seals: Seals
  readonly key: KeyPair
  readonly enrolled: EnrolReply
  readonly waits: Waits
}

const clock = createSystemClock()
const [noop, none] = [() => undefined, () => []]

export function createLight(ports: LightPorts): Light {
  const { seals, key, enrolled, waits } = ports
  const place = placeOf(enrolled)
  const { cabinet, incarnation } = place
  const journal = openJournal({ store: createMemoryStore(createMemoryDisk()), seals, keys: key, incarnation })
  const guard = createGuard(noReserve, silentLog)
  const loaded = journal.load()
  const time = createTime(clock, loaded.running)
  const given = { decider: cabinetDecider, random: seals.random, outcomes: none }
  const machine = createMachine({ ...given, journal, loaded, guard, time })
  machine.onCommitted(({ entries }) => {
    const atMs = performance.now()
    for (const { seq } of entries) waits.written(cabinet, seq, atMs)
  })
  const cards = createCards({
    ...loaded,
    keep: (kept) => guard.write('other', () => journal.append(time.moment(), [], { kept })).ok,
    state: machine.cabinet,
    seals,
    changed: noop,
    revoked: noop,
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the layout that the cloud sent, of the wire's own form.
  const layout = enrolled.layout as unknown as CabinetLayout
  machine.record([{ type: 'layoutTaken', layout, at: runningMs(1) }])
  let uplink: Uplink | undefined
  return {
    cabinet,
    layout,
    write: (events, sealed) => {
      if (!machine.record(events, sealed === undefined ? {} : { sealed }))
        throw new Error('a journal that takes nothing')
    },
    connect: () => {
      uplink ??= connectLight(ports, { place, journal, guard, time, machine, cards, online: () => isOnline(uplink) })
    },
    disconnect: async () => {
      await uplink?.close()
      uplink = undefined
    },
    online: () => isOnline(uplink),
    isTold: () => cards.version() > 0,
    end: () => ({ cabinet, seq: journal.head().seq, hash: base64FromBytes(journal.head().hash) }),
  }
}

const isOnline = (uplink: Uplink | undefined): boolean => uplink?.online() === true

interface Parts {
  readonly place: ReturnType<typeof placeOf>
  readonly journal: Journal
  readonly guard: Guard
  readonly time: Time
  readonly machine: Machine
  readonly cards: CardBook
  readonly online: () => boolean
}

/** The session as `wireUplink` makes it, without orders: nobody gives a fleet any. */
function connectLight({ seals, key, enrolled, waits }: LightPorts, parts: Parts): Uplink {
  const { place, journal, guard, time, machine, cards, online } = parts
  const { cabinet, incarnation } = place
  const sealTo = readPublicKey(enrolled.sealingKeys[0]?.publicKey ?? '')
  if (sealTo === undefined) throw new Error('the cloud named no key to seal to')
  const mouth = createMouth({ seals, keyId: 0, key: key.privateKey }, place)
  const send = (channel: 'asks' | 'facts') => (body: Uint8Array) => mouth.say(channel, body)
  const drawId = () => makeId('event', instant(Date.now()), seals.random(10))
  const asks = createAsks({ ...place, seals, sealTo, clock, drawId, online, send: send('asks') })
  const outgoing = createOutgoing({ cabinet, journal, guard, clock, send: send('facts') })
  const acked: typeof outgoing.acked = (ack) => {
    outgoing.acked(ack)
    waits.acknowledged(cabinet, journal.acknowledged(), performance.now())
  }
  const health = (): Uint8Array => {
    const at = { boot: 1, head: journal.head().seq, desired: cards.version(), ...time.moment() }
    const how = { journal: 'ok', kiosk: 'ok', touch: 'ok', scanner: 'ok', silentLines: [] }
    return toCanonical({ v: 1, cabinet, incarnation, ...at, ...how, digest: cabinetDigest(seals, machine.cabinet()) })
  }
  const session = { access: enrolled.mqtt, connect: connectMqtt(silentLog, Math.random), cloudKeys: keysOf(enrolled) }
  const silent = { drops: createDrops(silentLog), log: silentLog, changed: noop, heard: noop }
  return startUplink(
    { place, answerer: place, seals, mouth, machine, clock, ...session, ...silent },
    { outgoing: { ...outgoing, acked }, asks, cards, order: noop, health },
  )
}

function placeOf({ cabinet, incarnation, shard }: EnrolReply) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud's own ids.
  return { shard, cabinet: cabinet as CabinetId, incarnation: incarnation as IncarnationId }
}

function keysOf({ cloudKeys }: EnrolReply) {
  return new Map(
    cloudKeys.flatMap(({ keyId, publicKey }) => {
      const read = readPublicKey(publicKey)
      return read === undefined ? [] : [[keyId, read] as const]
    }),
  )
}
