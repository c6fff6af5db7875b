import { type CabinetFactNews, type CabinetPlacedNews, cabinetTopics } from '../../../cabinets/facts.ts'
import type { Consumer } from '../../../platform/outbox/events.ts'
import { owedRenewal } from '../../rows/deposits.postgres.ts'
import { moveTerms, type TermPorts } from './move-terms.ts'

/**
 * A cabinet that moved is said to everybody whose parcel is inside, and its terms are those of the new place. A new
 * terminal owes each of them a new code; so does a door that was opened by its code and found with the parcel inside.
 */
export const createFollowMoves = (ports: TermPorts): Consumer => ({
  name: 'parcels-moves',
  topics: [cabinetTopics.placed, cabinetTopics.facts],
  kinds: { [cabinetTopics.facts]: ['compartmentRebuilt', 'compartmentInspected'] },
  handle: async (tx, { topic, payload }) => {
    if (topic === cabinetTopics.placed) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the cabinets write to their topic.
      const { cabinet, at, moved } = payload as CabinetPlacedNews
      const remark = moved ? ({ type: 'cabinet-moved' } as const) : undefined
      return await moveTerms(ports, tx, { cabinet, at, mayShorten: true, remark })
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    const { cabinet, event, context, at } = payload as CabinetFactNews
    // Codes do not come along to a new terminal.
    if (event.type === 'compartmentRebuilt' && event.holds !== null) {
      owedRenewal(tx, { cabinet, deposit: event.holds.id }, [], at)
    }
    if (event.type !== 'compartmentInspected' || event.seen !== 'parcel-inside' || context === null) return
    owedRenewal(tx, { cabinet, deposit: context.deposit }, context.generations, at)
  },
})
