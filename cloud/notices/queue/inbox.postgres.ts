import { type DepositId, idFromUuid, idToUuid, type ParcelId, type PersonId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { MessageId } from '../notices.ts'
import { moveChain } from './store.postgres.ts'

export type InboxRow = {
  readonly message: MessageId
  readonly address: Uint8Array
  readonly words: Uint8Array
  readonly parcel: ParcelId | null
  readonly at: Instant
  readonly isRead: boolean
}

type Row = Omit<InboxRow, 'message' | 'parcel'> & { readonly message: string; readonly parcel: string | null }

/** Newest first. What is erased, or was somebody else's after all, is there no more. */
export async function readInbox(query: Query, person: PersonId, most: number): Promise<readonly InboxRow[]> {
  const rows = await query<Row>(
    `select message, address, words, parcel, created_at as at, state = 'delivered' as "isRead" from message
     where person = $1 and words is not null and state in ('sent', 'delivered')
     order by created_at desc, message desc limit $2`,
    [idToUuid(person), most],
  )
  return rows.map(({ message, parcel, ...row }) => ({
    ...row,
    message: idFromUuid('message', message),
    parcel: parcel === null ? null : idFromUuid('parcel', parcel),
  }))
}

export async function countUnread(query: Query, person: PersonId): Promise<number> {
  const [row] = await query<{ readonly unread: number }>(
    `select count(*)::int as unread from message where person = $1 and words is not null and state = 'sent'`,
    [idToUuid(person)],
  )
  return row?.unread ?? 0
}

/** What a person has read has arrived: no other way is needed. Others' are left alone (law 11). */
export async function markRead(
  query: Query,
  person: PersonId,
  { messages, at }: { readonly messages: readonly MessageId[]; readonly at: Instant },
): Promise<void> {
  const rows = await query<{ readonly chain: string | null }>(
    `update message set state = 'delivered', receipt_by = null
     where person = $1 and message = any($2::uuid[]) and state = 'sent' returning chain`,
    [idToUuid(person), messages.map(idToUuid)],
  )
  for (const { chain } of rows) await moveChain(query, { chain, state: 'delivered', at })
}

/** They were for somebody else: the words are gone from that app at once. */
export async function withdraw(query: Query, deposits: readonly DepositId[], at: Instant): Promise<void> {
  if (deposits.length === 0) return
  await query(
    `update message set state = 'skipped', settled_at = $2, receipt_by = null, address = null, words = null
     where deposit = any($1::uuid[]) and person is not null`,
    [deposits.map(idToUuid), at],
  )
}
