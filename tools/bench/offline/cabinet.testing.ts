import { codeIn, type Enrolled, seals, type Town } from '@holdfast/cloud/journeys/town.testing.ts'
import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { RebuiltCompartment } from '@holdfast/core/cabinet/rebuild/told.ts'
import { type CabinetId, type DepositId, readId } from '@holdfast/core/values/ids.ts'
import type { DurationMs } from '@holdfast/core/values/instants.ts'
import { createMemoryLine } from '@holdfast/terminal/boards/bench.ts'
import { createBoards } from '@holdfast/terminal/boards/boards.ts'
import { openJournal } from '@holdfast/terminal/journal/open.ts'
import { createMemoryDisk, createMemoryStore } from '@holdfast/terminal/journal/store.memory.ts'
import type { Verdict } from '@holdfast/terminal/loop/loop.ts'
import { createSystemClock, type TerminalClock } from '@holdfast/terminal/platform/clock.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import { noReserve } from '@holdfast/terminal/platform/reserve.ts'
import { createTerminal } from '@holdfast/terminal/terminal.ts'
import { createDoors, doorsSeen, happened } from '@holdfast/terminal/terminal.testing.ts'
import { createCuttableNetwork } from '@holdfast/terminal/uplink/broker/cuttable.ts'
import { type ConnectBroker, connectMqtt } from '@holdfast/terminal/uplink/broker/link.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import type { Front } from '@holdfast/terminal/uplink/up/health.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'

/** Limits that time alone lifts: whoever stands there tries again. */
const passes: ReadonlySet<string> = new Set(['budget-spent', 'door-busy', 'keypad-too-soon'])

export type RealCabinet = Awaited<ReturnType<typeof openCabinet>>

/**
 * The real terminal of an enrolled cabinet, on the town's own line or its broker's, with doors that spring open. Its day
 * goes `speed` times as fast as the wall's: budgets and pauses, doors and boards.
 */
export const openCabinet = async (
  town: Town,
  enrolled: Enrolled,
  speed: number,
  front?: Front,
): ReturnType<typeof openRealCabinet> =>
  await openRealCabinet(
    { ...enrolled, speed, ...(front === undefined ? {} : { front }) },
    town.wire === 'memory' ? lineOf(town, enrolled.enrolled) : connectMqtt(silentLog, Math.random),
  )

export interface Place {
  readonly cabinet: CabinetId
  readonly enrolled: EnrolReply
  readonly key: Enrolled['key']
  readonly speed: number
  /** What it tells of its screen; without one it has none. With one its timers ring where somebody leaps over them. */
  readonly front?: Front
}

