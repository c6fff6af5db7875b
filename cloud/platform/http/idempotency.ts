import { type Instant, minutes } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Clock } from '../clock.ts'
import type { Db, Tx } from '../postgres/db.ts'
import { refusePlatform } from './refusals.ts'
import type { Caller, Keep, Reply } from './route.ts'

export type KeyedCall = { readonly tenant: string; readonly key: string; readonly fingerprint: Uint8Array }

export type Idempotency = {
  /**
   * The first call runs; the same one again gets the same answer; another one under its key is refused. Work that hands
   * its answer to `keep` has it kept by its own commit; any other's is kept behind it.
   */
  readonly run: (call: KeyedCall, work: (keep: Keep) => Promise<Reply>) => Promise<Reply>
  /** Drops answers older than the instant; callers may repeat a request for as long as they are kept. */
  readonly forget: (before: Instant) => Promise<void>
}

type Stored = {
  readonly request: Uint8Array
  readonly status: number | null
  readonly answer: Uint8Array | null
  readonly headers: Readonly<Record<string, string>> | null
}

/** A call that died without an answer may be run again after this; its use case must then recognise its own work. */
const abandonedAfter = minutes(1)
const { hash, hmac, lock, unlock } = createNodeSeals()
const utf8 = new TextEncoder()
const keyShape = /^[\x21-\x7e]{1,255}$/

export const isIdempotencyKey = (text: string): boolean => keyShape.test(text)

export const fingerprintOf = (method: string, url: string, body: Uint8Array): Uint8Array =>
  hash(new Uint8Array(Buffer.concat([Buffer.from(`${method} ${url}\n`), body])))

/** Keys of one caller never meet another's (law 11). */
export function tenantOf(caller: Exclude<Caller, { kind: 'public' }>): string {
  switch (caller.kind) {
    case 'carrier':
      return `carrier:${caller.carrierId}`
    case 'courier':
    case 'recipient':
      return `${caller.kind}:${caller.personId}`
    case 'staff':
      return `staff:${caller.staffId}`
  }
}

/** Answers lie locked: some are secrets that nobody is shown twice but whoever asks with the same key. */
export function createIdempotency(db: Db, clock: Clock, atRest: Uint8Array): Idempotency {
  const safe = createSafe(atRest)
  const claim = async ({ tenant, key, fingerprint }: KeyedCall): Promise<Instant | undefined> => {
    const now = clock.now()
    const mine = await db.query(
      `insert into idempotency as i (tenant, key, request, claimed_at) values ($1, $2, $3, $4)
       on conflict (tenant, key) do update set claimed_at = $4
       where i.request = $3 and i.status is null and i.claimed_at < $5
       returning key`,
      [tenant, key, fingerprint, now, now - abandonedAfter],
    )
    return mine.length > 0 ? now : undefined
  }
  /** Only one's own claim: one that took too long may have been taken over by the same call, come again. */
  const release = async ({ tenant, key }: KeyedCall, claimed: Instant): Promise<void> => {
    await db.query('delete from idempotency where tenant = $1 and key = $2 and status is null and claimed_at = $3', [
      tenant,
      key,
      claimed,
    ])
  }
  return {
    run: async (call, work) => {
      const claimed = await claim(call)
      if (claimed === undefined) return await readStored(db, safe, call)
      let isKept = false
      const keep: Keep = (tx, reply) => {
        tx.write(...keeping(safe, call, reply))
        tx.onCommit(() => (isKept = true))
      }
      const reply = await work(keep).catch(async (error: unknown) => {
        // If this fails too the key frees itself later.
        await release(call, claimed).catch(() => undefined)
        throw error
      })
      if (isKept) return reply
      if (reply.status >= 500) await release(call, claimed)
      else await db.query(...keeping(safe, call, reply))
      return reply
    },
    forget: async (before) => void (await db.query('delete from idempotency where claimed_at < $1', [before])),
  }
}

type Safe = {
  readonly lock: (call: KeyedCall, body: unknown) => Uint8Array
  readonly open: (call: KeyedCall, answer: Uint8Array) => unknown
}

function createSafe(atRest: Uint8Array): Safe {
  const key = hmac(atRest, utf8.encode('http/answers/1'))
  const boundTo = (call: KeyedCall): Uint8Array => utf8.encode(`${call.tenant}\n${call.key}`)
  return {
    lock: (call, body) => lock(key, boundTo(call), utf8.encode(JSON.stringify(body))),
    open: (call, answer) => {
      const plain = unlock(key, boundTo(call), answer)
      if (plain === undefined) throw new Error('an answer that this key does not open')
      return JSON.parse(new TextDecoder().decode(plain))
    },
  }
}

async function readStored(db: Db, safe: Safe, call: KeyedCall): Promise<Reply> {
  const { tenant, key, fingerprint } = call
  const [row] = await db.query<Stored>(
    'select request, status, answer, headers from idempotency where tenant = $1 and key = $2',
    [tenant, key],
  )
  // The first call failed between our two statements and gave its key back.
  if (row === undefined) return refusePlatform('request-in-flight')
  if (Buffer.compare(row.request, fingerprint) !== 0) return refusePlatform('idempotency-key-reused')
  if (row.status === null) return refusePlatform('request-in-flight')
  const body: unknown = row.answer === null ? undefined : safe.open(call, row.answer)
  return { status: row.status, body, headers: { ...row.headers, 'idempotency-replayed': 'true' } }
}

function keeping(safe: Safe, call: KeyedCall, { status, body, headers }: Reply): Parameters<Tx['write']> {
  const answer = body === undefined ? null : safe.lock(call, body)
  return [
    'update idempotency set status = $3, answer = $4, headers = $5::jsonb where tenant = $1 and key = $2',
    [call.tenant, call.key, status, answer, JSON.stringify(headers ?? {})],
  ]
}
