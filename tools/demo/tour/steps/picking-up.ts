import { dammDigit } from '@holdfast/wire/bytes/damm.ts'
import { recipientKioskSchema } from '@holdfast/wire/http/access.ts'
import { askGrant, free, showQr, takeOut, typeCode } from '../moves/at-kiosk.ts'
import { depositOf, parcelIs } from '../moves/in-cloud.ts'
import type { Stage } from '../stage.ts'
import type { TourStep } from '../tour.ts'

export const pickingUp: readonly TourStep[] = [
  { name: 'A wrong code and a slip of the finger', play: wrongCode },
  { name: 'Pickup by code, and open again', play: byCode },
  { name: 'Pickup by the kiosk’s QR and its two digits', play: byGrant },
  { name: 'Several deposits by one sign-in', play: several },
]

async function wrongCode(stage: Stage): Promise<string> {
  const { north } = stage.kiosks
  const taken = new Set(stage.codes.values())
  const drawn = ['00000000', '00000001', '00000002'].map((digits) => digits + dammDigit(digits))
  const unknown = drawn.find((code) => !taken.has(code)) ?? ''
  const slip = `${unknown.slice(0, 8)}${(Number(unknown.slice(8)) + 1) % 10}`
  await typeCode(stage, 'north', slip)
  await north.sees('code', ({ problem, busy }) => problem === 'code-slip' && !busy)
  await north.touch({ kind: 'code', code: unknown })
  await north.sees('code', ({ problem, busy }) => problem === 'code-wrong' && !busy)
  await north.touch({ kind: 'back' })
  return 'told apart; only the wrong one costs an attempt'
}

async function byCode(stage: Stage): Promise<string> {
  const { north } = stage.kiosks
  await typeCode(stage, 'north', stage.codes.get('slim') ?? '')
  const label = await takeOut(stage, 'slim')
  await north.touch({ kind: 'reopen' })
  await north.sees('pickup-door', ({ phase }) => phase === 'open')
  await stage.street.shut('north', label)
  await north.sees('pickup-door', ({ phase }) => phase === 'shut')
  await north.touch({ kind: 'all-good' })
  await north.sees('farewell', ({ outcome }) => outcome === 'collected')
  await parcelIs(stage, 'slim', 'collected')
  await typeCode(stage, 'north', stage.codes.get('slim') ?? '')
  await north.sees('code', ({ problem, busy }) => problem === 'code-wrong' && !busy)
  await north.touch({ kind: 'back' })
  return `${label}; the used code opens nothing`
}

async function byGrant(stage: Stage): Promise<string> {
  const app = stage.recipients.ji
  const scanned = await showQr(stage, 'north')
  const { cabinet, nonce } = scanned
  const seen = await app.ask(recipientKioskSchema, 'POST /v1/recipient/kiosk-scans', { cabinet, nonce })
  const mine = seen.deposits.find(({ trackingNumbers }) => trackingNumbers.includes(stage.number('middling')))
  if (mine === undefined) throw new Error('the app does not see the parcel here')
  const grant = await askGrant(app, scanned, mine.deposit)
  if (!grant.sent) throw new Error('the grant was not sent to the cabinet')
  const label = await takeOut(stage, 'middling')
  await leaveWith(stage, 'north')
  await parcelIs(stage, 'middling', 'collected')
  return label
}

async function several(stage: Stage): Promise<string> {
  const app = stage.recipients.mia
  const scanned = await showQr(stage, 'library')
  const doors: string[] = []
  for (const name of ['corrected', 'second']) {
    await askGrant(app, scanned, await depositOf(stage, 'mia', name))
    doors.push(await takeOut(stage, name))
  }
  await leaveWith(stage, 'library')
  for (const name of ['corrected', 'second']) await parcelIs(stage, name, 'collected')
  return `${doors.join(', then ')}, one after the other`
}

/** "All good", and nothing more to fetch. */
export async function leaveWith({ kiosks }: Pick<Stage, 'kiosks'>, key: 'north' | 'library'): Promise<void> {
  await kiosks[key].touch({ kind: 'all-good' })
  await kiosks[key].sees('pickup-next')
  await kiosks[key].touch({ kind: 'finish' })
  await free(kiosks[key])
}
