import { seconds } from '@holdfast/core/values/instants.ts'
import { shardCount, shardUp, upChannels } from '@holdfast/wire/cabinet/topics.ts'
import type { Cancel } from '../../platform/clock.ts'
import { codeOf } from '../../platform/failure.ts'
import type { MqttMessage } from '../../platform/mqtt/link.ts'
import { createLeases } from '../../platform/outbox/leases.ts'
import type { LinkPorts } from '../../platform/ports.ts'

export type Shards = {
  readonly holds: (shard: number) => boolean
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

type Listening = {
  readonly receive: (message: MqttMessage) => void
  readonly changed: (held: ReadonlySet<number>) => void
  readonly holder: string
}

const term = seconds(30)
const renewEvery = seconds(10)

/** Takes a fair share of the shards and listens to their cabinets: so each journal is folded by one process. */
export function createShards(ports: LinkPorts, { receive, changed, holder }: Listening): Shards {
  const { db, clock, link, log } = ports
  const leases = createLeases({ db, clock, scope: 'cabinet-ingest', holder, shards: shardCount, term })
  const listening = new Map<number | '+', readonly (() => Promise<void>)[]>()
  let held: ReadonlySet<number> = new Set()
  let cancel: Cancel = () => undefined
  let stopped = false

  const listen = async (shard: number | '+'): Promise<void> => {
    if (listening.has(shard)) return
    const ends = await Promise.all(upChannels.map((channel) => link.subscribe(shardUp(shard, channel), receive)))
    listening.set(shard, ends)
  }
  const renew = async (): Promise<void> => {
    await leases.bury()
    const want = Math.ceil(shardCount / (await leases.holders()))
    held = new Set((await leases.hold(want)).map(({ shard }) => shard))
    changed(held)
    const wanted: ReadonlySet<number | '+'> = held.size === shardCount ? new Set(['+']) : held
    for (const shard of wanted) await listen(shard)
    for (const [shard, ends] of listening) {
      if (wanted.has(shard)) continue
      listening.delete(shard)
      for (const end of ends) await end()
    }
  }
  const again = (): void => {
    if (stopped) return
    cancel = clock.timer(renewEvery, () => {
      void renew()
        .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'shards not renewed, trying again'))
        .then(again)
    })
  }
  return {
    holds: (shard) => held.has(shard),
    start: async () => {
      await renew()
      again()
    },
    stop: async () => {
      stopped = true
      cancel()
      for (const ends of listening.values()) for (const end of ends) await end().catch(() => undefined)
      await leases.release().catch(() => undefined)
    },
  }
}
