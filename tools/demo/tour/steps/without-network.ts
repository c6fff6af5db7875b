import { setTimeout } from 'node:timers/promises'
import { askGrant, deposit, finish, showQr, signInByGrant, takeOut, typeCode } from '../moves/at-kiosk.ts'
import { carry, showSignIn } from '../moves/by-phone.ts'
import { announce, depositOf, noticeOf, parcelIs } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'
import { leaveWith } from './picking-up.ts'

export const withoutNetwork: readonly TourStep[] = [
  { name: 'Before the outage: two parcels wait, the courier is signed in', play: before },
  { name: 'Uplink cut: the phone carries a deposit, and its code is there', play: carried },
  { name: 'Still cut: a deposit that nobody carries, pickups by code and by the phone before the scanner', play: cut },
  { name: 'Mended: everything arrives, once', play: mended },
]

async function before(stage: Stage): Promise<string> {
  await announce(stage, 'off-code', { recipient: 'mia', size: 'S', cabinet: 'north' })
  await announce(stage, 'off-phone', { recipient: 'ji', size: 'S', cabinet: 'north' })
  await announce(stage, 'off-put', { recipient: 'min', size: 'M', cabinet: 'north' })
  await announce(stage, 'off-carried', { recipient: 'mia', size: 'S', cabinet: 'north' })
  await signInByGrant(stage, 'north')
  await deposit(stage, 'north', 'off-code')
  await deposit(stage, 'north', 'off-phone')
  await finish(stage, 'north')
  await noticeOf(stage, 'off-code', 'mia')
  await noticeOf(stage, 'off-phone', 'ji')
  await signInByGrant(stage, 'north')
  return 'codes are out'
}

async function carried(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  await street.uplink('north', true)
  await kiosks.north.until(({ online }) => (online ? undefined : true), 'the kiosk to be offline')
  const label = await deposit(stage, 'north', 'off-carried')
  await kiosks.north.touch({ kind: 'finish' })
  const { ms, codes } = await carry(stage, 'north', async () => await noticeOf(stage, 'off-carried', 'mia'))
  await kiosks.north.touch({ kind: 'carried' })
  await kiosks.north.sees('farewell')
  if (ms > 5_000) throw new Error(`the recipient had the code after ${ms} ms`)
  return `door ${label}: ${codes} codes by camera, the recipient has the code after ${ms} ms`
}

async function cut(stage: Stage): Promise<string> {
  const { street, kiosks } = stage
  const signedIn = await showSignIn(stage, 'north')
  await street.scan('north', signedIn)
  await kiosks.north.sees('scan')
  const doors = [await deposit(stage, 'north', 'off-put')]
  await kiosks.north.touch({ kind: 'finish' })
  await kiosks.north.sees('carry')
  await kiosks.north.touch({ kind: 'carry-later' })
  await kiosks.north.sees('farewell')
  for (const name of ['off-code', 'off-carried']) {
    await typeInTime(stage, stage.codes.get(name) ?? '')
    doors.push(await takeOut(stage, name))
    await kiosks.north.touch({ kind: 'all-good' })
    await kiosks.north.sees('farewell')
  }
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
  await parcelIs(stage, 'off-carried', 'collected')
  const code = await noticeOf(stage, 'off-put', 'min')
  toldOnce(stage, code)
  toldOnce(stage, stage.codes.get('off-carried') ?? '')
  return 'states, messages and webhooks'
}

/** Carried, told by the journal, or both: one message. */
function toldOnce(stage: Stage, code: string): void {
  const shown = `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`
  const told = stage.street.messages().filter(({ text }) => text.includes(shown) || text.includes(code))
  if (told.length !== 1) throw new Error(`the recipient was told ${told.length} times`)
}

/** Tries start two seconds apart; this story is quicker than hands are. */
async function typeInTime(stage: Stage, code: string): Promise<void> {
  const { north } = stage.kiosks
  await typeCode(stage, 'north', code)
  const isOpened = await north.until(({ screen }) => {
    if (screen.kind === 'pickup-door') return true
    return screen.kind === 'code' && screen.problem === 'keypad-too-soon' && !screen.busy ? false : undefined
  }, 'a door, or to be asked for patience')
  if (isOpened) return
  await setTimeout(2_000)
  await north.touch({ kind: 'code', code })
}
