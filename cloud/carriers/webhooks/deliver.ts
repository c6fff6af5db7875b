import { after, durationMs, type Instant, instant, seconds } from '@holdfast/core/values/instants.ts'
import { type Cancel } from '../../platform/clock.ts'
import { codeOf } from '../../platform/failure.ts'
import type { Ports } from '../../platform/ports.ts'
import type { EndpointId } from '../carriers.ts'
import type { Post, Posted } from './post.ts'
import { knockPause, pauseAfter, readRetryAfter } from './schedule.ts'
import { secretOf, signWebhook } from './sign.ts'
import { claimDue, type Delivery, settle, type Settlement } from './store.postgres.ts'

export type Deliverer = {
  /** One look at what is due; resolves when all that it took is settled. Returns how many. */
  readonly round: () => Promise<number>
  /** Something new is waiting, or about to be committed. */
  readonly wake: () => void
  readonly start: () => void
  /** After the deliveries under way. */
  readonly stop: () => Promise<void>
}

const eachAtOnce = 4
const busyFrom = 8
/** Longer than an attempt may take, so that nobody repeats one under way. */
const claimFor = seconds(60)
const soon = durationMs(5)
const idlePause = durationMs(500)

/** Brings webhooks: ordered for each endpoint and parcel, retried by R-67, a slow receiver by itself. */
export function createDeliverer(ports: Ports, post: Post): Deliverer {
  const { clock, log } = ports
  let cancel: Cancel = () => undefined
  let isRunning = false
  const arm = (pause: typeof soon): void => {
    if (!isRunning) return
    cancel()
    cancel = clock.timer(pause, () => void look())
  }
  const wake = (): void => arm(soon)
  const hands = createHands(ports, post, wake)
  const look = async (): Promise<void> => {
    const taken = await hands.take().catch((error: unknown) => {
      log.warn({ code: codeOf(error) }, 'webhooks cannot be read')
      return []
    })
    arm(taken.length > 0 ? soon : idlePause)
  }
  return {
    wake,
    round: async () => {
      const taken = await hands.take()
      await Promise.all(taken)
      return taken.length
    },
    start: () => {
      isRunning = true
      arm(soon)
    },
    stop: async () => {
      isRunning = false
      cancel()
      await hands.settled()
    },
  }
}

/** Deliveries under way: a few for each endpoint, each settled by itself. */
function createHands(ports: Ports, post: Post, freed: () => void) {
  const { db, clock, log } = ports
  const underWay = new Map<EndpointId, number>()
  const running = new Set<Promise<void>>()
  const count = (endpoint: EndpointId, by: number): void => {
    const left = (underWay.get(endpoint) ?? 0) + by
    if (left > 0) underWay.set(endpoint, left)
    else underWay.delete(endpoint)
  }
  const begin = (delivery: Delivery): Promise<void> => {
    count(delivery.endpoint, 1)
    const done = attempt(ports, post, delivery)
      .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'a webhook could not be settled'))
      .finally(() => {
        count(delivery.endpoint, -1)
        running.delete(done)
        freed()
      })
    running.add(done)
    return done
  }
  return {
    take: async (): Promise<readonly Promise<void>[]> => {
      const now = clock.now()
      const busy = [...underWay].filter(([, many]) => many >= busyFrom).map(([endpoint]) => endpoint)
      const claim = { now, until: after(now, claimFor), busy, each: eachAtOnce }
      const taken = await db.transaction(async (tx) => await claimDue(tx, claim))
      return taken.map(begin)
    },
    settled: async (): Promise<void> => void (await Promise.all(running)),
  }
}

async function attempt(ports: Ports, post: Post, delivery: Delivery): Promise<void> {
  const { clock, seals, keys } = ports
  const secret = secretOf(seals, keys.atRest, delivery.endpoint)
  const message = { id: delivery.event, atMs: clock.now(), body: delivery.body }
  const headers = headersOf(seals, secret, message)
  const posted = await post(delivery.url, { headers, body: delivery.body })
  const now = clock.now()
  const { attempts, knocks } = delivery
  const settlement = settlementOf(posted, { attempts, knocks, now, random: seals.random(1) })
  await ports.db.transaction(async (tx) => await settle(tx, delivery, now, settlement))
}

export const headersOf = (seals: Ports['seals'], secret: Uint8Array, message: Parameters<typeof signWebhook>[2]) => ({
  'content-type': 'application/cloudevents+json; charset=utf-8',
  'user-agent': 'Holdfast/1',
  'content-length': String(Buffer.byteLength(message.body)),
  ...signWebhook(seals, secret, message),
})

type Try = {
  readonly attempts: number
  readonly knocks: boolean
  readonly now: Instant
  readonly random: Uint8Array
}

/** only 2xx is success, 410 ends the endpoint, Retry-After is obeyed. Whoever knocks keeps its place in the schedule. */
export function settlementOf(posted: Posted, { attempts, knocks, now, random }: Try): Settlement {
  if (posted.kind === 'answered' && posted.status >= 200 && posted.status < 300) return { state: 'delivered' }
  const problem = posted.kind === 'answered' ? `status-${posted.status}` : posted.problem
  if (posted.kind === 'answered' && posted.status === 410) return { state: 'given-up', problem, disables: true }
  const pause = knocks ? seconds(0) : pauseAfter(attempts, random)
  if (pause === undefined) return { state: 'given-up', problem }
  const asked = posted.kind === 'answered' ? readRetryAfter(posted.retryAfter, now) : undefined
  const restsUntil = asked === undefined ? undefined : after(now, asked)
  return {
    state: 'waiting',
    problem,
    dueAt: knocks ? undefined : instant(Math.max(after(now, pause), restsUntil ?? now)),
    restsUntil,
    knockAt: posted.kind === 'failed' ? after(now, knockPause) : undefined,
  }
}
