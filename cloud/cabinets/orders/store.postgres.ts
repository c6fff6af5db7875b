import {
  type CabinetId,
  type CompartmentId,
  type OperatorId,
  type OrderId,
  type PersonId,
  type StaffId,
  idFromUuid,
  idToUuid,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { CompartmentView, OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import { type OrderAct, aimOf } from './acts.ts'

export type Target = { readonly enrolled: boolean; readonly online: boolean; readonly known: boolean }

/** What an order aims at, within its tenant (law 11). `known`: the layout has the compartment, or the deposit is here. */
export async function readTarget(query: Query, operator: OperatorId | null, cabinet: CabinetId, act: OrderAct) {
  const id = aimOf(act)
  const [row] = await query<Target & { operator_id: string }>(
    `select c.operator_id, c.incarnation is not null as enrolled, h.online,
            case when $3::uuid is null then true
                 when $4 then exists (select from cabinet_deposit d where d.cabinet = c.cabinet and d.deposit = $3)
                 else c.layout @> jsonb_build_object('compartments', jsonb_build_array(jsonb_build_object('id', $5::text)))
            end as known
     from cabinet c join cabinet_health h using (cabinet)
     where c.cabinet = $1 and ($2::uuid is null or c.operator_id = $2)`,
    [
      idToUuid(cabinet),
      operator === null ? null : idToUuid(operator),
      id === null ? null : idToUuid(id),
      act.kind === 'renew' || act.kind === 'pickup',
      id,
    ],
  )
  return row === undefined ? undefined : { ...row, operator: idFromUuid('operator', row.operator_id) }
}

export type Openings = {
  readonly byStaff: number
  readonly byStaffLately: number
  readonly byOperator: number
  readonly inWeek: number
}

/** Counts under a lock of the operator, so that two orders at once cannot both be the last one allowed. */
export async function countOpenings(
  tx: Tx,
  who: { readonly operator: OperatorId; readonly staff: StaffId },
  since: { readonly lately: Instant; readonly hour: Instant; readonly week: Instant },
): Promise<Openings> {
  const operator = idToUuid(who.operator)
  await tx.query(`select pg_advisory_xact_lock(hashtext('holdfast.openings'), hashtext($1))`, [operator])
  const [row] = await tx.query<{ staff: number; lately: number; operator: number; week: number }>(
    `select count(*) filter (where staff = $2 and asked_at > $3) as lately,
            count(*) filter (where staff = $2 and asked_at > $4) as staff,
            count(*) filter (where asked_at > $4) as operator,
            count(*) as week
     from cabinet_order where operator_id = $1 and kind = 'open' and asked_at > $5`,
    [operator, idToUuid(who.staff), since.lately, since.hour, since.week],
  )
  return {
    byStaff: row?.staff ?? 0,
    byStaffLately: row?.lately ?? 0,
    byOperator: row?.operator ?? 0,
    inWeek: row?.week ?? 0,
  }
}

export type NewOrder = {
  readonly order: OrderId
  readonly askedAs: OrderId
  readonly cabinet: CabinetId
  readonly operator: OperatorId
  readonly act: OrderAct
  readonly staff: StaffId
  readonly staffName: string
  readonly reason: string
  readonly at: Instant
}

export async function insertOrder(tx: Tx, made: NewOrder): Promise<OrderRow> {
  const { act } = made
  const [row] = await tx.query<RawRow>(
    `insert into cabinet_order (cabinet, order_id, operator_id, asked_as, kind, act, compartment, staff, staff_name,
       reason, state, asked_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, 'asked', $11) returning *`,
    [
      idToUuid(made.cabinet),
      idToUuid(made.order),
      idToUuid(made.operator),
      idToUuid(made.askedAs),
      act.kind,
      JSON.stringify(act),
      'compartment' in act ? idToUuid(act.compartment) : null,
      idToUuid(made.staff),
      made.staffName,
      made.reason,
      made.at,
    ],
  )
  if (row === undefined) throw new Error('an insert gave no row')
  return orderRow(row)
}

type RawRow = {
  readonly cabinet: string
  readonly order_id: string
  readonly operator_id: string
  readonly kind: string
  readonly act: OrderAct
  readonly compartment: string | null
  readonly staff: string
  readonly staff_name: string
  readonly reason: string
  readonly state: OrderView['state']
  readonly refusal: string | null
  readonly asked_at: number
  readonly answered_at: number | null
}

export type OrderRow = {
  readonly operator: OperatorId
  readonly cabinet: CabinetId
  readonly order: OrderId
  readonly staff: StaffId
  readonly act: OrderAct
  readonly view: OrderView
}

function orderRow(row: RawRow): OrderRow {
  const cabinet = idFromUuid('cabinet', row.cabinet)
  const order = idFromUuid('order', row.order_id)
  const compartment: CompartmentId | null = row.compartment === null ? null : idFromUuid('compartment', row.compartment)
  const { kind, state, reason, refusal, staff_name: staffName, asked_at: askedAt, answered_at: answeredAt } = row
  return {
    operator: idFromUuid('operator', row.operator_id),
    cabinet,
    order,
    staff: idFromUuid('staff', row.staff),
    act: row.act,
    view: { order, cabinet, compartment, kind, state, reason, refusal, staffName, askedAt, answeredAt },
  }
}

/** The nonce came: from here on the order is under way. Undefined where it is not waiting for one. */
export async function markSent(tx: Tx, cabinet: CabinetId, askedAs: OrderId): Promise<OrderRow | undefined> {
  const [row] = await tx.query<RawRow>(
    `update cabinet_order set state = 'sent' where cabinet = $1 and asked_as = $2 and state = 'asked' returning *`,
    [idToUuid(cabinet), idToUuid(askedAs)],
  )
  return row === undefined ? undefined : orderRow(row)
}

export type NewState = { readonly state: OrderView['state']; readonly refusal: string | null; readonly at: Instant }

/** A final answer stands, even where it came after we had given up waiting; `accepted` is only a step. */
export async function markAnswered(
  tx: Tx,
  cabinet: CabinetId,
  order: OrderId,
  to: NewState,
): Promise<OrderRow | undefined> {
  const [row] = await tx.query<RawRow>(
    `update cabinet_order
     set state = $3, refusal = $4, answered_at = case when $3 = 'accepted' then answered_at else $5::bigint end
     where cabinet = $1 and (order_id = $2 or asked_as = $2) and state <> $3
       and state = any(case when $3 = 'accepted' then array['asked', 'sent']
                            else array['asked', 'sent', 'accepted', 'unanswered'] end)
     returning *`,
    [idToUuid(cabinet), idToUuid(order), to.state, to.refusal, to.at],
  )
  return row === undefined ? undefined : orderRow(row)
}

export async function markUnanswered(tx: Tx, askedBefore: Instant): Promise<readonly OrderRow[]> {
  const rows = await tx.query<RawRow>(
    `update cabinet_order set state = 'unanswered'
     where (cabinet, order_id) in (
       select cabinet, order_id from cabinet_order
       where state in ('asked', 'sent', 'accepted') and asked_at < $1 limit 500 for update skip locked)
     returning *`,
    [askedBefore],
  )
  return rows.map(orderRow)
}

export async function readOrder(query: Query, operator: OperatorId, order: OrderId): Promise<OrderView | undefined> {
  const [row] = await query<RawRow>('select * from cabinet_order where operator_id = $1 and order_id = $2', [
    idToUuid(operator),
    idToUuid(order),
  ])
  return row === undefined ? undefined : orderRow(row).view
}

export type PickupAsked = { readonly cabinet: CabinetId; readonly order: OrderId; readonly person: PersonId }

export type PickupView = Pick<OrderView, 'state' | 'refusal'> & { readonly door: CompartmentView['door'] }

/** Of the person who asked, and nobody else: what became of it, and how the door stands. */
export async function readPickup(query: Query, asked: PickupAsked): Promise<PickupView | undefined> {
  const [row] = await query<Omit<PickupView, 'door'> & { readonly door: PickupView['door'] | null }>(
    `select o.state, o.refusal, r.door from cabinet_order o
     left join cabinet_compartment r on r.cabinet = o.cabinet and r.compartment = o.compartment
     where o.cabinet = $1 and o.order_id = $2 and o.kind = 'pickup' and o.act->>'person' = $3`,
    [idToUuid(asked.cabinet), idToUuid(asked.order), asked.person],
  )
  return row === undefined ? undefined : { ...row, door: row.door ?? 'unseen' }
}
