import {
  type DepositId,
  type OperatorId,
  type ParcelId,
  type PersonId,
  idFromUuid,
  idToUuid,
} from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { ChannelKind } from '../channels/channel.ts'
import type { About, Content, MessageId, NoticeLine } from '../notices.ts'

export type MessageState = 'queued' | 'waiting' | 'skipped' | 'sent' | 'delivered' | 'undeliverable' | 'expired'

export type NewMessage = {
  readonly message: MessageId
  readonly channel: ChannelKind
  readonly template: Content['template']
  readonly locale: Locale
  readonly address: Uint8Array
  readonly words: Uint8Array
  readonly about: About
  readonly until: Instant | null
  readonly at: Instant
  /** Null where it goes this way only. */
  readonly chain: MessageId | null
  /** Which of its ways: only the first sets out by itself. -1 goes beside the first, and what it comes to moves none. */
  readonly step: number
  /** Whose app it is kept in; null where it leaves the house. */
  readonly person: PersonId | null
  /** Claimed until then by who puts it; null where a round is to claim it. */
  readonly leaseUntil: Instant | null
}

const uuid = (id: Parameters<typeof idToUuid>[0] | undefined): string | null => (id === undefined ? null : idToUuid(id))

/** The first words for a key stay (law 10): false where there are some already. */
export async function putMessage(query: Query, given: NewMessage): Promise<boolean> {
  const put = await query(
    `insert into message (message, channel, template, locale, address, words, parcel, deposit, operator_id, state,
       next_at, until_at, created_at, chain, step, zone, attempts, person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $12, coalesce($16::bigint, $10), $11, $10, $13, $14, $15,
       case when $16::bigint is null then 0 else 1 end, $17) on conflict do nothing returning message`,
    [
      idToUuid(given.message),
      given.channel,
      given.template,
      given.locale,
      given.address,
      given.words,
      uuid(given.about.parcel),
      uuid(given.about.deposit),
      uuid(given.about.operator),
      given.at,
      given.until,
      given.step <= 0 ? 'queued' : 'waiting',
      given.chain === null ? null : idToUuid(given.chain),
      given.step,
      given.about.zone ?? null,
      given.leaseUntil,
      given.person === null ? null : idToUuid(given.person),
    ],
  )
  return put.length > 0
}

export type Claimed = {
  readonly message: MessageId
  readonly channel: ChannelKind
  readonly locale: Locale
  readonly address: Uint8Array
  readonly words: Uint8Array
  readonly attempts: number
  readonly until: number | null
  readonly template: string
  readonly zone: string | null
}

/** Takes what is due for as long as the lease: a process that dies meanwhile gives it back by itself. */
export async function claimDue(
  query: Query,
  { now, leaseUntil, limit }: { readonly now: Instant; readonly leaseUntil: Instant; readonly limit: number },
): Promise<readonly Claimed[]> {
  const rows = await query<Omit<Claimed, 'message'> & { readonly message: string }>(
    `update message set next_at = $2, attempts = attempts + 1
     where message in (select message from message
       where state = 'queued' and next_at <= $1 order by next_at limit $3 for update skip locked)
     returning message, channel, locale, address, words, attempts, until_at as until, template,
       zone`,
    [now, leaseUntil, limit],
  )
  return rows.map((row) => ({ ...row, message: idFromUuid('message', row.message) }))
}

type End = {
  readonly state: Exclude<MessageState, 'queued' | 'waiting'>
  readonly error: string | null
  readonly at: Instant
  /** Until when a receipt is waited for, where the channel gives one. */
  readonly receiptBy?: Instant | undefined
}

/** A receipt that came before the answer of its own sending stays. What this way came to moves the chain. */
export async function settleMessage(query: Query, message: MessageId, end: End): Promise<void> {
  const [row] = await query<{ readonly chain: string | null; readonly step: number }>(
    `update message set state = $2, last_error = $3, settled_at = $4,
       receipt_by = case when chain is null or step < 0 then null else $5::bigint end
     where message = $1 and state = 'queued' returning chain, step`,
    [idToUuid(message), end.state, end.error, end.at, end.receiptBy ?? null],
  )
  if (row !== undefined && row.step >= 0) await moveChain(query, { chain: row.chain, state: end.state, at: end.at })
}

