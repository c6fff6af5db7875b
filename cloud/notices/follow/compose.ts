import { isPhone } from '@holdfast/core/parcel/phone.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { after, durationMs, hours, type Instant } from '@holdfast/core/values/instants.ts'
import { walkBetween } from '@holdfast/core/values/position.ts'
import { referenceOf } from '@holdfast/core/values/reference.ts'
import type { Cabinets, Place } from '../../cabinets/cabinets.ts'
import type { ParcelNews } from '../../parcels/events.ts'
import type { DepositCode, ParcelRecipient, Parcels } from '../../parcels/parcels.ts'
import type { Directory } from '../../platform/ports.ts'
import type { Content, Message, PlaceWords } from '../notices.ts'
import { type OutageCase, sayComing, sayOutage } from './outages.ts'

/** Whom the words are asked of, when they are needed. */
export type Sources = {
  readonly parcels: Pick<Parcels, 'recipientOf' | 'codeOf'>
  readonly cabinets: Pick<Cabinets, 'places' | 'isOnline'>
  readonly carriers: Directory['carriers']
}

export const toldTypes: ReadonlySet<ParcelNews['type']> = new Set<ParcelNews['type']>([
  'deposited',
  'code-renewed',
  'code-resent',
  'cabinet-moved',
  'consent-asked',
  'overdue',
  'collect-asked',
  'recalled',
  'announced',
  'kept-shorter',
  'outage-planned',
  'outage-cancelled',
])

/** Beside what happened: what will be worth saying later. */
export type Task = Omit<ParcelNews, 'type'> & { readonly type: ParcelNews['type'] | 'due-soon' }

export type Composed = {
  readonly message: Message | undefined
  /** Said in the same breath: that nobody will get there for a while. */
  readonly also?: readonly Message[]
  /** Said then, if it is still true. */
  readonly later?: { readonly at: Instant; readonly news: Task } | undefined
}

/** Before the end of the free time: long enough to come by, not so early that it is forgotten again. */
const remindBefore = hours(4)
const shortestWait = hours(8)
/** After its end, as long as it lies there and the courier has not been. */
const remindAgain = hours(24)
/** Later there may be room again: then nobody is asked to make any. */
const askedFor = hours(2)
/** Keep-time stands still while a cabinet is offline, and nobody knows what was collected meanwhile. */
const remindOnceBack = hours(1)

/** News that a recipient is told of. An announcement only where the parcel waits already: its phone may be new to us. */
export const isTold = ({ type, reason }: ParcelNews): boolean =>
  toldTypes.has(type) && (type !== 'announced' || reason === 'late')

const withoutCode: ReadonlySet<Task['type']> = new Set<Task['type']>([
  'consent-asked',
  'recalled',
  'outage-planned',
  'outage-cancelled',
])

type Case = {
  readonly news: Task
  readonly recipient: ParcelRecipient
  readonly place: Place
  readonly code: DepositCode | undefined
}
type Said = { readonly key: string; readonly content: Content | undefined; readonly over?: Instant }

/** Undefined where nobody is to be told any more: no phone, or the code has died with the parcel's collection. */
export async function composeMessage(sources: Sources, news: Task): Promise<Composed> {
  const { cabinet, parcel, deposit, operator } = news
  if (cabinet === null) return nothing
  const isReminder = news.type === 'due-soon' || news.reason === 'again'
  if (isReminder && !(await sources.cabinets.isOnline(cabinet)))
    return { message: undefined, later: { at: after(news.at, remindOnceBack), news } }
  const tellsCode = deposit !== null && !withoutCode.has(news.type)
  const [recipient, places, code] = await Promise.all([
    sources.parcels.recipientOf(parcel),
    sources.cabinets.places([cabinet]),
    tellsCode ? sources.parcels.codeOf({ cabinet, deposit }) : undefined,
  ])
  const place = places.get(cabinet)
  if (recipient === undefined || place === undefined) return nothing
  const phone = recipient.phone !== null && isPhone(recipient.phone) ? recipient.phone : undefined
  if (phone === undefined && recipient.email === null && !recipient.addressAlone) return nothing
  const said = await say(sources, { news, recipient, place, code })
  if (said === undefined) return nothing
  const about = {
    parcel,
    deposit: deposit ?? undefined,
    operator: operator ?? place.operator,
    cabinet,
    zone: place.zone,
  }
  const to = { phone, email: recipient.email ?? undefined }
  const until = recipient.dueAt ?? after(news.at, hours(place.retentionHours))
  const message = ({ key, content, over }: Said): readonly Message[] =>
    content === undefined
      ? []
      : [{ key, content, to, locale: recipient.locale, about, ...(over === undefined ? {} : { until: over }) }]
  const coming = deposit !== null && isFirst(news) ? sayComing(outageCase({ deposit, place, until })) : []
  return { message: message(said)[0], also: coming.flatMap(message), later: laterOf(news, until) }
}

