import { type DepositId, type OperatorId, type ParcelId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { About, Content, MessageId, NoticeLine } from '../notices.ts'

export type MessageState = 'queued' | 'sent' | 'delivered' | 'undeliverable' | 'expired'
export type ChannelKind = 'sms' | 'email'

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
}

const uuid = (id: Parameters<typeof idToUuid>[0] | undefined): string | null => (id === undefined ? null : idToUuid(id))

/** The first words for a key stay (law 10). */
export async function putMessage(query: Query, given: NewMessage): Promise<void> {
  await query(
    `insert into message (message, channel, template, locale, address, words, parcel, deposit, operator_id, state,
       next_at, until_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, $11, $10) on conflict do nothing`,
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
    ],
  )
}

export type Claimed = {
  readonly message: MessageId
  readonly channel: ChannelKind
  readonly locale: Locale
  readonly address: Uint8Array
  readonly words: Uint8Array
  readonly attempts: number
  readonly until: number | null
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
     returning message, channel, locale, address, words, attempts, until_at as until`,
    [now, leaseUntil, limit],
  )
  return rows.map((row) => ({ ...row, message: idFromUuid('message', row.message) }))
}

/** A receipt that came before the answer of its own sending stays. */
export async function settleMessage(
  query: Query,
  message: MessageId,
  end: { readonly state: Exclude<MessageState, 'queued'>; readonly error: string | null; readonly at: Instant },
): Promise<void> {
  await query(
    `update message set state = $2, last_error = $3, settled_at = $4 where message = $1 and state = 'queued'`,
    [idToUuid(message), end.state, end.error, end.at],
  )
}

export async function postponeMessage(
  query: Query,
  message: MessageId,
  to: { readonly at: Instant; readonly error: string },
): Promise<void> {
  await query(`update message set next_at = $2, last_error = $3 where message = $1 and state = 'queued'`, [
    idToUuid(message),
    to.at,
    to.error,
  ])
}

/** What is delivered stays delivered. Undefined for a message that no phone was sent. */
export async function takeReceipt(
  query: Query,
  message: MessageId,
  receipt: { readonly outcome: 'delivered' | 'undeliverable'; readonly error: string | null; readonly at: Instant },
): Promise<boolean> {
  const [row] = await query(
    `update message set
       state = case when state = 'delivered' then state else $2 end,
       last_error = case when state = 'delivered' then last_error else $3 end,
       settled_at = coalesce(settled_at, $4)
     where message = $1 and channel = 'sms' returning message`,
    [idToUuid(message), receipt.outcome, receipt.error, receipt.at],
  )
  return row !== undefined
}

export async function latestFor(
  query: Query,
  deposits: readonly DepositId[],
): Promise<readonly { readonly deposit: DepositId; readonly state: MessageState }[]> {
  const rows = await query<{ readonly deposit: string; readonly state: MessageState }>(
    `select distinct on (deposit) deposit, state from message
     where deposit = any($1::uuid[]) and channel = 'sms' order by deposit, created_at desc, message desc`,
    [deposits.map(idToUuid)],
  )
  return rows.map(({ deposit, state }) => ({ state, deposit: idFromUuid('deposit', deposit) }))
}

type StoryRow = Omit<NoticeLine, 'status'> & { readonly state: MessageState }

export async function storyOf(
  query: Query,
  { parcel, deposits }: { readonly parcel: ParcelId; readonly deposits: readonly DepositId[] },
): Promise<readonly StoryRow[]> {
  return await query<StoryRow>(
    `select created_at as at, template, channel, state, attempts from message
     where parcel = $1 or deposit = any($2::uuid[]) order by created_at, channel desc`,
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
     where operator_id = $1 and state = 'undeliverable' order by settled_at desc limit 200`,
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
