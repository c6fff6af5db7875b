import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetId, DepositId } from '@holdfast/core/values/ids.ts'
import { signCarried } from '@holdfast/wire/carry/facts.ts'
import { partTexts } from '@holdfast/wire/carry/parts.ts'
import type { PrivateKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Guard } from '../../loop/guard.ts'
import type { Machine } from '../../loop/machine.ts'

export interface CarryPorts {
  readonly cabinet: CabinetId
  readonly journal: Pick<Journal, 'acknowledged' | 'incarnation' | 'read'>
  readonly guard: Pick<Guard, 'read'>
  readonly seals: Seals
  readonly key: PrivateKey
  readonly machine: Pick<Machine, 'onCommitted'>
}

/** The courier's phone as second uplink: what the cloud must know of a deposit, as QR codes on the kiosk's screen. */
export interface Carry {
  /** None where the deposit is not made, is not of this start, or the cloud has it. The same texts at each call. */
  texts(deposit: DepositId): readonly string[]
}

/** What the cloud tells a deposit by; the rest follows with the journal. */
const told: ReadonlySet<CabinetEvent['type']> = new Set<CabinetEvent['type']>([
  'depositBegun',
  'depositPrepared',
  'parcelJoined',
  'depositMoved',
  'depositMade',
])
const over: ReadonlySet<CabinetEvent['type']> = new Set<CabinetEvent['type']>([
  'depositCancelled',
  'depositCollected',
  'depositRecalled',
  'depositRefused',
  'depositDisputed',
])

interface Noted {
  readonly seqs: readonly number[]
  readonly made: boolean
  readonly texts: readonly string[] | undefined
}

/** In memory only: after a restart the session is over, and the facts go by the network when it is back. */
export function createCarry(ports: CarryPorts): Carry {
  const { journal, machine } = ports
  const noted = new Map<DepositId, Noted>()
  machine.onCommitted(({ events, entries }) => {
    events.forEach((event, index) => {
      const seq = entries[index]?.seq
      if (seq === undefined || !('deposit' in event)) return
      const { type, deposit } = event
      if (over.has(type)) noted.delete(deposit)
      if (!told.has(type)) return
      const known = noted.get(deposit)
      if (known === undefined && type !== 'depositBegun') return
      const made = type === 'depositMade' || known?.made === true
      noted.set(deposit, { seqs: [...(known?.seqs ?? []), seq], made, texts: undefined })
    })
  })
  return {
    texts: (deposit) => {
      const known = noted.get(deposit)
      if (known?.made !== true || (known.seqs.at(-1) ?? 0) <= journal.acknowledged()) return []
      const texts = known.texts ?? ports.guard.read(() => write(ports, deposit, known.seqs))
      if (texts === undefined) return []
      noted.set(deposit, { ...known, texts })
      return texts
    },
  }
}

/** None where the journal cannot give them any more, or they are too long for a screen: the network will bring them. */
function write({ cabinet, journal, seals, key }: CarryPorts, deposit: DepositId, seqs: readonly number[]) {
  const entries = seqs.flatMap((seq) => journal.read(seq, 1).filter((entry) => entry.seq === seq))
  if (entries.length < seqs.length || entries.length > entriesMax) return []
  const whole = signCarried(seals, key, { cabinet, incarnation: journal.incarnation, deposit, entries })
  return partTexts('facts', whole, seals.hash(whole))
}

/** Twenty parcels behind one door and a few moves still fit. */
const entriesMax = 24
