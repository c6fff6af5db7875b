import { type DepositId, type ParcelId, idFromUuid, idToUuid } from '@holdfast/core/values/ids.ts'
import { type Instant, after, durationMs, minutes, seconds } from '@holdfast/core/values/instants.ts'
import type { ParcelNews } from '../../parcels/events.ts'
import { codeOf } from '../../platform/failure.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { Message } from '../notices.ts'
import { withdraw } from '../queue/inbox.postgres.ts'
import { skipMessages, skipOutages, skipQuestions } from '../queue/store.postgres.ts'
import { type Composed, isTold, type Task as TaskNews, toldTypes } from './compose.ts'

const atOnce = 32
const lease = minutes(1)
const firstRetry = seconds(1)
const longestRetry = minutes(5)

export type Task = {
  readonly parcel: ParcelId
  readonly sequence: number
  readonly news: TaskNews
  readonly attempts: number
}

/** What becomes of noted news here: so many are composed at once, as claimed; the rest wait for a round. */
export type Following = {
  readonly free: () => number
  readonly noted: (taken: readonly Task[], left: number) => void
}

/**
 * In the consumer's transaction only the news is noted: what the message says is asked of others, who have their own
 * connections, and must not hold this one (law 10: noted once, told at least once, under one key).
 */
export const followParcels = ({ clock }: Ports, { free, noted }: Following): Consumer => ({
  name: 'notices-parcels',
  topics: ['parcel-events'],
  kinds: { 'parcel-events': [...new Set([...toldTypes, ...endsMessages, ...endsQuestions])] },
  handleAll: async (tx, events) => {
    const all = events.flatMap(({ payload }) => readNews(payload) ?? [])
    const moot = all.flatMap(({ type, deposit }) => (deposit !== null && endsMessages.has(type) ? [deposit] : []))
    const now = clock.now()
    await skipMessages(tx.query, [...new Set(moot)], now)
    await withdraw(tx.query, [...new Set(all.flatMap(wronglyTold))], now)
    await skipQuestions(tx.query, [...new Set(all.filter(isAnswered).map(({ parcel }) => parcel))], now)
    const calledOff = all.flatMap(({ type, deposit, outage }) =>
      type === 'outage-cancelled' && deposit !== null && outage !== undefined ? [{ deposit, over: outage.to }] : [],
    )
    await skipOutages(tx.query, calledOff, now)
    const told = all.filter(isTold)
    if (told.length === 0) return
    const taken = told
      .slice(0, free())
      .map((news) => ({ parcel: news.parcel, sequence: news.sequence, news, attempts: 1 }))
    tx.write(
      `insert into message_task (parcel, sequence, news, next_at, attempts)
       select parcel, sequence, news::jsonb, case when place <= $4 then $5::bigint else $6 end,
              case when place <= $4 then 1 else 0 end
       from unnest($1::uuid[], $2::bigint[], $3::text[]) with ordinality as t (parcel, sequence, news, place)
       on conflict do nothing`,
      [
        told.map(({ parcel }) => idToUuid(parcel)),
        told.map(({ sequence }) => sequence),
        told.map((news) => JSON.stringify(news)),
        taken.length,
        after(now, lease),
        now,
      ],
    )
    tx.onCommit(() => noted(taken, told.length - taken.length))
  },
})

/** What is still on its way about the deposit would be wrong, or for the wrong person. */
const endsMessages: ReadonlySet<ParcelNews['type']> = new Set<ParcelNews['type']>([
  'corrected',
  'not-mine',
  'code-renewed',
  'collected',
  'refused',
  'recalled',
  'disputed',
  'taken-back',
])

/** Whoever read of it in the app was not the one. */
const wronglyTold = ({ type, reason, deposit }: ParcelNews): readonly DepositId[] =>
  deposit !== null && (type === 'not-mine' || (type === 'corrected' && reason === 'phone')) ? [deposit] : []

/** Nobody is to be asked any more: it was answered, or the question was for somebody else. */
const endsQuestions: ReadonlySet<ParcelNews['type']> = new Set<ParcelNews['type']>([
  'corrected',
  'consent-given',
  'consent-declined',
  'cancelled',
])
const isAnswered = ({ type, reason }: ParcelNews): boolean =>
  endsQuestions.has(type) && (type !== 'corrected' || reason === 'phone')

/** Our own outbox wrote it: the parcels' type holds. */
function readNews(payload: unknown): ParcelNews | undefined {
  if (typeof payload !== 'object' || payload === null || !('parcel' in payload && 'type' in payload)) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return payload as ParcelNews
}

export type TaskPorts = Ports & {
  readonly compose: (news: TaskNews) => Promise<Composed>
  readonly queue: (message: Message, tx: Tx) => Promise<void>
}

/** Turns noted news into queued messages; how many were taken. */
export async function composeDue(ports: TaskPorts): Promise<number> {
  const { db, clock } = ports
  const now = clock.now()
  const rows = await db.query<Omit<Task, 'parcel'> & { readonly parcel: string }>(
    `update message_task set next_at = $2, attempts = attempts + 1
     where (parcel, sequence) in (select parcel, sequence from message_task
       where next_at <= $1 order by next_at limit $3 for update skip locked)
     returning parcel, sequence, news, attempts`,
    [now, after(now, lease), atOnce],
  )
  const tasks = rows.map((row) => ({ ...row, parcel: idFromUuid('parcel', row.parcel) }))
  await Promise.all(tasks.map(async (task) => await composeTask(ports, task)))
  return tasks.length
}

/** Queues what a task comes to and ends it; one that fails waits for its next turn. */
export async function composeTask({ db, clock, log, compose, queue }: TaskPorts, task: Task): Promise<void> {
  const place = [idToUuid(task.parcel), task.sequence] as const
  try {
    // A reminder is judged by the time at which it is said.
    const isReminder = task.sequence < 0
    const { message, also = [], later } = await compose(isReminder ? { ...task.news, at: clock.now() } : task.news)
    await db.transaction(async (tx) => {
      for (const one of message === undefined ? also : [message, ...also]) await queue(one, tx)
      tx.write('delete from message_task where parcel = $1 and sequence = $2', place)
      // News that came late, after days without a network, said the time itself: no reminder at its heels.
      const goesOn = later !== undefined && (isReminder ? message === undefined : later.at > clock.now())
      if (goesOn) keepReminder(tx, task, later)
    })
  } catch (error) {
    log.warn({ code: codeOf(error), parcel: task.parcel, type: task.news.type }, 'message not composed, trying again')
    await db.query('update message_task set next_at = $3 where parcel = $1 and sequence = $2', [
      ...place,
      retryAt(clock.now(), task.attempts),
    ])
  }
}

/** Numbers below zero: beside the news itself, which is done with. */
function keepReminder(tx: Tx, task: Task, { at, news }: NonNullable<Composed['later']>): void {
  tx.write(
    `insert into message_task (parcel, sequence, news, next_at) values ($1, $2, $3::jsonb, $4)
     on conflict (parcel, sequence) do update set news = excluded.news, next_at = excluded.next_at, attempts = 0`,
    [idToUuid(task.parcel), -Math.abs(task.sequence), JSON.stringify(news), at],
  )
}

const retryAt = (now: Instant, attempts: number): Instant =>
  after(now, durationMs(Math.min(longestRetry, firstRetry * 2 ** Math.min(attempts - 1, 16))))
