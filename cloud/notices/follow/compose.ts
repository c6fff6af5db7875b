import { isPhone } from '@holdfast/core/parcel/phone.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { after, hours } from '@holdfast/core/values/instants.ts'
import type { Cabinets, Place } from '../../cabinets/cabinets.ts'
import type { ParcelNews } from '../../parcels/events.ts'
import type { ParcelRecipient, Parcels } from '../../parcels/parcels.ts'
import type { Directory } from '../../platform/ports.ts'
import type { Content, Message, PlaceWords } from '../notices.ts'

/** Whom the words are asked of, when they are needed. */
export type Sources = {
  readonly parcels: Pick<Parcels, 'recipientOf' | 'codeOf'>
  readonly cabinets: Pick<Cabinets, 'places'>
  readonly carriers: Directory['carriers']
}

const toldTypes: ReadonlySet<ParcelNews['type']> = new Set<ParcelNews['type']>([
  'deposited',
  'code-renewed',
  'consent-asked',
  'overdue',
  'recalled',
  'announced',
])

/** News that a recipient is told of. An announcement only where the parcel waits already: its phone may be new to us. */
export const isTold = ({ type, reason }: ParcelNews): boolean =>
  toldTypes.has(type) && (type !== 'announced' || reason === 'late')

type Case = { readonly news: ParcelNews; readonly recipient: ParcelRecipient; readonly place: Place }
type Said = { readonly key: string; readonly content: Content }

/** Undefined where nobody is to be told any more: no phone, or the code has died with the parcel's collection. */
export async function composeMessage(sources: Sources, news: ParcelNews): Promise<Message | undefined> {
  const { cabinet, parcel, deposit, operator } = news
  if (cabinet === null || !isTold(news)) return undefined
  const [recipient, places] = await Promise.all([
    sources.parcels.recipientOf(parcel),
    sources.cabinets.places([cabinet]),
  ])
  const place = places.get(cabinet)
  const phone = recipient?.phone ?? ''
  if (recipient === undefined || place === undefined || !isPhone(phone)) return undefined
  const said = await say(sources, { news, recipient, place })
  if (said === undefined) return undefined
  return {
    ...said,
    to: { phone, email: recipient.email ?? undefined },
    locale: recipient.locale,
    about: { parcel, deposit: deposit ?? undefined, operator: operator ?? place.operator },
  }
}

/** Behind one door may lie several parcels: what concerns the door is said once, so its key names the deposit. */
async function say(sources: Sources, { news, recipient, place }: Case): Promise<Said | undefined> {
  const { deposit, type } = news
  const where = wordsOf(place)
  if (type === 'consent-asked') {
    const carrier = (await sources.carriers()).find(({ id }) => id === news.carrier)?.name ?? ''
    const tail = news.trackingNumber.slice(-4)
    return { key: `consent/${news.parcel}/${news.sequence}`, content: { template: type, ...where, carrier, tail } }
  }
  if (deposit === null) return undefined
  if (type === 'recalled') return { key: `recalled/${deposit}`, content: { template: type, ...where } }
  const code = await sources.parcels.codeOf({ cabinet: place.cabinet, deposit })
  if (code === undefined) return undefined
  const door = news.label ?? ''
  if (type === 'overdue') {
    return { key: `overdue/${deposit}`, content: { template: type, ...where, door, code: code.code } }
  }
  const until = recipient.dueAt ?? after(news.at, hours(place.retentionHours))
  return {
    key: codeKey(deposit, code.generation),
    content: { template: 'stored', ...where, door, code: code.code, until },
  }
}

const codeKey = (deposit: DepositId, generation: number): string => `code/${deposit}/${generation}`

const wordsOf = ({ name, address, zone, complaintPhone }: Place): PlaceWords => ({
  cabinet: name,
  address,
  zone,
  complaintPhone,
})
