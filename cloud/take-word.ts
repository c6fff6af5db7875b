import { readId } from '@holdfast/core/values/ids.ts'
import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import type { Notices, RecipientReply } from './notices/notices.ts'
import type { Parcels } from './parcels/parcels.ts'

export type WordPorts = {
  readonly parcels: Pick<Parcels, 'recipientParcels' | 'recordConsent' | 'disown' | 'recipientOf'>
  readonly send: Notices['send']
}

/** Yes and no answer everything that waits for this phone's word; "not mine" freezes what the reply is about. */
export async function takeWord({ parcels, send }: WordPorts, reply: RecipientReply): Promise<void> {
  const { phone, word, about } = reply
  const number = /^\d{1,2}$/u.test(about ?? '') ? Number(about) : undefined
  const { expected, waiting } = await parcels.recipientParcels(phone)
  const doors = word === 'notMine' ? doorsOf(waiting) : []
  // Where nothing waits, "not mine" can only be a no to the question.
  for (const coming of doors.length > 0 ? [] : expected) {
    const parcel = readId('parcel', coming.id)
    if (coming.consent !== 'asked' || parcel === undefined) continue
    const accept = word === 'accept'
    const taken = await parcels.recordConsent({ parcel, phone, accept, channel: 'reply', meant: { number } })
    if (accept && !taken.ok && taken.refusal === 'question-changed') await sayLate({ parcels, send }, reply, coming)
  }
  const meant = reply.about === undefined ? doors : doors.filter((door) => isAbout(door, reply.about ?? ''))
  const [only, ...more] = meant
  const parcel = readId('parcel', only?.parcels[0]?.id ?? '')
  if (only !== undefined && more.length === 0 && parcel !== undefined) return void (await parcels.disown(phone, parcel))
  if (doors.length > 0) await askWhich({ parcels, send }, reply, doors)
}

/** What lies behind one door has one code: it is frozen as one. */
type Door = { readonly label: string; readonly cabinet: string; readonly parcels: readonly RecipientParcel[] }

function doorsOf(waiting: readonly RecipientParcel[]): readonly Door[] {
  const doors = new Map<string, Door>()
  for (const parcel of waiting) {
    const key = parcel.deposit ?? parcel.id
    const { label = '', cabinet = '', parcels = [] } = doors.get(key) ?? {}
    const [door, name] = [parcel.door?.label ?? label, parcel.place?.name ?? cabinet]
    doors.set(key, { label: door, cabinet: name, parcels: [...parcels, parcel] })
  }
  return [...doors.values()]
}

/** The door as the message named it, or the last figures of the number on the parcel. */
const isAbout = ({ label, parcels }: Door, about: string): boolean =>
  label.replaceAll('-', '').toUpperCase() === about ||
  (about.length >= tailLength && parcels.some(({ trackingNumber }) => trackingNumber.toUpperCase().endsWith(about)))

const tailLength = 4
const tailOf = ({ parcels }: Door): string => parcels[0]?.trackingNumber.slice(-tailLength) ?? ''

/** Nothing is frozen on a guess. Each reply is answered once; doors of one name are told apart by the number. */
async function askWhich({ parcels, send }: WordPorts, { phone, reply }: RecipientReply, doors: readonly Door[]) {
  const first = doors[0]
  const id = readId('parcel', first?.parcels[0]?.id ?? '')
  const recipient = id === undefined ? undefined : await parcels.recipientOf(id)
  if (first === undefined || recipient === undefined) return
  const isTwice = doors.filter(({ label }) => label === first.label).length > 1
  const content = {
    template: 'which-not-mine',
    list: doors.map((door) => `${door.label} (${door.cabinet}, …${tailOf(door)})`).join('; '),
    example: isTwice ? tailOf(first) : first.label,
  } as const
  await send({ key: `which/${reply}`, to: { phone }, locale: recipient.locale, content })
}

/** A yes that may be to an earlier question opens nothing; whoever gave it learns so, and what counts now. */
async function sayLate({ parcels, send }: WordPorts, { phone, reply }: RecipientReply, coming: RecipientParcel) {
  const { place, complaintPhone, trackingNumber } = coming
  const id = readId('parcel', coming.id)
  const recipient = id === undefined ? undefined : await parcels.recipientOf(id)
  const question = recipient?.question ?? null
  if (place === null || complaintPhone === null || recipient === undefined || question === null) return
  const { locale } = recipient
  const { name: cabinet, address } = place
  const tail = trackingNumber.slice(-tailLength)
  const content = { template: 'yes-too-late', tail, cabinet, address, number: question.number, complaintPhone } as const
  await send({ key: `late/${reply}/${id}`, to: { phone }, locale, content, about: { parcel: id } })
}
