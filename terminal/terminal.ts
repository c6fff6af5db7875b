import type { Alarm } from '@holdfast/core/cabinet/act.ts'
import { cabinetDecider } from '@holdfast/core/cabinet/cabinet.ts'
import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import { isPartText } from '@holdfast/wire/carry/parts.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Boards } from './boards/boards.ts'
import type { Journal, Loaded } from './journal/journal.ts'
import { createCodes } from './codes/codes.ts'
import { createElsewhere } from './codes/elsewhere.ts'
import type { CertificateGround } from './codes/present.ts'
import { createEngine, type Engine } from './loop/engine.ts'
import { createGuard, type Guard } from './loop/guard.ts'
import type { Loop, MissedNotice, PhonePicture, PhoneScan } from './loop/loop.ts'
import { createMachine } from './loop/machine.ts'
import { createTime, type Time } from './loop/time.ts'
import type { TerminalClock } from './platform/clock.ts'
import { createListeners, type Listeners } from './platform/listeners.ts'
import type { Log } from './platform/log.ts'
import type { CabinetIdentity } from './platform/parse-identity.ts'
import type { Reserve } from './platform/reserve.ts'
import type { ConnectBroker } from './uplink/broker/link.ts'
import { createHeard } from './uplink/heard.ts'
import { inboxOf } from './uplink/up/answers.ts'
import type { Front } from './uplink/up/health.ts'
import { type Wired, wireUplink } from './uplink/wired.ts'

/** Everything of the world that a terminal touches; simulator, demo and tests bring their own. */
export interface TerminalPorts {
  readonly identity: CabinetIdentity
  readonly clock: TerminalClock
  readonly seals: Seals
  /** Open; the terminal closes it. */
  readonly journal: Journal
  /** Disk space held back for pickups. */
  readonly reserve: Reserve
  readonly boards: (locks: readonly LockAddress[]) => Boards
  readonly network: { readonly connect: ConnectBroker }
  /** Starts the touchscreen's server, and whatever else lives on the loop, in order. */
  readonly screens?: readonly ((loop: Loop) => Promise<Screen>)[]
  readonly log: Log
}

export interface Screen {
  /** Whether a page is there and alive, can be touched, and what reads labels beside it. */
  front(): Front
  stop(): Promise<void>
}

export interface Terminal {
  readonly loop: Loop
  readonly boards: Boards
  /** Messages that could not be used, by code. */
  dropped(): ReadonlyMap<string, number>
  /** Nothing is lost by not calling it: a power cut does not either. */
  stop(): Promise<void>
}

/** Puts the parts together and starts them: the journal's past first, then doors, then the network, then people. */
export async function createTerminal(ports: TerminalPorts): Promise<Terminal> {
  const { journal } = ports
  const news: News = {
    changed: createListeners(),
    alarmed: createListeners(),
    scanned: createListeners(),
    pictured: createListeners(),
    missed: createListeners(),
  }
  const screens: Screen[] = []
  const heart = createHeart(ports, news)
  const wired = wireUplink({
    ...ports,
    ...heart,
    connect: ports.network.connect,
    changed: news.changed.tell,
    scanned: (scan) => news.scanned.tell(scan).includes(true),
    pictured: (picture) => news.pictured.tell(picture).includes(true),
    missed: (notice) => news.missed.tell(notice).includes(true),
    front: () => screens.map((screen) => screen.front()).find(({ kiosk }) => kiosk === 'ok') ?? noFront(screens),
  })
  heart.denied.is = wired.cards.isDenied
  const loop = faceOf(ports, { heart, wired, news })
  for (const start of ports.screens ?? []) screens.push(await start(loop))
  return {
    loop,
    boards: heart.boards,
    dropped: wired.uplink.dropped,
    stop: async () => {
      for (const screen of screens) await screen.stop()
      await wired.uplink.close()
      heart.engine.stop()
      heart.boards.stop()
      journal.close()
    },
  }
}

/** Without a page nobody can tell whether it could be touched; the scanner answers for itself. */
const noFront = ([screen]: readonly Screen[]): Front =>
  screen?.front() ?? { kiosk: 'absent', touch: 'ok', scanner: 'none' }

