import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import { createBoards } from '@holdfast/terminal/boards/boards.ts'
import { openJournal } from '@holdfast/terminal/journal/open.ts'
import type { Store } from '@holdfast/terminal/journal/store.ts'
import { openSqliteStore } from '@holdfast/terminal/journal/store.sqlite.ts'
import { createSystemClock, type TerminalClock } from '@holdfast/terminal/platform/clock.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import { createFileReserve } from '@holdfast/terminal/platform/reserve.ts'
import type { Loop } from '@holdfast/terminal/loop/loop.ts'
import { createTerminal } from '@holdfast/terminal/terminal.ts'
import { begin, id, signIn } from '@holdfast/terminal/terminal.testing.ts'
import { connectMqtt } from '@holdfast/terminal/uplink/broker/link.ts'
import { readPrivateKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { createKiosk } from '@holdfast/terminal/kiosk/kiosk.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { pulsedAgain, syncedLate } from '../../crash/planted.testing.ts'
import { readPlan } from './plan.ts'

/*
 * The program that figures measure: the real terminal with its SQLite journal, in a process of its own. Lines on
 * stdin are what a technician or a person at the screen does; each is answered by one JSON line.
 */
const [folder = ''] = process.argv.slice(2)
const plan = readPlan(folder)
const seals = createNodeSeals()
const key = <Key>(read: Key | undefined): Key => {
  if (read === undefined) throw new Error('a key of the plan is none')
  return read
}
const identity = {
  cabinet: key(readId('cabinet', plan.cabinet)),
  incarnation: key(readId('incarnation', plan.incarnation)),
  shard: plan.shard,
  broker: { url: plan.mqtt, username: 'bench', password: 'bench' },
  cloudKeys: new Map([[1, key(readPublicKey(plan.orderKey))]]),
  sealTo: key(readPublicKey(plan.sealTo)),
  layout: plan.layout as CabinetLayout,
  keys: { publicKey: key(readPublicKey(plan.keys.publicKey)), privateKey: key(readPrivateKey(plan.keys.privateKey)) },
  codeKeys: { key: key(bytesFromBase64(plan.codeKey)), salt: key(bytesFromBase64(plan.codeSalt)), cost: plan.codeCost },
}
const { keys, incarnation } = identity
const clock = createSystemClock()
const { speed } = plan
/** The terminal's day in less time; boards and broker live in ours. */
const terminalClock: TerminalClock = {
  now: () => clock.now() * speed,
  wall: () => clock.wall(),
  after: (ms, run) => clock.after(ms / speed, run),
}
const lines = [{ name: 'main', family: 'xor-8a', at: { tcp: { host: '127.0.0.1', port: plan.boards } } } as const]
const labels = new Set<(text: string) => void>()
const scanner = {
  onText: (listener: (text: string) => void) => {
    labels.add(listener)
    return () => labels.delete(listener)
  },
  up: () => true,
  stop: () => {},
}
let kioskUrl = ''
const showKiosk = async (on: Loop) => {
  const screen = await createKiosk(on, { clock, seals, log: silentLog, port: 0, folder: plan.kiosk ?? '', scanner })
  kioskUrl = screen.url
  return screen
}
const disk = await openSqliteStore(join(folder, 'journal.sqlite'))
const store = plan.planted === 'synced-late' ? syncedLate(disk) : disk
const { loop, stop } = await createTerminal({
  identity,
  clock: terminalClock,
  seals,
  journal: openJournal({ store, seals, keys, incarnation }),
  reserve: createFileReserve(join(folder, 'reserve')),
  boards: (locks) => {
    const boards = createBoards({ lines, locks }, { clock })
    if (plan.planted === 'pulsed-again') pulsedAgain(boards, store, identity.layout)
    return boards
  },
  network: { connect: connectMqtt(silentLog, Math.random) },
  screens: plan.kiosk === undefined ? [] : [showKiosk],
  log: silentLog,
})

const say = (answer: object): void => {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
let session = id('session')
/** What is sealed beside the codes of a usual deposit. */
const parcel = { digest: 'd'.repeat(64), carrier: id('carrier'), number: 'SF1234567890123' }
const allShut = (): boolean => [...loop.cabinet().doors.values()].every(({ position }) => position === 'shut')
const acts: Readonly<Record<string, (word: string) => unknown>> = {
  ready: () => loop.online() && allShut(),
  doors: () => allShut(),
  /** As soon as people and the cloud can have something of it. */
  up: () => loop.online() && [...loop.cabinet().doors.values()].every(({ position }) => position !== 'unseen'),
  journal: () => entriesOf(store),
  kiosk: () => kioskUrl,
  /** A month's entries. */
  fill: (word) => {
    for (let n = 0; n < Number(word); n += 1) loop.observe({ type: 'serviceSwitchSeen', closed: n % 2 === 0 })
    return true
  },
  service: (word) => loop.observe({ type: 'serviceSwitchSeen', closed: word === 'on' }).length,
  'sign-in': () => {
    session = id('session')
    return loop.submit(signIn(session)).accepted
  },
  /** Whoever was here when the power went has gone. */
  leave: () => {
    const live = loop.cabinet().session
    if (live === null) return true
    const left = [
      { type: 'endSession', session: live.id } as const,
      { type: 'confirmPickup', session: live.id } as const,
    ]
    return left.some((command) => loop.submit(command).accepted)
  },
  deposit: async () => {
    const deposit = id('deposit')
    const begun = loop.submit(begin(session, deposit))
    const prepared = await loop.prepareCodes({ deposit, parcels: [parcel], phone: '+8613812345678', tail: null })
    return { deposit, accepted: begun.accepted && prepared.accepted, refusal: begun.accepted ? '' : begun.refusal }
  },
  confirm: (word) => {
    const deposit = readId('deposit', word)
    return deposit !== undefined && loop.submit({ type: 'confirmDeposit', session, deposit }).accepted
  },
  announce: (number) => {
    const live = loop.cabinet().session
    if (live?.kind !== 'courier') return false
    const { carrier } = live
    loop.cards.learn({
      parcel: parcelDigest(seals, carrier, number),
      carrier,
      size: 'M',
      box: null,
      lowDoor: false,
      locale: 'zh',
      recipient: null,
      tail: '8000',
      consent: { kind: 'parcel', ref: 'con' },
      declared: { freshFood: false, valuables: false, agreement: false },
      version: 1,
    })
    return true
  },
  scan: (text) => {
    for (const read of labels) read(text)
    return true
  },
  /** Where the parcel that was scanned last has come to. */
  hand: () => {
    const live = loop.cabinet().session
    const deposit = live?.kind === 'courier' && live.deposit !== null ? loop.cabinet().deposits.get(live.deposit) : null
    const door = deposit ? loop.cabinet().doors.get(deposit.compartment)?.position : undefined
    const made = [...loop.cabinet().deposits.values()].filter(({ stage }) => stage === 'stored').length
    return { deposit: deposit?.id ?? '', door: door ?? '', ready: (deposit?.codes.length ?? 0) > 0, made }
  },
  'sign-out': () => loop.submit({ type: 'endSession', session }).accepted,
  code: async (word) => {
    const entered = await loop.enterCode(word)
    return 'refusal' in entered ? entered.refusal : entered.outcome
  },
  taken: () => {
    const live = loop.cabinet().session
    return live !== null && loop.submit({ type: 'confirmPickup', session: live.id }).accepted
  },
}
function entriesOf({ entries }: Store): readonly string[] {
  const texts: string[] = []
  for (let page = entries(1, 512); page.length > 0; page = entries(texts.length + 1, 512))
    texts.push(...page.map(({ bytes }) => new TextDecoder().decode(bytes)))
  return texts
}

for await (const line of createInterface({ input: process.stdin })) {
  const [act = '', word = ''] = line.split(' ')
  say({ answer: await acts[act]?.(word) })
}
await stop()
