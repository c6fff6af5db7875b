import { type CabinetFactNews, type CabinetPlacedNews, cabinetTopics } from '../../../cabinets/facts.ts'
import type { Consumer } from '../../../platform/outbox/events.ts'
import { owedRenewal } from '../../rows/deposits.postgres.ts'
import { moveTerms, type TermPorts } from './move-terms.ts'

/**
 * A cabinet that moved is said to everybody whose parcel is inside, and its terms are those of the new place; a new
 * terminal owes each of them a new code.
 */
export const createFollowMoves = (ports: TermPorts): Consumer => ({
  name: 'parcels-moves',
  topics: [cabinetTopics.placed, cabinetTopics.facts],
  kinds: { [cabinetTopics.facts]: ['compartmentRebuilt'] },
  handle: async (tx, { topic, payload }) => {
    if (topic === cabinetTopics.placed) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the cabinets write to their topic.
      const { cabinet, at, moved } = payload as CabinetPlacedNews
      const remark = moved ? ({ type: 'cabinet-moved' } as const) : undefined
      return await moveTerms(ports, tx, { cabinet, at, mayShorten: true, remark })
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    const { cabinet, event, at } = payload as CabinetFactNews
    if (event.type !== 'compartmentRebuilt' || event.holds === null) return
    owedRenewal(tx, { cabinet, deposit: event.holds.id }, at)
  },
})