/** There: no other way is needed. Not there: the next sets out. */
export async function moveChain(
  query: Query,
  { chain, state, at }: { readonly chain: string | null; readonly state: MessageState; readonly at: Instant },
): Promise<void> {
  if (chain === null) return
  if (state === 'delivered') {
    await query(
      `update message set state = 'skipped', settled_at = $2 where chain = $1 and state in ('waiting', 'queued')`,
      [chain, at],
    )
  }
  if (state !== 'undeliverable' && state !== 'expired') return
  await query(
    `update message set state = 'queued', next_at = $2
     where chain = $1 and state = 'waiting'
       and step = (select min(step) from message where chain = $1 and state = 'waiting')
       and not exists (select from message where chain = $1 and state = 'delivered')`,
    [chain, at],
  )
}

/** Sent, and nothing heard since: the next way sets out beside it. How many there were. */
export async function passSilent(query: Query, now: Instant, limit: number): Promise<number> {
  const rows = await query<{ readonly chain: string }>(
    `update message set receipt_by = null
     where message in (select message from message
       where receipt_by <= $1 order by receipt_by limit $2 for update skip locked)
     returning chain`,
    [now, limit],
  )
  for (const { chain } of rows) await moveChain(query, { chain, state: 'expired', at: now })
  return rows.length
}

/** Nobody is to hear of these any more: collected, corrected, or somebody else's. */
export async function skipMessages(query: Query, deposits: readonly DepositId[], at: Instant): Promise<void> {
  if (deposits.length === 0) return
  await query(
    `update message set state = 'skipped', settled_at = $2, receipt_by = null
     where deposit = any($1::uuid[]) and state in ('queued', 'waiting')`,
    [deposits.map(idToUuid), at],
  )
}

/** Questions for consent that are still on their way: to be rung up about what was answered helps nobody. */
export async function skipQuestions(query: Query, parcels: readonly ParcelId[], at: Instant): Promise<void> {
  if (parcels.length === 0) return
  await query(
    `update message set state = 'skipped', settled_at = $2, receipt_by = null
     where parcel = any($1::uuid[]) and template = 'consent-asked' and state in ('queued', 'waiting')`,
    [parcels.map(idToUuid), at],
  )
}

/** An outage that was called off before its message went: known by when that would have been over. */
export async function skipOutages(
  query: Query,
  calledOff: readonly { readonly deposit: DepositId; readonly over: Instant }[],
  at: Instant,
): Promise<void> {
  if (calledOff.length === 0) return
  await query(
    `update message m set state = 'skipped', settled_at = $3, receipt_by = null
     from unnest($1::uuid[], $2::bigint[]) as o (deposit, over)
     where m.deposit = o.deposit and m.until_at = o.over and m.template = 'outage-planned'
       and m.state in ('queued', 'waiting')`,
    [calledOff.map(({ deposit }) => idToUuid(deposit)), calledOff.map(({ over }) => over), at],
  )
}

export async function postponeMessage(
  query: Query,
  message: MessageId,
  to: { readonly at: Instant; readonly error: string | null },
): Promise<void> {
  await query(
    `update message set next_at = $2, last_error = $3, attempts = case when $3::text is null then attempts - 1 else attempts end
     where message = $1 and state = 'queued'`,
    [idToUuid(message), to.at, to.error],
  )
}