function createHeart(ports: TerminalPorts, news: News) {
  const { clock, seals, journal, identity, log } = ports
  const loaded = journal.load()
  const time = createTime(clock, loaded.running)
  const guard = createGuard(ports.reserve, log)
  guard.onChange(news.changed.tell)
  const answerer = { cabinet: identity.cabinet, incarnation: journal.incarnation }
  const outcomes = (events: readonly CabinetEvent[]) => inboxOf(answerer, events)
  const decider = cabinetDecider
  const machine = createMachine({ decider, journal, loaded, guard, time, random: seals.random, outcomes })
  const boards = ports.boards(identity.layout.compartments.map(({ lock }) => lock))
  const engine = createEngine({ clock, time, journal, guard, machine, boards, log, alarm: news.alarmed.tell })
  takeLayout(engine, ports)
  takePast(engine, machine.cabinet(), ports)
  const { heard, denied, ground } = createGround({ journal, loaded, guard, time })
  const codes = createCodes({ identity, clock, time, seals, machine, engine, guard, log, ground })
  return { loaded, time, guard, answerer, machine, boards, engine, codes, heard, denied }
}

type Ground = { readonly journal: Journal; readonly loaded: Loaded; readonly guard: Guard; readonly time: Time }

/** What certificates stand on; until the deny list is there, every one is on it. */
function createGround({ journal, loaded, guard, time }: Ground) {
  const keep = (kept: ReadonlyMap<string, Uint8Array>): void => {
    guard.write('other', () => journal.append(time.moment(), [], { kept }))
  }
  const heard = createHeard({ kept: loaded.kept, keep, now: time.running })
  const denied = { is: (_serial: string): boolean => true }
  const ground = (): CertificateGround => {
    const { running: now, wall, trusted } = time.moment()
    return { now, wall, clockTrusted: trusted, heardAt: heard.at(), isDenied: (serial) => denied.is(serial) }
  }
  return { heard, denied, ground }
}

/** The plan that enrolment brought; one that does not fit what is inside stays out, and the old one stands. */
function takeLayout(engine: Engine, { identity, log }: TerminalPorts): void {
  const verdict = engine.submit([{ type: 'takeLayout', layout: identity.layout }])
  if (!verdict.accepted) log.error({ code: verdict.refusal }, 'layout')
}

/** A new terminal in an old cabinet; one that has begun to tell its own story takes nothing over. */
function takePast(engine: Engine, cabinet: Cabinet, { identity: { rebuild = [] }, log }: TerminalPorts): void {
  const isNew = [...cabinet.compartments.values()].every(({ epoch, use }) => epoch === 0 && use === 'free')
  if (rebuild.length === 0 || !isNew) return
  const verdict = engine.submit([{ type: 'rebuildCabinet', compartments: rebuild }])
  if (!verdict.accepted) log.error({ code: verdict.refusal }, 'rebuild')
}

interface News {
  readonly changed: Listeners<[], void>
  readonly alarmed: Listeners<[Alarm, CompartmentId | null], void>
  readonly scanned: Listeners<[PhoneScan], boolean>
  readonly pictured: Listeners<[PhonePicture], boolean>
  readonly missed: Listeners<[MissedNotice], boolean>
}

interface Parts {
  readonly heart: ReturnType<typeof createHeart>
  readonly wired: Wired
  readonly news: News
}

function faceOf({ identity: { cabinet }, clock }: TerminalPorts, { heart, wired, news }: Parts): Loop {
  const { time, guard, machine, engine, codes } = heart
  const { cards, asks, askByPhone, carry, uplink } = wired
  const elsewhere = createElsewhere({ clock, ask: asks.ask, drawId: codes.drawId })
  return {
    id: cabinet,
    cabinet: machine.cabinet,
    now: time.running,
    wall: time.wall,
    submit: (commands) => engine.submit(listed(commands)),
    submitSealed: async (commands, { deposit, part }) => {
      const blob = await codes.desk.seal(deposit, part)
      return engine.submit(listed(commands), { sealed: { deposit, blob } })
    },
    observe: engine.observe,
    onEvents: (listener) => machine.onCommitted(({ events }) => listener(events)),
    onChange: news.changed.add,
    onAlarm: news.alarmed.add,
    drawId: codes.drawId,
    screenNonce: codes.nonces.screen,
    present: (text, via) =>
      isPartText(text) ? { kind: 'reply', scan: askByPhone.scanned(text) } : codes.presenter.scanned(text, via),
    enterCode: (typed, tail) => codes.enter(typed, tail, elsewhere),
    prepareCodes: codes.desk.prepare,
    cards,
    ask: asks.ask,
    askByPhone: askByPhone.ask,
    askTexts: askByPhone.texts,
    carried: carry.texts,
    onPhoneScan: news.scanned.add,
    onPhonePicture: news.pictured.add,
    onNoticeMissed: news.missed.add,
    online: uplink.online,
    journalHealth: guard.health,
  }
}

const listed = (commands: CabinetCommand | readonly CabinetCommand[]): readonly CabinetCommand[] =>
  'type' in commands ? [commands] : commands
