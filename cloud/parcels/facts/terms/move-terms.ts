import { parcelDecider } from '@holdfast/core/parcel/custody.ts'
import type { ParcelEvent } from '@holdfast/core/parcel/parcel.ts'
import { type CabinetId } from '@holdfast/core/values/ids.ts'
import { between, type DurationMs, durationMs, hours, type Instant } from '@holdfast/core/values/instants.ts'
import type { Tx } from '../../../platform/postgres/db.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { saveChanges } from '../../rows/changes.ts'
import { lockDeposits, waitingAt } from '../../rows/deposits.postgres.ts'
import { lockById, readByDeposits } from '../../rows/parcels.postgres.ts'
import { advance, type ParcelRecord, remark, type Scene, type Step } from '../../rows/record.ts'
import type { ParcelNews, ParcelNewsType } from '../../events.ts'
import { readPauses } from './pauses.postgres.ts'
import { retentionAt } from './retention.ts'

export type TermPorts = Pick<ParcelsPorts, 'outbox'> & { readonly cabinets: Pick<ParcelsPorts['cabinets'], 'places'> }

/** An end that comes nearer still leaves as long as it takes to hear of it and to come by. */
export const leastNotice = hours(24)

export type TermChange = {
  readonly cabinet: CabinetId
  readonly at: Instant
  /** Only where the recipients hear of it may an end come nearer. */
  readonly mayShorten: boolean
  /** A line about every parcel inside, after that about its term. */
  readonly remark?: { readonly type: ParcelNewsType; readonly outage?: ParcelNews['outage'] } | undefined
}

/** Counts the terms of everything inside anew: opening hours, outages and free time as they stand now. */
export async function moveTerms(ports: TermPorts, tx: Tx, change: TermChange): Promise<void> {
  const { cabinet, at: now } = change
  const [places, pauses] = await Promise.all([ports.cabinets.places([cabinet], tx), readPauses(tx, [cabinet], now)])
  const keepFrom = (start: Instant): DurationMs => retentionAt(places.get(cabinet), start, pauses.get(cabinet) ?? [])
  const steps: Step[] = []
  for (const at of await waitingAt(tx, cabinet)) {
    const [deposit] = await lockDeposits(tx, [at])
    if (deposit === undefined) continue
    const { operator, label, generation } = deposit
    const scene = { operator, label, generation }
    for (const { id } of await readByDeposits(tx.query, [at])) {
      const parcel = await lockById(tx, id)
      if (parcel !== undefined) steps.push(...stepsOf(parcel, { ...change, keepFrom, scene }))
    }
  }
  const last = new Map(steps.map(({ record }) => [record.id, record]))
  await saveChanges(ports.outbox, tx, {
    parcels: [...last.values()],
    news: steps.flatMap(({ news }) => news),
    deposits: [],
  })
}

type Case = TermChange & { readonly keepFrom: (start: Instant) => DurationMs; readonly scene: Scene }

function stepsOf(parcel: ParcelRecord, { at: now, mayShorten, keepFrom, scene, ...change }: Case): readonly Step[] {
  const counted = advance(parcel, termEvents(parcel, { keepFrom, mayShorten, now }), scene)
  if (change.remark === undefined) return counted.news.length === 0 ? [] : [counted]
  const { type, outage } = change.remark
  const said = remark(counted.record, type, now, scene)
  const news = outage === undefined ? said.news : said.news.map((line) => ({ ...line, outage }))
  return [counted, { ...said, news }]
}

type Count = { readonly keepFrom: Case['keepFrom']; readonly mayShorten: boolean; readonly now: Instant }

function termEvents({ custody }: ParcelRecord, { keepFrom, mayShorten, now }: Count): readonly ParcelEvent[] {
  const { storage, retention: known } = custody
  if (storage === null || known === null) return []
  const { deposit, storedAt } = storage
  const retention = keepFrom(storedAt)
  if (retention >= known) return parcelDecider.absorb(custody, { type: 'keptLonger', deposit, retention }, { now })
  if (!mayShorten) return []
  const shorter = shorten({ known, counted: retention, since: between(storedAt, now) })
  return parcelDecider.absorb(custody, { type: 'keptShorter', deposit, retention: shorter }, { now })
}

type Terms = { readonly known: DurationMs; readonly counted: DurationMs; readonly since: DurationMs }

/** Down to what is counted now, and never below a day from the word of it. */
export const shorten = ({ known, counted, since }: Terms): DurationMs =>
  durationMs(Math.max(counted, Math.min(known, since + leastNotice)))
