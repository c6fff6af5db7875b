import { type CabinetId, idToUuid, makeId, type OperatorId, type PersonId } from '@holdfast/core/values/ids.ts'
import { hours } from '@holdfast/core/values/instants.ts'
import type { Alert, Asker, HelpRequest } from '@holdfast/wire/http/alerts.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { RisksRefusal } from '../codes.ts'
import type { Acknowledgement, AlertNews, RisksPorts } from '../risks.ts'
import { type AlertId, type AlertRow, raiseAlerts, readAsker, settleAlert } from '../store.postgres.ts'

export type HelpPorts = RisksPorts & {
  readonly shown: (row: AlertRow) => Promise<Alert | undefined>
  readonly tell: (tx: Tx, news: readonly AlertNews[]) => Promise<void>
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: RisksRefusal }

export type Help = {
  /** One open case for each person, cabinet and kind, however often he presses. */
  readonly ask: (by: Asking) => Promise<Outcome<undefined>>
  readonly asker: (operator: OperatorId, alert: AlertId) => Promise<Outcome<Asker>>
  /** Somebody has spoken with him. */
  readonly settle: (operator: OperatorId, word: Acknowledgement) => Promise<Outcome<Alert>>
}

export type Asking = {
  readonly person: PersonId
  readonly asker: NonNullable<Alert['asker']>
  readonly cabinet: CabinetId
  readonly what: HelpRequest['what']
}

/** For each person and hour. Whoever tells of somebody shut in is hardly ever held up (law 17). */
const limits = { 'call-back': 6, 'shut-in': 30 } as const
const kinds = { 'call-back': 'help-asked', 'shut-in': 'shut-in-told' } as const

export function createHelp(ports: HelpPorts): Help {
  const { db, clock, seals, people, places } = ports
  return {
    ask: async ({ person, asker, cabinet, what }) => {
      const limit = { what: `help/${what}`, who: person, most: limits[what], per: hours(1) }
      if (!(await people.allow(limit))) return { ok: false, refusal: 'help-too-often' }
      const place = (await places([cabinet])).get(cabinet)
      if (place === undefined) return { ok: false, refusal: 'help-place-unknown' }
      const at = clock.now()
      const raise = {
        alert: idToUuid(makeId('alert', at, seals.random(10))),
        cabinet: idToUuid(cabinet),
        operator: idToUuid(place.operator),
        kind: kinds[what],
        compartment: null,
        label: null,
        size: null,
        at,
        person: idToUuid(person),
        asker,
      }
      await db.transaction(async (tx) => await ports.tell(tx, await raiseAlerts(tx, [raise])))
      return { ok: true, value: undefined }
    },
    asker: async (operator, alert) => {
      const person = await readAsker(db.query, operator, alert)
      const phone = person === undefined ? undefined : await people.phoneOf(person)
      return phone === undefined ? { ok: false, refusal: 'alert-not-asked' } : { ok: true, value: { phone } }
    },
    settle: async (operator, { alert, staff, note }) => {
      const name = await ports.directory.staffName(staff)
      const row = await db.transaction(async (tx) => {
        const settled = await settleAlert(tx, operator, { alert, name, note, at: clock.now() })
        if (settled !== undefined) await ports.tell(tx, [{ operator, cabinet: settled.cabinet, alert }])
        return settled
      })
      const value = row === undefined ? undefined : await ports.shown(row)
      return value === undefined ? { ok: false, refusal: 'alert-not-asked' } : { ok: true, value }
    },
  }
}
