import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetId, DepositId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Card, Desired, Settings } from '@holdfast/wire/cabinet/desired.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { Directory, Ports } from '../../platform/ports.ts'
import type { CabinetsConfig } from '../config.ts'
import type { CardChange, Place, StandingChange } from '../cabinets.ts'
import { readSettings } from '../settings/store.postgres.ts'
import { createTellingLine } from './line.ts'
import { forgetDenied, putDenied, readCabinets, readDenied } from './denied.postgres.ts'
import {
  changeStanding,
  type DesiredState,
  dropCards,
  putCards,
  putRecalls,
  putRevocations,
  raiseVersion,
  readDesired,
} from './store.postgres.ts'

export type DesiredPorts = Ports & {
  readonly config: CabinetsConfig
  readonly phoneOrigin: () => string
  readonly directory: Directory
  readonly place: (cabinet: CabinetId) => Promise<Place | undefined>
  readonly send: (cabinet: CabinetId, desired: Desired) => Promise<boolean>
}

export type CabinetsDesired = {
  readonly setCards: (tx: Tx, cabinet: CabinetId, change: CardChange) => Promise<void>
  readonly setRecalls: (tx: Tx, cabinet: CabinetId, deposits: readonly DepositId[]) => Promise<void>
  readonly setRevocations: (tx: Tx, cabinet: CabinetId, revocations: readonly Revocation[]) => Promise<void>
  readonly setStanding: (tx: Tx, cabinet: CabinetId, change: StandingChange) => Promise<void>
  /** Couriers' certificates that open nothing any more: to every cabinet, and to each that comes later. */
  readonly deny: (tx: Tx, serials: readonly string[], until: Instant) => Promise<void>
  /** Everything, in as many messages as it takes, when its turn comes. */
  readonly tellAll: (cabinet: CabinetId) => void
  /** In the caller's transaction: the cabinet is told all anew once it is committed, or when it is back. */
  readonly settingsChanged: (tx: Tx, cabinet: CabinetId) => Promise<void>
  readonly stop: () => Promise<void>
}

type Change = Pick<
  Desired,
  'putCards' | 'dropCards' | 'recalls' | 'revocations' | 'denied' | 'putStanding' | 'dropStanding'
>

const perMessage = 256
const noCards = { putCards: [], dropCards: [] }

export function createDesired(ports: DesiredPorts): CabinetsDesired {
  const tell = createTell(ports)
  const line = createTellingLine(createSendAll(ports), ports.log)
  return {
    setCards: async (tx, cabinet, { put, drop }) => {
      if (put.length + drop.length === 0) return
      await tell(tx, cabinet, chunks(put, drop))
      dropCards(tx, cabinet, drop)
      putCards(tx, cabinet, put)
    },
    setRecalls: async (tx, cabinet, deposits) => {
      const recalls = deposits.slice(0, 1000)
      await tell(tx, cabinet, [{ ...noCards, recalls }])
      putRecalls(tx, cabinet, recalls)
    },
    setRevocations: async (tx, cabinet, all) => {
      const revocations = all.slice(0, 1000)
      await tell(tx, cabinet, [{ ...noCards, revocations }])
      putRevocations(tx, cabinet, revocations)
    },
    setStanding: createSetStanding(tell),
    deny: createDeny(tell, ports.clock),
    settingsChanged: async (tx, cabinet) => {
      if ((await raiseVersion(tx, cabinet, 1)) === undefined) return
      tx.onCommit(() => line.join(cabinet))
    },
    tellAll: line.join,
    stop: line.stop,
  }
}

type Tell = (tx: Tx, cabinet: CabinetId, changes: readonly Change[]) => Promise<void>

/**
 * Sent right behind the commit and by nobody else: a cabinet that this does not reach hears it when it asks, or when its
 * heartbeat shows an older version. All steps go at once, because the link keeps their order.
 */
