import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startReceiver } from '@holdfast/cloud/carriers/carriers.testing.ts'
import { startTray } from '@holdfast/cloud/journeys/town.testing.ts'
import { idToUuid, readId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { takeOut } from '../bench/offline/cabinet.testing.ts'
import { type Broker, startMosquitto } from '../bench/rigs/broker.ts'
import { openRealTown, type RealTown } from '../partition/real.testing.ts'
import { announce, codeTo, deposits, eventually, head, heard, judge } from '../partition/visits.testing.ts'
import { pulsesWithoutIntent } from './judge.ts'
import { type Cluster, openCluster } from './postgres.ts'
import type { Kind, Round } from './rounds.ts'

export type Victim = 'cloud' | 'postgres' | 'broker'

const doors = 16
const longestMs = 2_000
/** Whoever needs longer is left standing, and the next one comes. */
const visitMostMs = 10_000
/** A burst of facts beside what people do, each tenth of a second. */
const burst = 10

/** What the town was told yes to, by HTTP: digests of parcels, and orders. */
interface Book {
  readonly parcels: string[]
  readonly orders: string[]
  readonly numbers: string[]
}

/** The whole town on a PostgreSQL and a Mosquitto of its own, one of them or the cloud ended again and again; or why not. */
export async function openTownKind(victim: Victim, planted?: 'lost-row'): Promise<Kind | string> {
  const cluster = await openCluster()
  if (typeof cluster === 'string') return cluster
  const broker = await startMosquitto()
  if (broker === undefined) {
    await cluster.remove()
    return 'no Mosquitto'
  }
  const { town, close } = await openTown(cluster, broker)
  const book: Book = { parcels: [], orders: [], numbers: [] }
  const over = new AbortController()
  const crowd = [visit(town, book, over.signal), order(town, book, over.signal), blow(town, over.signal)]
  const ends = { cloud: town.killCloud, postgres: cluster.kill, broker: broker.kill }
  const begins = { cloud: town.startCloud, postgres: cluster.start, broker: broker.start }
  return {
    round: async () => {
      await sleep(200 + Math.random() * longestMs)
      await ends[victim]()
      const began = performance.now()
      await begins[victim]()
      await answersAgain(town)
      const readyMs = performance.now() - began
      await caughtUp(town)
      const caughtUpMs = performance.now() - began
      if (planted !== undefined) await loseARow(town)
      return { readyMs, caughtUpMs, ...(await found(town, book)) }
    },
    stop: async () => {
      over.abort()
      await Promise.race([Promise.all(crowd), sleep(visitMostMs)])
      const broken = planted === undefined ? await settled(town, book) : []
      await close()
      return broken
    },
  }
}

async function openTown(cluster: Cluster, broker: Broker) {
  const [tray, receiver] = [await startTray(), await startReceiver(() => ({ status: 200 }))]
  const pool = new pg.Pool({ connectionString: cluster.url, max: 2 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const query: RealTown['database']['query'] = async <Row extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ) => (await pool.query<Row>(sql, [...values])).rows
  const mqtt = broker.url
  const programs = await openRealTown(
    { database: cluster.url, mqtt, cabinets: mqtt, tray: tray.url, webhook: receiver.url },
    doors,
  )
  const close = async (): Promise<void> => {
    await programs.stop()
    await pool.end()
    await tray.close()
    await receiver.close()
    broker.stop()
    await cluster.remove()
  }
  return { town: { ...programs, tray, receiver, database: { query } }, close }
}

/** An operator's page comes, with what the database knows; and the cabinet has its line. */
async function answersAgain({ call, cabinet, at }: RealTown): Promise<void> {
  const answers = async (): Promise<true | undefined> => {
    await call.get(`/v1/operator/cabinets/${cabinet}`)
    return at.loop.online() ? true : undefined
  }
  await eventually(performance.now(), 'an answer', answers, 5)
}

/** What the cabinet has written until now is acknowledged. */
async function caughtUp(town: RealTown): Promise<void> {
  const due = head(town)
  const acknowledged = async (): Promise<true | undefined> =>
    (town.at.store.marks()?.acknowledged ?? 0) < due ? undefined : true
  await eventually(performance.now(), 'an acknowledgement', acknowledged, 5)
}

/** Parcels come, are put in, and are taken out by their codes, whatever fails meanwhile. */
async function visit(town: RealTown, book: Book, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      await Promise.race([visitOnce(town, book), sleep(visitMostMs)])
    } catch {
      await sleep(50)
    }
  }
}

