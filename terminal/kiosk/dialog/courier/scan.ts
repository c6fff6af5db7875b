import type { Candidate } from '@holdfast/core/parcel/tracking/format.ts'
import { readScan } from '@holdfast/core/parcel/tracking/scan.ts'
import type { CourierSession } from '@holdfast/core/cabinet/state.ts'
import { isAtRest } from '@holdfast/core/door/door.ts'
import { turn, type CourierTalk, type ParcelInHand, type Sight, type Turn } from '../dialog.ts'
import { confirmation } from './door.ts'
import { proceed } from './proceed.ts'
import { fitsHere, join, sharesDoor } from './same-door.ts'
import { courierSession, inHand } from './talk.ts'

const guessesShown = 3

/** A label by scanner, phone or hand: it confirms the parcel before it and takes up the next. */
export function courierScanned(talk: CourierTalk, text: string, sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)
  if (session === undefined) return turn(talk)
  if (session.look !== undefined) return turn({ ...talk, problem: 'look-unsaid' })
  const scan = readScan(text)
  if (scan.kind === 'holdfast') return turn({ ...talk, problem: 'grant-refused' })
  if (scan.kind === 'unreadable') return turn({ ...talk, problem: 'scan-unreadable' })
  // One that is being opened right now is past being replaced.
  if (talk.parcel?.step === 'opening' || talk.parcel?.step === 'queued') return turn(talk)
  const number = numberOf(scan, session, sight)
  const digest = sight.digest(session.carrier, number)
  const parcel: ParcelInHand = {
    deposit: sight.drawDeposit(),
    number,
    digest,
    guesses: guessesOf(scan.candidates, session, sight),
    step: 'queued',
    asked: false,
    phone: null,
    standing: null,
    consent: 'missing',
    size: null,
    elsewhere: null,
    problem: null,
  }
  return takeUp({ ...talk, page: 'scan', problem: null, finishing: false }, parcel, sight)
}

/** The same label held up twice is the parcel already in hand. */
function takeUp(talk: CourierTalk, parcel: ParcelInHand, sight: Sight): Turn<CourierTalk> {
  if (talk.parcel?.digest === parcel.digest) return turn(talk)
  const former = inHand(sight)
  if (former === undefined) return proceed({ ...talk, parcel }, sight)
  // Held up again while its deposit is undone, it is out and in hand.
  if (former.stage !== 'undoing' && former.parcels.includes(parcel.digest)) return turn(talk)
  if (former.stage === 'filling' && sharesDoor(talk, parcel, sight)) {
    const beside = { ...talk, parcel: { ...parcel, step: 'same-door' } as const }
    return fitsHere(talk, parcel, sight) ? join(beside, sight) : turn(beside)
  }
  const door = sight.cabinet.doors.get(former.compartment)
  if (door === undefined || !isAtRest(door)) return turn({ ...talk, problem: 'door-open' })
  const confirm = confirmation(former, sight)
  if (confirm === undefined || former.cycle !== 'shut') return turn({ ...talk, problem: 'door-not-cycled' })
  return turn({ ...talk, parcel }, { do: 'submit', commands: [confirm], means: 'former-confirmed' })
}

type Read = Extract<ReturnType<typeof readScan>, { kind: 'parcel' }>

/** What this courier's carrier knows the parcel by: a number with a card first, then its own reading, then the text. */
function numberOf(scan: Read, session: CourierSession, sight: Sight): string {
  const code = sight.settings?.carriers.find(({ id }) => id === session.carrier)?.code
  const own = scan.candidates.filter(({ carrier }) => carrier === code).map(({ number }) => number)
  const readings = [...own, scan.number, ...scan.candidates.map(({ number }) => number)]
  const carded = readings.find((number) => sight.card(sight.digest(session.carrier, number)) !== undefined)
  return carded ?? readings[0] ?? scan.number
}

/** advice beside the number, never a refusal. */
function guessesOf(
  candidates: readonly Candidate[],
  session: CourierSession,
  { settings }: Sight,
): ParcelInHand['guesses'] {
  const known = settings?.carriers ?? []
  const seen = new Set<string>()
  return candidates
    .filter(({ carrier }) => !seen.has(carrier) && seen.add(carrier))
    .slice(0, guessesShown)
    .map(({ carrier, confidence }) => {
      const found = known.find(({ code }) => code === carrier)
      return { carrier: found?.name ?? carrier, confidence, own: found?.id === session.carrier }
    })
}
