import { type CabinetId, type OperatorId, type OutageId, type StaffId, makeId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, hours, type Instant, minutes } from '@holdfast/core/values/instants.ts'
import type { OutageRequest, PlannedOutage } from '@holdfast/wire/http/desk/outages.ts'
import type { Directory, Ports } from '../../platform/ports.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { Outcome } from '../cabinets.ts'
import { type CabinetOutageNews, cabinetTopics } from '../facts.ts'
import { hasCabinet } from '../settings/store.postgres.ts'
import { lockOutage, markCancelled, type OutageRow, putOutage, readOutages } from './store.postgres.ts'

export type OutagesPorts = Pick<Ports, 'db' | 'outbox' | 'clock' | 'seals'> & {
  readonly staffName: Directory['staffName']
  /** The cabinet hears of it after the commit, and takes nothing in meanwhile. */
  readonly settingsChanged: (tx: Tx, cabinet: CabinetId) => Promise<void>
}

type At = { readonly operator: OperatorId; readonly cabinet: CabinetId; readonly staff: StaffId }

/** When people will not get to a cabinet, said ahead: power work, a locked yard, a new floor. */
export type Outages = {
  readonly list: (at: Omit<At, 'staff'>) => Promise<readonly PlannedOutage[] | undefined>
  readonly plan: (at: At, request: OutageRequest) => Promise<Outcome<PlannedOutage>>
  /** Until it begins. */
  readonly cancel: (at: At, outage: OutageId) => Promise<Outcome<PlannedOutage>>
}

/** Shorter ones move nobody's term: a link that comes and goes is no reason to write to people. */
export const outageLimits: Readonly<Record<'shortest' | 'longest' | 'farthest', DurationMs>> = {
  shortest: minutes(30),
  longest: hours(24 * 30),
  farthest: hours(24 * 90),
}

export function createOutages({ db, outbox, clock, seals, staffName, settingsChanged }: OutagesPorts): Outages {
  const shown = async (row: OutageRow): Promise<PlannedOutage> => {
    const { outage, from, to, reason, staff, plannedAt, cancelledAt, cancelledBy } = row
    const by = await staffName(staff)
    const ended = cancelledBy === null ? null : await staffName(cancelledBy)
    return { outage, from, to, reason, by, plannedAt, cancelledAt, cancelledBy: ended }
  }
  const tell = async (tx: Tx, { operator, cabinet }: At, row: OutageRow): Promise<void> => {
    const { outage: id, from, to } = row
    const change = row.cancelledAt === null ? 'planned' : 'cancelled'
    const payload: CabinetOutageNews = { cabinet, operator, change, outage: { id, from, to }, at: clock.now() }
    await outbox.publish(tx, { topic: cabinetTopics.outages, key: cabinet, payload })
    await settingsChanged(tx, cabinet)
  }
  return {
    list: async (at) =>
      (await hasCabinet(db.query, at.operator, at.cabinet))
        ? await Promise.all((await readOutages(db.query, at)).map(shown))
        : undefined,
    plan: async (at, request) => {
      const planned = await db.transaction(async (tx): Promise<Outcome<OutageRow>> => {
        if (!(await hasCabinet(tx.query, at.operator, at.cabinet))) return { ok: false, refusal: 'cabinet-unknown' }
        const now = clock.now()
        if (!isSound(request, now)) return { ok: false, refusal: 'outage-times-unsound' }
        const outage = makeId('outage', now, seals.random(10))
        await putOutage(tx, { ...at, ...request, outage, at: now })
        const row = await lockOutage(tx, at, outage)
        if (row === undefined) return { ok: false, refusal: 'outage-unknown' }
        await tell(tx, at, row)
        return { ok: true, value: row }
      })
      return planned.ok ? { ok: true, value: await shown(planned.value) } : planned
    },
    cancel: async (at, outage) => {
      const cancelled = await db.transaction(async (tx): Promise<Outcome<OutageRow>> => {
        const found = await lockOutage(tx, at, outage)
        if (found === undefined) return { ok: false, refusal: 'outage-unknown' }
        if (found.cancelledAt !== null) return { ok: true, value: found }
        const now = clock.now()
        if (found.from <= now) return { ok: false, refusal: 'outage-begun' }
        await markCancelled(tx, outage, at.staff, now)
        const row: OutageRow = { ...found, cancelledAt: now, cancelledBy: at.staff }
        await tell(tx, at, row)
        return { ok: true, value: row }
      })
      return cancelled.ok ? { ok: true, value: await shown(cancelled.value) } : cancelled
    },
  }
}

function isSound({ from, to }: OutageRequest, now: Instant): boolean {
  const long = to - from
  const isAhead = from > now && from - now <= outageLimits.farthest
  return isAhead && long >= outageLimits.shortest && long <= outageLimits.longest
}
