import { deposit, finish, putIn, signInByGrant, signInByMessage } from '../moves/at-kiosk.ts'
import { announce, noticeOf, parcelIs } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'

export const depositing: readonly TourStep[] = [
  { name: 'North Gate: sign in by QR, three parcels without a tap', play: batch },
  { name: 'A bigger door, open again, cancel', play: changesHisMind },
  { name: 'Library: sign in by message code; a jammed door, and another one', play: jammed },
  { name: 'Consent refused, then given', play: consent },
  { name: 'A walk-up that nobody announced; the announcement comes late', play: walkUp },
  { name: 'Two parcels of one recipient behind two doors', play: twoDoors },
  { name: 'Messages with codes are in the tray', play: notices },
]

async function batch(stage: Stage): Promise<string> {
  await signInByGrant(stage, 'north')
  const doors: string[] = []
  for (const name of ['slim', 'middling', 'large']) doors.push(await deposit(stage, 'north', name))
  await finish(stage, 'north')
  for (const name of ['slim', 'middling', 'large']) await parcelIs(stage, name, 'stored')
  return `doors ${doors.join(', ')}`
}

async function changesHisMind(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  await announce(stage, 'bulky', { recipient: 'min', size: 'S', cabinet: 'north' })
  await announce(stage, 'dropped', { recipient: 'ji', size: 'S', cabinet: 'north' })
  await signInByGrant(stage, 'north')
  await street.scan('north', stage.number('bulky'))
  const small = await kiosks.north.sees('deposit-door', ({ phase }) => phase === 'open')
  const smallLabel = kiosks.north.labelOf(small.compartment)
  await kiosks.north.touch({ kind: 'bigger' })
  await kiosks.north.sees('deposit-door', (now) => now.compartment !== small.compartment && now.phase === 'open')
  await street.shut('north', smallLabel)
  const label = await putIn(stage, 'north', 'bulky')
  await kiosks.north.touch({ kind: 'reopen' })
  await kiosks.north.sees('deposit-door', ({ phase }) => phase === 'open')
  await street.shut('north', label)
  await kiosks.north.sees('deposit-door', ({ phase }) => phase === 'shut')
  await street.scan('north', stage.number('dropped'))
  const given = await kiosks.north.sees('deposit-door', (now) => now.phase === 'open' && now.parcel !== null)
  await kiosks.north.touch({ kind: 'cancel' })
  await kiosks.north.sees('deposit-door', ({ cancelling }) => cancelling)
  await street.shut('north', kiosks.north.labelOf(given.compartment))
  await kiosks.north.sees('scan', ({ problem }) => problem === 'deposit-cancelled')
  await finish(stage, 'north')
  await parcelIs(stage, 'bulky', 'stored')
  await parcelIs(stage, 'dropped', 'expected')
  return `${smallLabel} → ${label}`
}

/** The door that was given back is the next one to be given: jammed now, so another has to open. */
async function jammed(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  await announce(stage, 'stubborn', { recipient: 'ji', size: 'S', cabinet: 'library' })
  await signInByMessage(stage, 'library')
  await street.scan('library', stage.number('stubborn'))
  const first = await kiosks.library.sees('deposit-door', ({ phase }) => phase === 'open')
  const label = kiosks.library.labelOf(first.compartment)
  await kiosks.library.touch({ kind: 'cancel' })
  await street.shut('library', label)
  await kiosks.library.sees('scan')
  await street.hand('library', label, 'jam')
  await street.scan('library', stage.number('stubborn'))
  await kiosks.library.sees('deposit-door', ({ instead, phase }) => instead === first.compartment && phase === 'open')
  const other = await putIn(stage, 'library', 'stubborn')
  await finish(stage, 'library')
  await street.hand('library', label, 'unjam')
  await parcelIs(stage, 'stubborn', 'stored')
  return `${label} does not open, ${other} does`
}

async function consent(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  const { library: kiosk } = kiosks
  await announce(stage, 'unwanted', { recipient: 'min', size: 'S' })
  await announce(stage, 'welcome', { recipient: 'min', size: 'S' })
  await signInByGrant(stage, 'library')
  await asked(stage, 'unwanted')
  await street.reply(stage.phones.min, 'N')
  await street.until(
    ({ webhooks }) =>
      webhooks.find(
        ({ type, trackingNumber }) => type === 'parcel.consent-declined' && trackingNumber === stage.number('unwanted'),
      ),
    'the carrier to hear of the refusal',
  )
  await kiosk.touch({ kind: 'back' })
  await kiosk.sees('scan')
  await asked(stage, 'welcome')
  await street.reply(stage.phones.min, 'Y')
  const label = await putIn(stage, 'library', 'welcome')
  await finish(stage, 'library')
  await parcelIs(stage, 'welcome', 'stored')
  return `no door without it; then ${label}`
}

/** Scanned without a consent on record: no door, and a message to the recipient. */
async function asked(stage: Stage, name: string): Promise<void> {
  const { street, kiosks, phones } = stage
  const before = new Set(street.messages().map(({ id }) => id))
  await street.scan('library', stage.number(name))
  await kiosks.library.sees('consent', ({ state }) => state === 'missing')
  await kiosks.library.touch({ kind: 'ask-consent' })
  await kiosks.library.sees('consent', ({ state }) => state === 'waiting')
  const tail = stage.number(name).slice(-4)
  await street.message(phones.min, ({ id, text }) => !before.has(id) && text.includes(tail))
}

async function walkUp(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  const { north } = kiosks
  await signInByGrant(stage, 'north')
  const before = new Set(street.messages().map(({ id }) => id))
  await street.scan('north', stage.number('walk-up'))
  await north.sees('recipient')
  await north.touch({ kind: 'recipient', phone: stage.phones.ji })
  await north.sees('recipient-check')
  await north.touch({ kind: 'right' })
  await north.sees('consent')
  await north.touch({ kind: 'ask-consent' })
  await street.message(stage.phones.ji, ({ id }) => !before.has(id))
  await street.reply(stage.phones.ji, '네')
  const label = await putIn(stage, 'north', 'walk-up')
  await finish(stage, 'north')
  await parcelIs(stage, 'walk-up', 'stored')
  const late = await announce(stage, 'walk-up', { recipient: 'ji', size: 'S', cabinet: 'north' })
  if (late.state !== 'stored') throw new Error(`the late announcement says ${late.state}`)
  return `${label}; the late announcement joins it`
}

async function twoDoors(stage: Stage): Promise<string> {
  const { kiosks, street } = stage
  await announce(stage, 'second', { recipient: 'mia', size: 'S', cabinet: 'library' })
  await signInByGrant(stage, 'library')
  const first = await deposit(stage, 'library', 'corrected')
  await street.scan('library', stage.number('second'))
  await kiosks.library.sees('same-door')
  await kiosks.library.touch({ kind: 'same-door', same: false })
  const second = await putIn(stage, 'library', 'second')
  await finish(stage, 'library')
  await parcelIs(stage, 'second', 'stored')
  return `${first} and ${second}`
}

async function notices(stage: Stage): Promise<string> {
  const who = { slim: 'mia', middling: 'ji', large: 'min', bulky: 'min', corrected: 'mia', second: 'mia' } as const
  for (const [name, recipient] of Object.entries(who)) await noticeOf(stage, name, recipient)
  const codes = new Set(stage.codes.values())
  if (codes.size !== stage.codes.size) throw new Error('two parcels have one code')
  return `${codes.size} codes, all different`
}
