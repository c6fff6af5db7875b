import type { Locale } from '@holdfast/wire/codes/messages.ts'
import { type CabinetFactNews, cabinetTopics } from '../../cabinets/facts.ts'
import type { Consumer, OutboxEvent } from '../../platform/outbox/events.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { DepositPlace } from '../parcels.ts'
import type { ParcelsPorts } from '../ports.ts'
import { openCodes, type PlainCodes, sealCodes } from '../rows/at-rest.ts'
import { saveChanges } from '../rows/changes.ts'
import { placeKey } from '../rows/deposit.ts'
import {
  lockDeposits,
  lockMarks,
  type Mark,
  readRecallLists,
  readRevocations,
  saveMarks,
} from '../rows/deposits.postgres.ts'
import { lockByDigest } from '../rows/parcels.postgres.ts'
import type { ParcelRecord } from '../rows/record.ts'
import { noteCrowds } from './crowd/crowd.postgres.ts'
import { concernsParcels, foldFact, foldTurnedAway, happenedAt, wantedFacts } from './fold.ts'
import { readPauses } from './terms/pauses.postgres.ts'
import { retentionAt } from './terms/retention.ts'
import { createWork } from './work.ts'

const lanes = 4
/** Without a phone nobody is written to. */
const localeOfNobody: Locale = 'zh'

/** Cabinets' facts become custody: whole batches, each fact once (by cabinet, incarnation and number). */
export function createAbsorb(ports: ParcelsPorts): Consumer {
  return {
    name: 'parcels-facts',
    topics: [cabinetTopics.facts, cabinetTopics.carried],
    kinds: { [cabinetTopics.facts]: wantedFacts, [cabinetTopics.carried]: wantedFacts },
    partitions: lanes,
    handleAll: async (tx, events) => {
      const told = events.map(newsOf).filter(({ news }) => concernsParcels(news))
      if (told.length > 0) await absorbBatch(ports, tx, told)
    },
  }
}

// Only the cabinets write to their topics.
const newsOf = ({ topic, payload }: OutboxEvent): Told => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  news: payload as CabinetFactNews,
  carried: topic === cabinetTopics.carried,
})

/** `carried`: a phone brought it ahead of the journal, which will tell the same again. */
type Told = { readonly news: CabinetFactNews; readonly carried: boolean }

async function absorbBatch(ports: ParcelsPorts, tx: Tx, told: readonly Told[]): Promise<void> {
  const { known, secrets, places, pauses, deposits, parcels } = await readScene(ports, tx, told)
  const { heard, marks } = sift(told, known)
  if (heard.length === 0) return
  const { random } = ports.seals
  const localeOf = await readLocales(ports, tx, { parcels, secrets: [...secrets.values()] })
  const work = createWork({ parcels, deposits }, { random, localeOf })
  const opened = new Map<string, PlainCodes>()
  for (const { news, carried } of heard) {
    const { context } = news
    if (foldTurnedAway(work, news) || context === null) continue
    const place = { cabinet: news.cabinet, deposit: context.deposit }
    const secret = secrets.get(news)
    const codes = secret?.codes === undefined ? undefined : await joinCodes(secret.codes, place)
    const retention = retentionAt(places.get(news.cabinet), happenedAt(news), pauses.get(news.cabinet))
    foldFact(work, { news, context, secret, codes, retention, carried })
  }
  await write(ports, tx, work.results())
  saveMarks(tx, marks)

  /** Codes of a later generation stand beside those of the first. */
  async function joinCodes(codes: PlainCodes, place: DepositPlace): Promise<string> {
    const key = placeKey(place)
    const sealed = work.deposit(place)?.codes ?? null
    const before = opened.get(key) ?? (sealed === null ? [] : await openCodes(ports, place, sealed))
    const joined = [...before.filter((old) => codes.every(({ generation }) => generation !== old.generation)), ...codes]
    opened.set(key, joined)
    return sealCodes(ports, place, joined)
  }
}

