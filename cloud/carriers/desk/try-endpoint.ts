import { type CarrierId, makeId } from '@holdfast/core/values/ids.ts'
import type { EndpointTest } from '@holdfast/wire/http/desk/carriers.ts'
import type { EndpointId } from '../carriers.ts'
import type { CarriersPorts } from '../carriers.ts'
import { testBody } from '../rows/test-event.ts'
import { headersOf } from '../webhooks/deliver.ts'
import type { Post } from '../webhooks/post.ts'
import { secretOf } from '../webhooks/sign.ts'
import { readUrl } from './store.postgres.ts'

/**
 * Sends one test event while a person waits, through the same signing and the same judgement of addresses as all
 * others, and says what came back. Nothing is queued: what failed here is not tried again behind the person's back.
 */
export const createTrial =
  (ports: CarriersPorts, post: Post) =>
  async (carrier: CarrierId, endpoint: EndpointId): Promise<EndpointTest | undefined> => {
    const { db, clock, seals, keys, config } = ports
    const url = await readUrl(db.query, carrier, endpoint)
    if (url === undefined) return undefined
    const begun = clock.now()
    const event = makeId('event', begun, seals.random(10))
    const body = JSON.stringify(testBody({ event, endpoint, source: config.source, at: begun }))
    const headers = headersOf(seals, secretOf(seals, keys.atRest, endpoint), { id: event, atMs: begun, body })
    const posted = await post(url, { headers, body })
    const status = posted.kind === 'answered' ? posted.status : null
    const accepted = status !== null && status >= 200 && status < 300
    return {
      accepted,
      status,
      problem: posted.kind === 'failed' ? posted.problem : null,
      tookMs: Math.max(0, clock.now() - begun),
      sent: {
        id: headers['webhook-id'],
        timestamp: headers['webhook-timestamp'],
        signature: headers['webhook-signature'],
      },
    }
  }
