import { minutes } from '@holdfast/core/values/instants.ts'
import {
  type CabinetHealthNews,
  type CabinetOutageNews,
  cabinetTopics,
  type HealthChange,
} from '../../../cabinets/facts.ts'
import type { Consumer } from '../../../platform/outbox/events.ts'
import type { Tx } from '../../../platform/postgres/db.ts'
import { moveTerms, type TermPorts } from './move-terms.ts'
import { beginPause, type Cause, dropPause, endPause, forgetPause, planPause } from './pauses.postgres.ts'

/** A link that comes and goes keeps nobody from his parcel: codes open without it. */
const shortest = minutes(30)

/** Before a dead screen whoever has no phone of his own gets nothing, code or not. */
const turns: { readonly [Change in HealthChange]?: readonly [Cause, boolean] } = {
  offline: ['away', true],
  online: ['away', false],
  'kiosk-absent': ['screen', true],
  'kiosk-ok': ['screen', false],
}

/**
 * Law "Time": keep-time stops while a cabinet is unreachable or its screen is dead. What was lost is added when it is back, through the same
 * sum that counts opening hours; until then nothing inside becomes overdue (`lockDue`). One that is said ahead counts
 * from the day on which it is said, so that whoever is told of it is told the right end.
 */
export const createFollowOutages = (ports: TermPorts): Consumer => ({
  name: 'parcels-outages',
  topics: [cabinetTopics.health, cabinetTopics.outages],
  handle: async (tx, { topic, payload }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the cabinets write to their topics.
    if (topic === cabinetTopics.outages) return await takePlan(ports, tx, payload as CabinetOutageNews)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    await takeHealth(ports, tx, payload as CabinetHealthNews)
  },
})

async function takeHealth(ports: TermPorts, tx: Tx, { cabinet, change, at }: CabinetHealthNews): Promise<void> {
  const turn = turns[change]
  if (turn === undefined) return
  const [cause, begins] = turn
  if (begins) return await beginPause(tx, { cabinet, cause }, at)
  const from = await endPause(tx, { cabinet, cause }, at)
  if (from === undefined) return
  if (at - from < shortest) return await dropPause(tx, { cabinet, cause }, from)
  await moveTerms(ports, tx, { cabinet, at, mayShorten: false })
}

/** Called off, the terms go back to what they would have been, and the message that says so names the end. */
async function takePlan(ports: TermPorts, tx: Tx, { cabinet, change, outage, at }: CabinetOutageNews): Promise<void> {
  if (change === 'planned') await planPause(tx, cabinet, outage)
  else await forgetPause(tx, outage)
  const type = change === 'planned' ? 'outage-planned' : 'outage-cancelled'
  await moveTerms(ports, tx, { cabinet, at, mayShorten: change === 'cancelled', remark: { type, outage } })
}
