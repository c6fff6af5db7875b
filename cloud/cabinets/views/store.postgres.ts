import type { DepositStage } from '@holdfast/core/cabinet/state.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import {
  type CabinetId,
  type DepositId,
  type OperatorId,
  type PersonId,
  idFromUuid,
  idToUuid,
} from '@holdfast/core/values/ids.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { CabinetSummary, CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { DepositRow, FactPlace, KioskSession } from '../cabinets.ts'
import { screenDead } from '../settings/store.postgres.ts'

type SummaryRow = Omit<CabinetSummary, 'cabinet' | 'openAlerts' | 'screenDead'> & {
  readonly id: string
  readonly screen_dead: boolean
}

const summaryColumns = `
  c.cabinet as id, c.name, s.name as "siteName", s.address, p.complaint_phone as phone, c.enrolled_at is not null as enrolled, h.online,
  h.heard_at as "lastHeardAt", jsonb_array_length(c.layout->'compartments') as doors, h.journal,
  count(*) filter (where r.use = 'free') as free,
  count(*) filter (where r.use = 'loaded') as loaded,
  count(*) filter (where r.door in ('open', 'unlatched')) as open,
  count(*) filter (where r.use = 'suspect') as suspect,
  count(*) filter (where r.use = 'retired') as retired, bool_or(${screenDead}) as screen_dead`

const summaryTables = `
  from cabinet c
  join placement p on p.cabinet = c.cabinet and p.until_at is null
  join site s on s.operator_id = p.operator_id and s.site = p.site
  join cabinet_health h on h.cabinet = c.cabinet
  left join cabinet_setting w on w.cabinet = c.cabinet
  left join cabinet_compartment r on r.cabinet = c.cabinet`

/** One operator's (law 11): all of them, or those named. */
export async function readSummaries(
  query: Query,
  operator: OperatorId,
  only: readonly CabinetId[] | undefined,
): Promise<readonly Omit<CabinetSummary, 'openAlerts'>[]> {
  const rows = await query<SummaryRow>(
    `select ${summaryColumns} ${summaryTables}
     where c.operator_id = $1 and ($2::uuid[] is null or c.cabinet = any($2))
     group by c.cabinet, s.name, s.address, p.complaint_phone, h.cabinet order by c.name, c.cabinet`,
    [idToUuid(operator), only?.map(idToUuid)],
  )
  return rows.map(({ id, screen_dead: dead, ...row }) => ({
    ...row,
    cabinet: idFromUuid('cabinet', id),
    ...(dead ? { screenDead: true } : {}),
  }))
}

export type CabinetPage = {
  readonly layout: CabinetLayout
  readonly incarnation: string | null
  readonly head: number
  readonly watermark: number
  readonly silent_lines: readonly string[]
}

export async function readPage(
  query: Query,
  operator: OperatorId,
  cabinet: CabinetId,
): Promise<CabinetPage | undefined> {
  const [row] = await query<CabinetPage>(
    `select c.layout, c.incarnation, greatest(h.head, coalesce(j.seq, 0)) as head, coalesce(j.seq, 0) as watermark,
            h.silent_lines
     from cabinet c join cabinet_health h using (cabinet)
     left join cabinet_journal j on j.cabinet = c.cabinet and j.incarnation = c.incarnation
     where c.cabinet = $1 and c.operator_id = $2`,
    [idToUuid(cabinet), idToUuid(operator)],
  )
  return row
}

type Standing = Pick<CompartmentView, 'epoch' | 'use' | 'suspicion' | 'door' | 'deposit' | 'since'>

/** Keyed by compartment id; those that no fact spoke of yet are not there. */
export async function readStandings(query: Query, cabinet: CabinetId): Promise<ReadonlyMap<string, Standing>> {
  const rows = await query<Standing & { compartment: string }>(
    'select compartment, epoch, use, suspicion, door, deposit, since from cabinet_compartment where cabinet = $1',
    [idToUuid(cabinet)],
  )
  return new Map(
    rows.map(({ compartment, deposit, ...row }) => [
      idFromUuid('compartment', compartment),
      { ...row, deposit: deposit === null ? null : idFromUuid('deposit', deposit) },
    ]),
  )
}

type RawDeposit = {
  readonly operator_id: string
  readonly carrier_id: string
  readonly deposit: string
  readonly person: string
  readonly compartment: string
  readonly epoch: number
  readonly stage: DepositStage
  readonly parcels: readonly string[]
  readonly label: string
  readonly size: Size
}

export async function readDeposits(
  query: Query,
  cabinet: CabinetId,
  deposits: readonly DepositId[],
): Promise<readonly DepositRow[]> {
  const rows = await query<RawDeposit>(
    'select * from cabinet_deposit where cabinet = $1 and deposit = any($2::uuid[])',
    [idToUuid(cabinet), deposits.map(idToUuid)],
  )
  return rows.map((row) => ({
    cabinet,
    operator: idFromUuid('operator', row.operator_id),
    deposit: idFromUuid('deposit', row.deposit),
    compartment: idFromUuid('compartment', row.compartment),
    label: row.label,
    size: row.size,
    epoch: row.epoch,
    stage: row.stage,
    carrier: idFromUuid('carrier', row.carrier_id),
    person: idFromUuid('person', row.person),
    digests: row.parcels,
  }))
}

export async function readSession(query: Query, person: PersonId): Promise<KioskSession | undefined> {
  const [row] = await query<{ cabinet: string; session: string }>(
    'select cabinet, session from cabinet_journal where courier = $1 limit 1',
    [idToUuid(person)],
  )
  if (row === undefined) return undefined
  return { cabinet: idFromUuid('cabinet', row.cabinet), session: idFromUuid('session', row.session) }
}

export async function readPrivate(
  query: Query,
  { cabinet, incarnation, seq }: FactPlace,
): Promise<{ readonly deposit: DepositId; readonly blob: string } | undefined> {
  const [row] = await query<{ deposit: string; blob: string }>(
    'select deposit, blob from cabinet_private where cabinet = $1 and incarnation = $2 and seq = $3',
    [idToUuid(cabinet), idToUuid(incarnation), seq],
  )
  return row === undefined ? undefined : { deposit: idFromUuid('deposit', row.deposit), blob: row.blob }
}

/** Law 14; the entry keeps the digest, so the chain still verifies. */
export async function erasePrivates(query: Query, receivedBefore: number): Promise<void> {
  await query('delete from cabinet_private where received_at < $1', [receivedBefore])
}

export type StoryRow = { readonly seq: number; readonly entry: string; readonly received_at: number }

export async function readStory(
  query: Query,
  operator: OperatorId | null,
  at: { readonly cabinet: CabinetId; readonly deposit: DepositId },
): Promise<readonly StoryRow[]> {
  return await query<StoryRow>(
    `select seq, entry, received_at from cabinet_fact
     where cabinet = $1 and deposit = $2 and ($3::uuid is null or operator_id = $3) order by received_at, seq`,
    [idToUuid(at.cabinet), idToUuid(at.deposit), operator === null ? null : idToUuid(operator)],
  )
}

export async function readLayout(query: Query, cabinet: CabinetId): Promise<CabinetLayout | undefined> {
  const [row] = await query<{ layout: CabinetLayout }>('select layout from cabinet where cabinet = $1', [
    idToUuid(cabinet),
  ])
  return row?.layout
}
