import type { CabinetId, DepositId, PersonId } from '@holdfast/core/values/ids.ts'
import { after, minutes, seconds, type Instant } from '@holdfast/core/values/instants.ts'
import { type CabinetFactNews, cabinetTopics } from '../cabinets/facts.ts'
import { codeOf } from '../platform/failure.ts'
import type { Cancel } from '../platform/clock.ts'
import type { Consumer } from '../platform/outbox/events.ts'
import type { CouriersPorts } from './ports.ts'

/** How long a courier may still be about, and how often it is looked meanwhile. */
const watchedFor = minutes(10)
const roundEvery = seconds(2)

type Watched = { readonly cabinet: CabinetId; readonly person: PersonId; readonly until: Instant }

export type MissedWatch = {
  readonly consumer: Consumer
  /** Looks once; how many couriers were told. Rings by itself while anything is watched. */
  readonly look: () => Promise<number>
  readonly stop: () => void
}

/**
 * A message that cannot be delivered reaches the kiosk while its courier is signed in there. What is watched is lost
 * with the process, and nothing else is: the app's list says it too.
 */
export function createMissedWatch(ports: CouriersPorts): MissedWatch {
  const { clock, cabinets, log } = ports
  const watched = new Map<DepositId, Watched>()
  let cancel: Cancel | undefined
  const look = async (): Promise<number> => {
    const now = clock.now()
    for (const [deposit, { until }] of watched) if (until <= now) watched.delete(deposit)
    if (watched.size === 0) return 0
    let told = 0
    for (const [deposit, status] of await ports.noticesOf([...watched.keys()])) {
      const of = watched.get(deposit)
      if (of === undefined || status === 'queued' || status === 'sent') continue
      watched.delete(deposit)
      if (status === 'undeliverable' && (await isThere(of)))
        told += Number(await cabinets.tell(of.cabinet, { kind: 'notice-missed', person: of.person, deposit }))
    }
    return told
  }
  const isThere = async ({ cabinet, person }: Watched): Promise<boolean> =>
    (await cabinets.courierSession(person))?.cabinet === cabinet
  const arm = (): void => {
    cancel ??= clock.timer(roundEvery, () => {
      cancel = undefined
      void look()
        .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'missed messages could not be looked for'))
        .finally(() => {
          if (watched.size > 0) arm()
        })
    })
  }
  return {
    look,
    stop: () => cancel?.(),
    consumer: {
      name: 'couriers-missed',
      topics: [cabinetTopics.facts],
      kinds: { [cabinetTopics.facts]: ['depositMade'] },
      patience: { [cabinetTopics.facts]: roundEvery },
      handle: async (_tx, { payload }) => {
        // Only the cabinets write to their topic.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const { cabinet, event, context } = payload as CabinetFactNews
        if (event.type !== 'depositMade' || context === null) return
        watched.set(event.deposit, { cabinet, person: context.person, until: after(clock.now(), watchedFor) })
        arm()
      },
    },
  }
}