async function visitOnce(town: RealTown, book: Book): Promise<void> {
  const left = town.at.loop.cabinet().session
  if (left !== null) town.at.submit({ type: 'endSession', session: left.id })
  const parcel = await announce(town, ({ digest, number }) => {
    book.parcels.push(digest)
    book.numbers.push(number)
  })
  const deposit = await deposits(town, parcel)
  const code = await eventually(performance.now(), 'the code', async () => codeTo(town, parcel.phone))
  await takeOut(town.at, deposit, code)
}

/** An operator takes the last door out of service and back again. */
async function order({ call, cabinet, at }: RealTown, book: Book, over: AbortSignal): Promise<void> {
  const last = at.loop.cabinet().layout.compartments.at(-1)?.id
  for (let nth = 0; !over.aborted; nth += 1) {
    const kind = (['retire', 'restore', 'open'] as const)[nth % 3]
    try {
      const body = { kind, compartment: last, epoch: 0, reason: 'crash' }
      const taken = (await call.post(`/v1/operator/cabinets/${cabinet}/orders`, body)) as { readonly order: string }
      book.orders.push(taken.order)
    } catch {}
    at.electrics.open.delete(doors)
    await sleep(100)
  }
}

async function blow({ at }: RealTown, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    for (let n = 0; n < burst; n += 1) at.loop.observe({ type: 'serviceSwitchSeen', closed: n % 2 === 0 })
    await sleep(100)
  }
}

/** From outside: the database's own rows against what the cabinet and people were told before. */
async function found(town: RealTown, book: Book): Promise<Omit<Round, 'readyMs' | 'caughtUpMs'>> {
  const acknowledged = town.at.store.marks()?.acknowledged ?? 0
  const [parcels, orders] = [[...book.parcels], [...book.orders]]
  const lost = [
    ...(await lostFacts(town, acknowledged)),
    ...(await missing(town, 'parcel', 'digest', parcels)),
    ...(await missing(town, 'cabinet_order', 'order_id::text', orders.map(uuidOf))),
  ]
  const journal = town.at.store.entries(1, Number.MAX_SAFE_INTEGER).map(({ bytes }) => text.decode(bytes))
  const door = (channel: number): string => town.at.loop.cabinet().layout.compartments[channel - 1]?.id ?? ''
  const pulses = town.at.electrics.pulses.map(door)
  return {
    acknowledged: acknowledged + parcels.length + orders.length,
    pulses: pulses.length,
    lost,
    secondPulses: pulsesWithoutIntent(journal, pulses),
    broken: saidOtherwise(town),
  }
}

async function lostFacts({ at, database }: RealTown, acknowledged: number): Promise<readonly string[]> {
  const [row] = await database.query<{ n: number; hash: string | null }>(
    'select count(*)::int as n, max(hash) filter (where seq = $1) as hash from cabinet_fact where seq <= $1',
    [acknowledged],
  )
  const [entry] = at.store.entries(acknowledged, 1)
  const own = entry === undefined ? null : base64FromBytes(entry.hash)
  if (row?.n === acknowledged && row.hash === own) return []
  return [`of ${acknowledged} acknowledged facts ${row?.n ?? 0} are there`]
}

async function missing(
  { database }: RealTown,
  table: string,
  column: string,
  told: readonly string[],
): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }>(
    `select ${column} as name from ${table} where ${column} = any($1::text[])`,
    [told],
  )
  const known = new Set(rows.map(({ name }) => name))
  return told.filter((name) => !known.has(name)).map((name) => `${table} ${name}`)
}

const uuidOf = (order: string): string => {
  const id = readId('order', order)
  return id === undefined ? order : idToUuid(id)
}

/** Law 10: a message that comes again says the same. */
function saidOtherwise({ tray }: RealTown): readonly string[] {
  const said = new Map<string, string>()
  return tray.letters.flatMap(({ id, text: words }) => {
    const before = said.get(id) ?? words
    said.set(id, before)
    return before === words ? [] : [`law 10: message ${id} says another thing the second time`]
  })
}

/** Everything has its time; then both copies and all that arrived go before the history checker. */
async function settled(town: RealTown, book: Book): Promise<readonly string[]> {
  await answersAgain(town)
  await caughtUp(town)
  const unheard = book.numbers.map(async (number) => {
    const made = await town.database.query('select 1 from parcel where number = $1 and stored_at is not null', [number])
    if (made.length === 0) return []
    const told = eventually(performance.now(), number, async () => heard(town, number, 'deposited'))
    return await told.then(
      () => [],
      () => [`law 10: nobody told the carrier of ${number}`],
    )
  })
  return [...(await Promise.all(unheard)).flat(), ...(await judge(town))]
}

/** A planted defect: what is committed is not there any more. */
async function loseARow({ database }: RealTown): Promise<void> {
  await database.query('delete from cabinet_fact where seq = (select max(seq) - 5 from cabinet_fact)')
}

const text = new TextDecoder()