const createTell =
  ({ send }: DesiredPorts): Tell =>
  async (tx, cabinet, changes) => {
    const version = await raiseVersion(tx, cabinet, changes.length)
    if (version === undefined) return
    const base = version - changes.length
    tx.onCommit(() => {
      for (const [i, change] of changes.entries())
        void send(cabinet, { v: 1, cabinet, base: base + i, version: base + i + 1, ...change })
    })
  }

const createSetStanding =
  (tell: Tell): CabinetsDesired['setStanding'] =>
  async (tx, cabinet, { put, drop }) => {
    if (put.length + drop.length === 0) return
    const changes = pages(put, drop).map(([putStanding, dropStanding]) => ({ ...noCards, putStanding, dropStanding }))
    await tell(tx, cabinet, changes)
    changeStanding(tx, cabinet, { put, drop })
  }

/** Rare: somebody was let go while his phone may still hold what opens. Hence one version for each cabinet at once. */
const createDeny =
  (tell: Tell, clock: Ports['clock']): CabinetsDesired['deny'] =>
  async (tx, serials, until) => {
    if (!(await putDenied(tx, serials, until))) return
    await forgetDenied(tx, clock.now())
    const denied = [...(await readDenied(tx))]
    for (const cabinet of await readCabinets(tx)) await tell(tx, cabinet, [{ ...noCards, denied }])
  }

/** Everything, in as many messages as it takes. */
const createSendAll =
  (ports: DesiredPorts) =>
  async (cabinet: CabinetId): Promise<void> => {
    const [state, place] = await Promise.all([readDesired(ports.db.query, cabinet), ports.place(cabinet)])
    if (state === undefined || place === undefined) return
    const settings = await settingsOf(ports, place)
    const parts = chunks(state.cards, [])
    // Versions before the last are steps of this telling only; each card once raised the version by one at least.
    const first = state.version - parts.length + 1
    for (const [i, part] of parts.entries()) {
      const whole = i === 0 ? { settings, ...listsOf(state) } : {}
      const base = i === 0 ? 0 : first + i - 1
      await ports.send(cabinet, { v: 1, cabinet, base, version: first + i, ...part, ...whole })
    }
  }

const listsOf = ({ recalls, revocations, denied, standing }: DesiredState): Partial<Desired> => ({
  recalls: [...recalls],
  revocations: [...revocations],
  denied: [...denied],
  standing: [...standing],
})

const chunks = (put: readonly Card[], drop: readonly string[]): readonly Change[] =>
  pages(put, drop).map(([putCards, dropCards]) => ({ putCards, dropCards }))

/** At least one, though it be empty: what goes with it has to be told as well. */
function pages<T>(put: readonly T[], drop: readonly string[]): readonly (readonly [put: T[], drop: string[]])[] {
  const count = Math.max(1, Math.ceil(put.length / perMessage), Math.ceil(drop.length / perMessage))
  const page = <Of>(all: readonly Of[], i: number): Of[] => all.slice(i * perMessage, (i + 1) * perMessage)
  return Array.from({ length: count }, (_, i) => [page(put, i), page(drop, i)])
}

async function settingsOf({ db, config, directory, phoneOrigin }: DesiredPorts, place: Place): Promise<Settings> {
  const [operatorName, carriers, { screenOut, night }] = await Promise.all([
    directory.operatorName(place.operator),
    directory.carriers(),
    readSettings(db.query, place.cabinet),
  ])
  return {
    siteName: place.siteName,
    address: place.address,
    operatorName,
    complaintPhone: place.complaintPhone,
    retentionHours: place.retentionHours,
    defaultCountry: config.defaultCountry,
    locales: config.locales,
    phoneOrigin: phoneOrigin(),
    carriers: carriers.slice(0, 64).map(({ id, code, name }) => ({ id, code, name })),
    salt: place.salt,
    zone: place.zone,
    ...(night === null ? {} : { night }),
    ...(screenOut ? { screenOut } : {}),
    ...(place.outages.length === 0 ? {} : { outages: place.outages.slice(0, 8).map(({ from, to }) => ({ from, to })) }),
  }
}
