import { type DurationMs, type Instant, days, hours, instant } from '@holdfast/core/values/instants.ts'
import type { Access } from './access/access.ts'
import type { Carriers } from './carriers/carriers.ts'
import type { Notices } from './notices/notices.ts'
import type { People } from './people/people.ts'
import { codeOf } from './platform/failure.ts'
import type { Idempotency } from './platform/http/idempotency.ts'
import type { Ports } from './platform/ports.ts'

export type HousePorts = Pick<Ports, 'clock' | 'log' | 'outbox'> & {
  readonly people: Pick<People, 'forget'>
  readonly notices: Pick<Notices, 'erase'>
  readonly carriers: Pick<Carriers, 'forget'>
  readonly access: Pick<Access, 'forget'>
  /** How long addresses and texts of messages are kept (law 14). */
  readonly wordsKept: DurationMs
  readonly idempotency: Idempotency
}

const every = hours(1)
/** A live stream that was away for longer is told to load anew; consumers that lag keep what they have not read. */
export const outboxKept = days(3)
/** How far back a carrier may pull, and an operator may see what became of a webhook. */
const webhooksKept = days(30)
/** Stripe keeps keys for 24 h; a carrier's nightly batch may be repeated the next night. */
const keysKept = days(2)

/** Drops what nobody may ask for any more, once an hour; any process of the cloud may do it. */
export function keepHouse(house: HousePorts): () => void {
  const { clock, log, outbox, people, idempotency } = house
  let cancel = arm()
  function arm(): () => void {
    return clock.timer(every, () => {
      void sweep().finally(() => {
        cancel = arm()
      })
    })
  }
  async function sweep(): Promise<void> {
    const ago = (kept: number): Instant => instant(clock.now() - kept)
    const rooms = [
      async () => {
        for (const { name, ...laggard } of await outbox.laggards(ago(outboxKept)))
          log.warn({ consumer: name, ...laggard }, 'outbox kept for a consumer that lags')
      },
      async () => await outbox.prune(ago(outboxKept)),
      async () => await idempotency.forget(ago(keysKept)),
      async () => await house.notices.erase(ago(house.wordsKept)),
      async () => await house.carriers.forget(ago(webhooksKept)),
      async () => await people.forget(),
      async () => await house.access.forget(),
    ]
    // Each by itself: a room that cannot forget keeps no other from it (law 14).
    for (const forget of rooms)
      await forget().catch((error: unknown) => log.warn({ code: codeOf(error) }, 'housekeeping failed'))
  }
  return () => {
    cancel()
  }
}