/** All that a batch stands on, in one round trip; usually nothing of it was heard before. */
async function readScene(ports: ParcelsPorts, tx: Tx, told: readonly Told[]) {
  const all = told.map(({ news }) => news)
  const cabinets = distinct(all.map(({ cabinet }) => cabinet))
  const at = all.flatMap(({ cabinet, context }) => (context === null ? [] : [{ cabinet, deposit: context.deposit }]))
  const digests = distinct(all.flatMap(digestsOf))
  const opening = all.map(async (news) => (news.hasPrivate ? await ports.cabinets.openPrivate(news, tx) : undefined))
  const [known, places, pauses, deposits, parcels, opened] = await Promise.all([
    lockMarks(tx, cabinets),
    ports.cabinets.places(cabinets, tx),
    readPauses(tx, cabinets, ports.clock.now()),
    lockDeposits(tx, at),
    lockByDigest(tx, digests),
    Promise.all(opening),
  ])
  const secrets = new Map(all.map((news, i) => [news, opened[i]]))
  const named = opened.flatMap((secret) => (secret?.parcels ?? []).map(({ digest }) => digest))
  const unlocked = distinct(named).filter((digest) => !digests.includes(digest))
  return { known, secrets, places, pauses, deposits, parcels: [...parcels, ...(await lockByDigest(tx, unlocked))] }
}

const digestsOf = ({ event, context }: CabinetFactNews): readonly string[] =>
  event.type === 'parcelTurnedAway' ? [event.parcel] : (context?.parcels ?? [])

type Secret = Awaited<ReturnType<ParcelsPorts['cabinets']['openPrivate']>>

/** Asked only for parcels that nobody announced: the usual batch asks nobody. */
async function readLocales(
  { people }: ParcelsPorts,
  tx: Tx,
  { parcels, secrets }: { readonly parcels: readonly ParcelRecord[]; readonly secrets: readonly Secret[] },
): Promise<(phone: string | null) => Locale> {
  const announced = new Set(parcels.filter(({ announcedAt }) => announcedAt !== null).map(({ digest }) => digest))
  const walkUps = secrets.filter((secret) => secret?.parcels?.some(({ digest }) => !announced.has(digest)) === true)
  const locales = new Map<string, Locale>()
  for (const typed of distinct(walkUps.flatMap((secret) => secret?.phone ?? []))) {
    const phone = people.readPhone(typed)
    if (phone !== undefined) locales.set(typed, (await people.wishesOf(phone, tx)).locale)
  }
  return (phone) => locales.get(phone ?? '') ?? localeOfNobody
}

/**
 * What was not heard before; a journal is told in its own order, so the last number says it all. What a phone brought
 * moves no mark: the journal tells it once more, and the deposit remembers how far it was told.
 */
function sift(told: readonly Told[], known: readonly Mark[]) {
  const keyOf = ({ cabinet, incarnation }: Pick<Mark, 'cabinet' | 'incarnation'>): string => `${cabinet}/${incarnation}`
  const marks = new Map(known.map((mark) => [keyOf(mark), mark]))
  const heard = told.filter(({ news, carried }) => {
    const { cabinet, incarnation, seq } = news
    if (seq <= (marks.get(keyOf(news))?.seq ?? 0)) return false
    if (!carried) marks.set(keyOf(news), { cabinet, incarnation, seq })
    return true
  })
  return { heard, marks: [...marks.values()] }
}

type Results = ReturnType<ReturnType<typeof createWork>['results']>

async function write(ports: ParcelsPorts, tx: Tx, results: Results): Promise<void> {
  const carded = (): readonly Promise<void>[] =>
    results.cards.map(async ({ cabinet, put, drop }) => await ports.cabinets.setCards(tx, cabinet, { put, drop }))
  const filled = results.news.flatMap(({ type, cabinet }) =>
    type === 'deposited' && cabinet !== null ? [cabinet] : [],
  )
  noteCrowds(tx, filled, ports.clock.now())
  await Promise.all([saveChanges(ports.outbox, tx, results), ...carded()])
  await tellRecalls(ports, tx, results.recalls)
  for (const cabinet of results.revocations)
    await ports.cabinets.setRevocations(tx, cabinet, await readRevocations(tx, cabinet))
}

/** Each cabinet's list anew, after the rows that it is made of. */
export async function tellRecalls(
  { cabinets }: Pick<ParcelsPorts, 'cabinets'>,
  tx: Tx,
  changed: Results['recalls'],
): Promise<void> {
  if (changed.length === 0) return
  for (const { cabinet, deposits } of await readRecallLists(tx, changed))
    await cabinets.setRecalls(tx, cabinet, deposits)
}

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]
