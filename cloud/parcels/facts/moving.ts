import { type CabinetFactNews, type CabinetPlacedNews, cabinetTopics } from '../../cabinets/facts.ts'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { Consumer } from '../../platform/outbox/events.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { ParcelsPorts } from '../ports.ts'
import { saveChanges } from '../rows/changes.ts'
import { lockDeposits, owedRenewal, waitingAt } from '../rows/deposits.postgres.ts'
import { lockById, readByDeposits } from '../rows/parcels.postgres.ts'
import { remark } from '../rows/record.ts'

/** A cabinet that moved is said to everybody whose parcel is inside; a new terminal owes each of them a new code. */
export const createFollowMoves = (ports: Pick<ParcelsPorts, 'outbox'>): Consumer => ({
  name: 'parcels-moves',
  topics: [cabinetTopics.placed, cabinetTopics.facts],
  handle: async (tx, { topic, payload }) => {
    if (topic === cabinetTopics.placed) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the cabinets write to their topic.
      const { cabinet, at } = payload as CabinetPlacedNews
      return await tellMoved(ports, tx, cabinet, at)
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    const { cabinet, event, at } = payload as CabinetFactNews
    if (event.type !== 'compartmentRebuilt' || event.holds === null) return
    owedRenewal(tx, { cabinet, deposit: event.holds.id }, at)
  },
})

async function tellMoved(ports: Pick<ParcelsPorts, 'outbox'>, tx: Tx, cabinet: CabinetId, at: Instant): Promise<void> {
  for (const place of await waitingAt(tx, cabinet)) {
    const [deposit] = await lockDeposits(tx, [place])
    if (deposit === undefined) continue
    const { operator, label, generation } = deposit
    const steps = []
    for (const { id } of await readByDeposits(tx.query, [place])) {
      const parcel = await lockById(tx, id)
      if (parcel !== undefined) steps.push(remark(parcel, 'cabinet-moved', at, { operator, label, generation }))
    }
    await saveChanges(ports.outbox, tx, {
      parcels: steps.map(({ record }) => record),
      news: steps.flatMap(({ news }) => news),
      deposits: [],
    })
  }
}