/** The same, on whatever line leads to its cloud. */
export async function openRealCabinet({ enrolled, key, cabinet, speed, front }: Place, connect: ConnectBroker) {
  const { clock, leap } = front === undefined ? createFastClock(speed) : createRingingClock(speed)
  const electrics = createDoors()
  const { electrical } = electrics
  const line = createMemoryLine({
    family: 'xor-8a',
    electrical,
    boards: new Map([[1, {}]]),
    clock,
    baud: 115_200,
  })
  const config = {
    name: 'one',
    family: 'xor-8a',
    baud: 115_200,
    at: { serial: 'memory' },
    profile: { coolDownMs: 0 },
  } as const
  const network = createCuttableNetwork(connect)
  const identity = identityOf(enrolled, key)
  const { keys, incarnation } = identity
  const store = createMemoryStore(createMemoryDisk())
  const terminal = await createTerminal({
    identity: { ...identity, cabinet },
    clock,
    seals,
    journal: openJournal({ store, seals, keys, incarnation }),
    reserve: noReserve,
    boards: (locks) => createBoards({ lines: [config], locks }, { clock, open: () => line.open }),
    network,
    screens: front === undefined ? [] : [async () => ({ front: () => front, stop: async () => undefined })],
    log: silentLog,
  })
  await doorsSeen(terminal)
  const { loop } = terminal
  const submit = (...commands: readonly CabinetCommand[]): Verdict => loop.submit(commands)
  /** Tried until the budget of the minute and the spacing of pulses let it. */
  const patient = async (act: () => Verdict): Promise<void> => {
    for (;;) {
      const verdict = act()
      if (verdict.accepted) return
      if (!passes.has(verdict.refusal)) throw new Error(verdict.refusal)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const session = () => loop.cabinet().session?.id ?? fail('nobody is signed in')
  const cycle = (deposit: DepositId) => loop.cabinet().deposits.get(deposit)?.cycle
  const opened = async (deposit: DepositId): Promise<void> => await happened(loop, () => cycle(deposit) === 'open')
  const shutAll = async (deposit: DepositId): Promise<void> => {
    electrics.open.clear()
    await happened(loop, () => cycle(deposit) !== 'open')
  }
  return {
    terminal,
    store,
    loop,
    clock,
    leap,
    network,
    electrics,
    submit,
    patient,
    session,
    opened,
    shutAll,
    stop: terminal.stop,
  }
}

/** Timers ring as they were wound; who leaps over one meets it late. */
function createFastClock(speed: number) {
  const real = createSystemClock()
  let ahead = 0
  const clock: TerminalClock = {
    now: () => real.now() * speed + ahead,
    after: (ms, run) => real.after(ms / speed, run),
    wall: () => real.wall() + ahead,
  }
  return { clock, leap: (by: DurationMs): void => void (ahead += by) }
}

/** Timers ring at once where somebody leaps over them. */
function createRingingClock(speed: number) {
  const real = createSystemClock()
  const wound = new Set<{ readonly at: number; readonly wind: () => void }>()
  let ahead = 0
  const now = (): number => real.now() * speed + ahead
  const after = (ms: number, run: () => void): (() => void) => {
    let unwind = (): void => {}
    const timer = {
      at: now() + ms,
      wind: () => {
        unwind()
        unwind = real.after(Math.max(0, timer.at - now()) / speed, () => {
          wound.delete(timer)
          run()
        })
      },
    }
    wound.add(timer)
    timer.wind()
    return () => {
      wound.delete(timer)
      unwind()
    }
  }
  const clock: TerminalClock = { now, after, wall: () => real.wall() + ahead }
  const leap = (by: DurationMs): void => {
    ahead += by
    for (const { wind } of wound) wind()
  }
  return { clock, leap }
}

export type Parcel = { readonly number: string; readonly digest: string; readonly carrier: Card['carrier'] }

/** A carded parcel goes behind a door, is confirmed, and its facts wait for a phone. */
export async function putIn(at: RealCabinet, { number, digest, carrier }: Parcel, card: Card): Promise<DepositId> {
  const deposit = at.loop.drawId('deposit')
  const known = readId('carrier', carrier) ?? fail('no carrier')
  await at.patient(() =>
    at.submit({
      type: 'beginDeposit',
      session: at.session(),
      deposit,
      parcels: [digest],
      need: { size: 'M', box: null, lowDoor: false },
      consent: card.consent === null ? null : { ...card.consent, cardVersion: card.version },
      inspection: { offered: true, damaged: false, weightOff: false },
      declared: card.declared,
    }),
  )
  const codes = at.loop.prepareCodes({
    deposit,
    parcels: [{ digest, carrier: known, number }],
    phone: null,
    tail: card.tail,
  })
  await at.opened(deposit)
  await codes
  await at.shutAll(deposit)
  await at.patient(() => at.submit({ type: 'confirmDeposit', session: at.session(), deposit }))
  return deposit
}

/** By its code at the keypad; true where the door opened and the parcel is gone from the cabinet. */
export async function takeOut(at: RealCabinet, deposit: DepositId, code: string): Promise<boolean> {
  for (;;) {
    const answer = await at.loop.enterCode(code)
    if (answer.outcome === 'opened') break
    if (answer.outcome !== 'refused' || !passes.has(answer.refusal)) return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await at.opened(deposit)
  await at.shutAll(deposit)
  await at.patient(() => at.submit({ type: 'confirmPickup', session: at.session() }))
  return !at.loop.cabinet().deposits.has(deposit)
}

export const ok = (reply: Parameters<typeof codeIn>[0]): unknown => {
  if (reply.status >= 300) throw new Error(codeIn(reply))
  return JSON.parse(reply.body)
}

const lineOf =
  (town: Town, enrolled: EnrolReply): ConnectBroker =>
  (place, events) => {
    const link = town.cabinetLink(enrolled)
    const ended = link.subscribe(place.filter, ({ topic, payload }) => events.message(topic, payload))
    queueMicrotask(events.online)
    return {
      publish: (topic, payload) => void link.publish(topic, payload).catch(() => undefined),
      close: async () => await (await ended)(),
    }
  }

function identityOf({ rebuild, ...enrolled }: EnrolReply, keys: Enrolled['key']) {
  const read = (text: string) => readPublicKey(text) ?? fail('no key')
  return {
    incarnation: readId('incarnation', enrolled.incarnation) ?? fail('no incarnation'),
    shard: enrolled.shard,
    broker: enrolled.mqtt,
    cloudKeys: new Map(enrolled.cloudKeys.map(({ keyId, publicKey }) => [keyId, read(publicKey)])),
    sealTo: read(enrolled.sealingKeys[0]?.publicKey ?? ''),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud judged the layout.
    layout: enrolled.layout as unknown as CabinetLayout,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    ...(rebuild === undefined ? {} : { rebuild: rebuild as unknown as readonly RebuiltCompartment[] }),
    keys,
    codeKeys: { key: seals.random(32), salt: bytesFromBase64('AAAA') ?? seals.random(16), cost: 2 ** 10 },
  }
}

function fail(what: string): never {
  throw new Error(what)
}
