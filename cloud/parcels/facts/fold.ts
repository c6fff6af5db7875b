import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { ParcelFact } from '@holdfast/core/parcel/parcel.ts'
import { type CarrierId, readId } from '@holdfast/core/values/ids.ts'
import type { DurationMs, Instant } from '@holdfast/core/values/instants.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import type { CabinetFactNews, DepositContext } from '../../cabinets/facts.ts'
import { type DepositRecord, over, type RecordStage } from '../rows/deposit.ts'
import type { Scene } from '../rows/record.ts'
import type { NamedParcel, Work } from './work.ts'

/** Facts that a parcel's custody, its code or its door depend on. */
const aboutDeposits: ReadonlySet<CabinetEvent['type']> = new Set<CabinetEvent['type']>([
  'depositPrepared',
  'parcelJoined',
  'depositMoved',
  'depositMade',
  'depositCancelled',
  'codeRenewed',
  'depositCollected',
  'depositRefused',
  'depositDisputed',
  'depositRecalled',
])

export const wantedFacts: readonly CabinetEvent['type'][] = [...aboutDeposits, 'parcelTurnedAway']

/** A fact about a deposit, with what its private part said and the terms of its cabinet. */
export type Heard = {
  readonly news: CabinetFactNews
  readonly context: DepositContext
  readonly secret: PrivatePart | undefined
  /** The codes that came with it, sealed at rest together with those known before. */
  readonly codes: string | undefined
  readonly retention: DurationMs
  /** A phone brought it ahead of the journal, which tells the same entry once more. */
  readonly carried: boolean
}

export const concernsParcels = ({ event, context }: CabinetFactNews): boolean =>
  event.type === 'parcelTurnedAway' || (context !== null && aboutDeposits.has(event.type))

/** before there is any deposit. The digest is all that the cabinet tells of the parcel. */
export function foldTurnedAway(work: Work, news: CabinetFactNews): boolean {
  const { event, cabinet, operator } = news
  if (event.type !== 'parcelTurnedAway') return false
  work.turnAway(event.parcel, { cabinet, operator, why: event.why, at: happenedAt(news) })
  return true
}

/** When it happened: by the cabinet's clock where that is trusted and not ahead of ours. */
export const happenedAt = ({ wall, trusted, at }: CabinetFactNews): Instant => (trusted && wall < at ? wall : at)

/** Folds one fact into the rows at hand. What custody makes of it is core's to say. */
export function foldFact(work: Work, heard: Heard): void {
  const { news, context, secret } = heard
  const { event } = news
  const at = happenedAt(news)
  const place = { cabinet: news.cabinet, deposit: context.deposit }
  const record = work.deposit(place) ?? begun(heard)
  if (record.carried !== null && news.seq <= record.carried) return
  const moved = { ...record, compartment: context.compartment, label: context.label, size: context.size }
  const carried = heard.carried ? news.seq : record.carried
  const deposit: DepositRecord = { ...moved, epoch: context.epoch, codes: heard.codes ?? record.codes, carried }
  const scene: Scene = { operator: news.operator, label: context.label, generation: deposit.generation }
  for (const named of namesOf(secret)) work.name(named, at)
  const all = (fact: ParcelFact): void => {
    for (const digest of context.parcels)
      work.absorb({ digest, carrier: context.carrier, number: null, phone: null }, fact, { at, scene })
    if (fact.type === 'depositCancelled') context.parcels.forEach(work.forgetUnheard)
  }
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest are endings.
  switch (event.type) {
    case 'depositPrepared':
      return work.putDeposit(deposit)
    case 'parcelJoined':
    case 'depositMade': {
      // One that joins a deposit that is made already lies there from now on.
      const isMade = event.type === 'depositMade' || deposit.madeAt !== null
      work.putDeposit(isMade ? { ...deposit, stage: 'stored', madeAt: deposit.madeAt ?? at } : deposit)
      if (!isMade) return
      all({ type: 'deposited', ...place, retention: heard.retention })
      for (const digest of context.parcels) work.stay(place, digest, scene)
      return
    }
    case 'depositMoved':
      work.putDeposit(deposit)
      if (deposit.madeAt !== null) for (const digest of context.parcels) work.remark(digest, 'moved', { at, scene })
      return
    case 'codeRenewed': {
      const { generation } = event.code
      // Drawn for whoever has said "not mine" meanwhile: as dead as those before.
      if (deposit.disownedAt !== null)
        return work.putDeposit({ ...deposit, codes: null, generation, revoked: generation })
      const renewed = { ...scene, generation }
      work.putDeposit({ ...deposit, generation, renewAt: null })
      for (const digest of context.parcels) work.remark(digest, 'code-renewed', { at, scene: renewed })
      return
    }
    default:
      return foldEnding(work, { event, deposit, at, all })
  }
}

type Ending = {
  readonly event: CabinetEvent
  readonly deposit: DepositRecord
  readonly at: Instant
  readonly all: (fact: ParcelFact) => void
}

/** How a deposit's wait ends: every code dies with it. */
function foldEnding(work: Work, { event, deposit, at, all }: Ending): void {
  const place = { cabinet: deposit.cabinet, deposit: deposit.deposit }
  const finish = (fact: ParcelFact, stage: RecordStage): void => {
    work.putDeposit(over(deposit, stage))
    all(fact)
  }
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- `concernsParcels` has kept the rest out.
  switch (event.type) {
    case 'depositRefused':
      work.putDeposit({ ...over(deposit, 'refused'), recall: 'refused', recallSince: at })
      return all({ type: 'refused', ...place, why: event.why })
    case 'depositCollected':
      return finish({ type: 'collected', ...place, by: event.by }, 'collected')
    case 'depositRecalled':
      return finish({ type: 'recalled', ...place }, 'recalled')
    case 'depositDisputed':
      return finish({ type: 'disputed', ...place }, 'disputed')
    case 'depositCancelled':
      return finish({ type: 'depositCancelled', ...place }, 'cancelled')
    default:
      return
  }
}

function begun({ news, context }: Heard): DepositRecord {
  return {
    cabinet: news.cabinet,
    deposit: context.deposit,
    operator: news.operator,
    carrier: context.carrier,
    person: context.person,
    compartment: context.compartment,
    label: context.label,
    size: context.size,
    epoch: context.epoch,
    stage: 'filling',
    codes: null,
    generation: 0,
    madeAt: null,
    recall: null,
    recallSince: null,
    revoked: null,
    disownedAt: null,
    renewAt: null,
    carried: null,
  }
}

function namesOf(secret: PrivatePart | undefined): readonly NamedParcel[] {
  return (secret?.parcels ?? []).flatMap(({ digest, carrier, number }) => {
    const id: CarrierId | undefined = readId('carrier', carrier)
    return id === undefined ? [] : [{ digest, carrier: id, number, phone: secret?.phone ?? null }]
  })
}
