import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import {
  type CabinetId,
  type CarrierId,
  type CompartmentId,
  type DepositId,
  type IdKind,
  makeId,
  type PersonId,
} from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { askSeal, depositSeal } from '@holdfast/wire/journal/private.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { eventually, type WrittenEvent } from '../cabinets/cabinets.testing.ts'
import { type Installed, seals, type Town } from './town.testing.ts'

export type DepositGiven = {
  readonly carrier: CarrierId
  readonly courier: PersonId
  readonly door: CompartmentId
  readonly numbers: readonly string[]
  /** Typed at the kiosk. */
  readonly phone?: string
  readonly code?: string
  readonly epoch?: number
}

const at = runningMs(1)

/** What a cabinet journals around one deposit, its private part sealed to the cloud as a terminal does it. */
export async function writeDeposit(
  { clock }: Pick<Town, 'clock'>,
  { script, cabinet }: Installed,
  given: DepositGiven,
) {
  const id = <Kind extends IdKind>(kind: Kind) => makeId(kind, clock.now(), seals.random(10))
  const { carrier, courier: person, door, numbers, code = '123456782', epoch = 1 } = given
  const [deposit, session] = [id('deposit'), id('session')]
  const parcels = numbers.map((number) => parcelDigest(seals, carrier, number))
  const cause = { kind: 'deposit', session, deposit } as const
  const need = { size: 'M', box: null, lowDoor: false } as const
  const consent = { kind: 'parcel', ref: 'card', cardVersion: 1 } as const
  const inspection = { offered: true, damaged: false, weightOff: false }
  const secret = {
    parcels: numbers.map((number, i) => ({ digest: parcels[i] ?? '', carrier, number })),
    codes: [
      { generation: 0, code },
      { generation: 1, code: '987654320' },
    ],
    ...(given.phone === undefined ? {} : { phone: given.phone }),
  }
  const tags = [0, 1].map((generation) => ({ generation, tag: `${generation}`.repeat(64), tailTag: null }))
  const begin = { deposit, session, carrier, person, compartment: door, epoch, parcels, need, consent, inspection, at }
  const sealed = await sealPrivate({ script, cabinet }, deposit, secret)
  const moved: readonly CabinetEvent[] = [
    { type: 'doorOpened', door, cause, recovered: false, witness: 'leaf', at },
    { type: 'doorShut', door, witness: 'leaf', at },
  ]
  const made: readonly WrittenEvent[] = [
    { type: 'courierSessionOpened', session, person, carrier, via: 'grant', nonce: null, at },
    { type: 'compartmentHeld', compartment: door, epoch, deposit, session },
    { type: 'depositBegun', ...begin },
    { event: { type: 'depositPrepared', deposit, codes: tags, at }, private: sealed },
    ...moved,
    { type: 'compartmentLoaded', compartment: door, deposit },
    { type: 'depositMade', deposit, by: 'silence', at },
    { type: 'sessionEnded', session, why: 'done', at },
  ]
  const facts = {
    made,
    collected: [{ type: 'codeAccepted', attempt: 1, deposit, generation: 0, at }, ...moved, ended('depositCollected')],
    refused: [{ type: 'depositRefused', deposit, why: 'damaged', at }],
    recalled: [{ type: 'recallBegun', deposit, session, at }, ...moved, ended('depositRecalled')],
    cancelled: [{ type: 'depositCancelled', deposit, why: 'courier', at }],
  } as const satisfies Record<string, readonly WrittenEvent[]>
  return { deposit, parcels, ...facts }

  function ended(type: 'depositCollected' | 'depositRecalled'): CabinetEvent {
    return { type, deposit, by: 'person', at }
  }
}

async function sealPrivate({ script, cabinet }: Installed, deposit: DepositId, secret: object) {
  const blob = await seals.seal(sealingKey(script), depositSeal(cabinet, deposit), toCanonical(secret))
  return { blind: seals.random(32), blob }
}

export function sealingKey({ enrolled }: Installed['script']) {
  const key = readPublicKey(enrolled.sealingKeys[0]?.publicKey ?? '')
  if (key === undefined) throw new Error('the cloud named no key to seal to')
  return key
}

export type AskGiven = {
  readonly kind: 'card' | 'consent'
  readonly carrier: CarrierId
  readonly courier: PersonId
  readonly number: string
  readonly phone?: string
}

/** Asks as a terminal does and waits for the cloud's reply. */
export async function ask({ clock }: Pick<Town, 'clock'>, { script, cabinet }: Installed, given: AskGiven) {
  const { kind, carrier, courier, number, phone } = given
  const deposit = makeId('deposit', clock.now(), seals.random(10))
  const plain = { carrier, number, ...(phone === undefined ? {} : { phone }) }
  const sealed = await seals.seal(sealingKey(script), askSeal(cabinet, deposit), toCanonical(plain))
  const name = makeId('event', clock.now(), seals.random(10))
  const parcel = parcelDigest(seals, carrier, number)
  await script.send('asks', { ask: name, kind, parcel, deposit, courier, sealed: base64FromBytes(sealed) })
  const reply = () => script.orders.find((order) => order.kind === 'reply' && order.ask === name)
  await eventually(() => reply() !== undefined)
  return reply()
}

/** The card of a parcel as the cabinet holds it now, after all that it was told. */
export function cardAt({ script }: Installed, digest: string) {
  let card: (typeof script.desired)[number]['putCards'][number] | undefined
  for (const told of script.desired) {
    if (told.dropCards.includes(digest)) card = undefined
    card = told.putCards.find(({ parcel }) => parcel === digest) ?? card
  }
  return card
}

export const doorOf = (cabinet: CabinetId, { script }: Pick<Installed, 'script'>, i = 0): CompartmentId => {
  const found = script.enrolled.layout.compartments[i]?.id
  if (found === undefined) throw new Error(`no door ${i} at ${cabinet}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the layout's own ids.
  return found as CompartmentId
}