/** What is delivered stays delivered. False for a message that was not sent this way. */
export async function takeReceipt(
  query: Query,
  message: MessageId,
  receipt: {
    readonly channel: ChannelKind
    readonly outcome: 'delivered' | 'undeliverable'
    readonly error: string | null
    readonly at: Instant
  },
): Promise<boolean> {
  const [row] = await query<{ readonly chain: string | null; readonly state: MessageState }>(
    `update message set
       state = case when state = 'delivered' then state else $2 end,
       last_error = case when state = 'delivered' then last_error else $3 end,
       settled_at = coalesce(settled_at, $4), receipt_by = null
     where message = $1 and channel = $5 returning chain, state`,
    [idToUuid(message), receipt.outcome, receipt.error, receipt.at, receipt.channel],
  )
  if (row !== undefined) await moveChain(query, { chain: row.chain, state: row.state, at: receipt.at })
  return row !== undefined
}

/**
 * Of the latest message about each deposit. A number that does not exist is told while the courier may still be there,
 * even while another way is tried.
 */
export async function latestFor(
  query: Query,
  deposits: readonly DepositId[],
): Promise<readonly { readonly deposit: DepositId; readonly state: MessageState }[]> {
  const rows = await query<{ readonly deposit: string; readonly states: readonly MessageState[] }>(
    `select l.deposit, array_agg(m.state) as states
     from (select distinct on (deposit) deposit, message, chain from message
           where deposit = any($1::uuid[]) and step = 0 and (chain is not null or channel = 'sms')
           order by deposit, created_at desc, message desc) l
     join message m on m.message = l.message or m.chain = l.chain
     group by l.deposit`,
    [deposits.map(idToUuid)],
  )
  return rows.map(({ deposit, states }) => ({ deposit: idFromUuid('deposit', deposit), state: wordOf(states) }))
}

const worth: readonly MessageState[] = ['delivered', 'undeliverable', 'expired', 'queued', 'sent', 'waiting']
const wordOf = (states: readonly MessageState[]): MessageState =>
  worth.find((state) => states.includes(state)) ?? 'skipped'

type StoryRow = Omit<NoticeLine, 'status'> & { readonly state: MessageState }

export async function storyOf(
  query: Query,
  { parcel, deposits }: { readonly parcel: ParcelId; readonly deposits: readonly DepositId[] },
): Promise<readonly StoryRow[]> {
  return await query<StoryRow>(
    `select created_at as at, template, channel, state, attempts from message
     where parcel = $1 or deposit = any($2::uuid[]) order by created_at, step, channel desc`,
    [idToUuid(parcel), deposits.map(idToUuid)],
  )
}

export async function eraseBefore(query: Query, before: Instant): Promise<number> {
  const rows = await query(
    `update message set address = null, words = null where settled_at < $1 and address is not null returning message`,
    [before],
  )
  return rows.length
}

export type UndeliveredRow = {
  readonly message: MessageId
  readonly channel: ChannelKind
  readonly parcel: ParcelId | null
  readonly attempts: number
  readonly error: string | null
  readonly since: number
}

export async function undeliveredOf(query: Query, operator: OperatorId): Promise<readonly UndeliveredRow[]> {
  const rows = await query<Omit<UndeliveredRow, 'message' | 'parcel'> & { message: string; parcel: string | null }>(
    `select message, channel, parcel, attempts, last_error as error, settled_at as since from message
     m where operator_id = $1 and state = 'undeliverable'
       and (chain is null or not exists (select from message o where o.chain = m.chain
         and (o.state in ('queued', 'waiting', 'delivered') or o.state = 'sent' and o.person is null)))
     order by settled_at desc limit 200`,
    [idToUuid(operator)],
  )
  return rows.map(({ message, parcel, ...row }) => ({
    ...row,
    message: idFromUuid('message', message),
    parcel: parcel === null ? null : idFromUuid('parcel', parcel),
  }))
}

/** False for one that is not undelivered, is another operator's (law 11), or has been erased. */
export async function requeue(query: Query, operator: OperatorId, message: MessageId, at: Instant): Promise<boolean> {
  const rows = await query(
    `update message set state = 'queued', attempts = 0, next_at = $3, until_at = null, settled_at = null
     where message = $1 and operator_id = $2 and state = 'undeliverable' and address is not null returning message`,
    [idToUuid(message), idToUuid(operator), at],
  )
  return rows.length > 0
}