const isFirst = ({ type }: Task): boolean => type === 'deposited' || type === 'announced'

const outageCase = ({ deposit, place, until }: Pick<OutageCase, 'deposit' | 'until'> & Pick<Case, 'place'>) => ({
  deposit,
  outages: place.outages,
  where: wordsOf(place),
  until,
})

const nothing: Composed = { message: undefined }

/** A reminder before the end, and one a day after it; each is composed anew when its time has come. */
function laterOf(news: Task, dueAt: Instant): Composed['later'] {
  if (news.deposit === null) return undefined
  if (news.type === 'overdue') return { at: after(news.at, remindAgain), news: { ...news, reason: 'again' } }
  const isFresh = news.type === 'deposited' || news.type === 'announced' || news.type === 'code-renewed'
  const at = after(dueAt, durationMs(0 - remindBefore))
  if (!(isFresh || news.type === 'due-soon') || at <= news.at || dueAt - news.at < shortestWait) return undefined
  return { at, news: { ...news, type: 'due-soon' } }
}

/** Behind one door may lie several parcels: what concerns the door is said once, so its key names the deposit. */
async function say(sources: Sources, { news, recipient, place, code }: Case): Promise<Said | undefined> {
  const { deposit, type } = news
  const where = wordsOf(place)
  if (type === 'consent-asked') return await sayQuestion(sources, { news, recipient, place })
  if (deposit === null) return undefined
  if (type === 'recalled') return { key: `recalled/${deposit}`, content: { template: type, ...where } }
  const until = recipient.dueAt ?? after(news.at, hours(place.retentionHours))
  if (type === 'outage-planned' || type === 'outage-cancelled')
    return sayOutage(news, outageCase({ deposit, place, until }))
  if (code === undefined) return undefined
  const door = news.label ?? ''
  const waits = { ...where, door, code: code.code, until, reference: referenceOf(deposit) }
  if (type === 'overdue')
    return {
      key: `overdue/${deposit}${news.reason === 'again' ? '/again' : ''}`,
      content: { template: type, ...waits },
    }
  // Told before its time where the end has been moved meanwhile: then nothing is said yet.
  if (type === 'due-soon') {
    const isTime = news.at >= after(until, durationMs(0 - remindBefore))
    return { key: `due-soon/${deposit}/${until}`, content: isTime ? { template: type, ...waits } : undefined }
  }
  if (type === 'kept-shorter') return { key: `kept-shorter/${deposit}/${until}`, content: { template: type, ...waits } }
  if (type === 'collect-asked') {
    const content = { template: 'please-collect', ...waits } as const
    return { key: `please-collect/${deposit}/${news.at}`, content, over: after(news.at, askedFor) }
  }
  const again = againOf(news)
  return { key: `${codeKey(deposit, code.generation)}${again}`, content: { template: 'stored', ...waits } }
}

/** Whoever is asked about another cabinet than before is told which one that was, and how far this one is from it. */
async function sayQuestion(sources: Sources, { news, recipient, place }: Omit<Case, 'code'>): Promise<Said> {
  const key = `consent/${news.parcel}/${news.sequence}`
  const { question } = recipient
  // Another one was put meanwhile: two questions at once would get one answer.
  if (question !== null && question.about !== place.cabinet) return { key, content: undefined }
  const carrier = (await sources.carriers()).find(({ id }) => id === news.carrier)?.name ?? ''
  const tail = news.trackingNumber.slice(-4)
  const words = { ...wordsOf(place), carrier, tail, hours: place.retentionHours }
  const former = question?.insteadOf ?? null
  const from = former === null ? undefined : (await sources.cabinets.places([former])).get(former)
  if (question === null || from === undefined) return { key, content: { template: 'consent-asked', ...words } }
  const metres = walkBetween(from.way.position, place.way.position)
  const template = metres === null ? 'consent-instead' : 'consent-instead-near'
  return { key, content: { template, ...words, former: from.name, metres, number: question.number } }
}

/** Said once more of the same code: asked for by a person, or because the cabinet stands elsewhere now. */
function againOf({ type, sequence, at }: Case['news']): string {
  if (type === 'code-resent') return `/again/${sequence}`
  return type === 'cabinet-moved' ? `/place/${at}` : ''
}

const codeKey = (deposit: DepositId, generation: number): string => `code/${deposit}/${generation}`

const wordsOf = ({ name, address, way, zone, complaintPhone }: Place): PlaceWords => ({
  cabinet: name,
  address: way.directions === undefined ? address : `${address}, ${way.directions}`,
  zone,
  complaintPhone,
})
