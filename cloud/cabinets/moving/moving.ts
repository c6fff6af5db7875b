import { type CabinetLayout, doorsLost, isSound } from '@holdfast/core/cabinet/layout.ts'
import { rebuildOf } from '@holdfast/core/cabinet/rebuild/rebuild.ts'
import type { RebuiltCompartment } from '@holdfast/core/cabinet/rebuild/told.ts'
import { type CabinetId, type OperatorId, type StaffId, makeId } from '@holdfast/core/values/ids.ts'
import { after, hours } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { PlaceRequest, Placement, TerminalClaim, TerminalRequest } from '@holdfast/wire/http/desk/moving.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Outcome } from '../cabinets.ts'
import { type CabinetPlacedNews, cabinetTopics } from '../facts.ts'
import { hasReadableHours } from '../registry/hours.ts'
import { readRecords } from '../ingest/records.ts'
import {
  dropUnfinished,
  hasTerminal,
  keepPast,
  lockCabinet,
  putClaim,
  putPlace,
  readKeptPast,
  readPlacements,
  takeClaimedLayout,
} from './store.postgres.ts'

export type MovingPorts = Ports & {
  readonly claimHours: number
  /** The cabinet shows its new address as soon as it hears of it. */
  readonly settingsChanged: (tx: Tx, cabinet: CabinetId) => Promise<void>
}

type At = { readonly operator: OperatorId; readonly cabinet: CabinetId; readonly staff: StaffId }

/** A cabinet that moves house, or gets another terminal, with its story unbroken. */
export type Moving = {
  readonly place: (at: At, request: PlaceRequest) => Promise<Outcome<undefined>>
  readonly placements: (operator: OperatorId, cabinet: CabinetId) => Promise<readonly Placement[]>
  readonly claimTerminal: (at: At, request: TerminalRequest) => Promise<Outcome<TerminalClaim>>
}

export function createMoving(ports: MovingPorts): Moving {
  const { db, clock, seals, outbox } = ports
  return {
    placements: async (operator, cabinet) => await readPlacements(db.query, operator, cabinet),
    place: async ({ operator, cabinet, staff }, request) =>
      await db.transaction(async (tx): Promise<Outcome<undefined>> => {
        if ((await lockCabinet(tx, operator, cabinet)) === undefined) return { ok: false, refusal: 'cabinet-unknown' }
        if (!hasReadableHours(request)) return { ok: false, refusal: 'hours-unreadable' }
        const at = clock.now()
        const [before] = await readPlacements(tx.query, operator, cabinet)
        await putPlace(tx, { cabinet, operator, staff, site: makeId('site', at, seals.random(10)), request, at })
        await ports.settingsChanged(tx, cabinet)
        const payload: CabinetPlacedNews = { cabinet, operator, at, moved: isElsewhere(before, request) }
        await outbox.publish(tx, { topic: cabinetTopics.placed, key: cabinet, payload })
        return { ok: true, value: undefined }
      }),
    claimTerminal: async ({ operator, cabinet, staff }, { reason, layout: asked }) =>
      await db.transaction(async (tx): Promise<Outcome<TerminalClaim>> => {
        const found = await lockCabinet(tx, operator, cabinet)
        if (found === undefined) return { ok: false, refusal: 'cabinet-unknown' }
        // The schema has judged its form; readonly on our side, mutable in the schema's type.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const layout = asked as unknown as CabinetLayout | undefined
        if (layout !== undefined && !continues(layout, found.layout)) return { ok: false, refusal: 'layout-unsound' }
        const claimToken = `hfc_${base64FromBytes(seals.random(18))}`
        const tokenHash = base64FromBytes(seals.hash(new TextEncoder().encode(claimToken)))
        const expiresAt = after(clock.now(), hours(ports.claimHours))
        await putClaim(tx, { tokenHash, cabinet, staff, reason, layout, expiresAt })
        return { ok: true, value: { cabinet, claimToken, expiresAt } }
      }),
  }
}

/** Only terms or hours: then nobody is told of a move that was none. */
const isElsewhere = (before: Placement | undefined, { siteName, address, zone }: PlaceRequest): boolean =>
  before?.siteName !== siteName || before.address !== address || before.zone !== zone

/** Doors may come, and wiring may change; a door that people have parcels behind keeps its id and its label. */
const continues = (next: CabinetLayout, before: CabinetLayout): boolean =>
  next.version > before.version && isSound(next) && doorsLost(next, before).length === 0

/** Undefined for a cabinet that never had a terminal. */
export type Past = readonly RebuiltCompartment[] | undefined

/** In the enrolment's transaction: what the lost terminal was known to hold, as its journal stands here. */
export async function readPast(tx: Tx, cabinet: CabinetId, tokenHash: string): Promise<Past> {
  if (!(await hasTerminal(tx.query, cabinet))) return undefined
  const [record] = await readRecords(tx.query, [cabinet])
  await takeClaimedLayout(tx, tokenHash)
  const known = record === undefined ? [] : rebuildOf(record.state)
  await dropUnfinished(
    tx,
    cabinet,
    known.flatMap(({ holds }) => (holds === null ? [] : [holds.id])),
  )
  await keepPast(tx, tokenHash, known)
  return known
}

/** What the token's first use was told: a reply that was lost is given again. */
export const readToldPast = async (tx: Tx, tokenHash: string): Promise<Past> => await readKeptPast(tx, tokenHash)
