import { askGrant, deposit, finish, showQr, signInByGrant, takeOut, typeCode } from '../moves/at-kiosk.ts'
import { announce, depositOf, noticeOf, parcelIs } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'
import { leaveWith } from './picking-up.ts'

export const withoutNetwork: readonly TourStep[] = [
  { name: 'Before the outage: two parcels wait, the courier is signed in', play: before },
  { name: 'Uplink cut: a deposit, a pickup by code, one by the phone before the scanner', play: cut },
  { name: 'Mended: everything arrives, once', play: mended },
]

async function before(stage: Stage): Promise<string> {
  await announce(stage, 'off-code', { recipient: 'mia', size: 'S', cabinet: 'north' })
  await announce(stage, 'off-phone', { recipient: 'ji', size: 'S', cabinet: 'north' })
  await announce(stage, 'off-put', { recipient: 'min', size: 'M', cabinet: 'north' })
  await signInByGrant(stage, 'north')
  await deposit(stage, 'north', 'off-code')
  await deposit(stage, 'north', 'off-phone')
  await finish(stage, 'north')
  await noticeOf(stage, 'off-code', 'mia')
  await noticeOf(stage, 'off-phone', 'ji')
  await signInByGrant(stage, 'north')
  return 'codes are out'
}

async function cut(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  await street.uplink('north', true)
  await kiosks.north.until(({ online }) => (online ? undefined : true), 'the kiosk to be offline')
  const doors = [await deposit(stage, 'north', 'off-put')]
  await finish(stage, 'north')
  await typeCode(stage, 'north', stage.codes.get('off-code') ?? '')
  doors.push(await takeOut(stage, 'off-code'))
  await kiosks.north.touch({ kind: 'all-good' })
  await kiosks.north.sees('farewell')
  const scanned = await showQr(stage, 'north')
  const { grant } = await askGrant(stage.recipients.ji, scanned, await depositOf(stage, 'ji', 'off-phone'))
  await street.scan('north', grant)
  doors.push(await takeOut(stage, 'off-phone'))
  await leaveWith(stage, 'north')
  await parcelIs(stage, 'off-put', 'expected')
  await parcelIs(stage, 'off-code', 'stored')
  return `doors ${doors.join(', ')}; the cloud knows nothing of it yet`
}

async function mended(stage: Stage): Promise<string> {
  await stage.street.uplink('north', false)
  await parcelIs(stage, 'off-put', 'stored')
  await parcelIs(stage, 'off-code', 'collected')
  await parcelIs(stage, 'off-phone', 'collected')
  const code = await noticeOf(stage, 'off-put', 'min')
  const shown = `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`
  const told = stage.street.messages().filter(({ text }) => text.includes(shown) || text.includes(code))
  if (told.length !== 1) throw new Error(`the recipient was told ${told.length} times`)
  return 'states, message and webhooks'
}
