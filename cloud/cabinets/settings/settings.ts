import type { CabinetId, OperatorId } from '@holdfast/core/values/ids.ts'
import type { CabinetSettings, SettingsChange } from '@holdfast/wire/http/desk/settings.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Outcome } from '../cabinets.ts'
import { hasCabinet, readSettings, writeSettings } from './store.postgres.ts'

export type SettingsPorts = Pick<Ports, 'db' | 'outbox'> & {
  /** The cabinet hears of it after the commit. */
  readonly settingsChanged: (tx: Tx, cabinet: CabinetId) => Promise<void>
}

type At = { readonly operator: OperatorId; readonly cabinet: CabinetId }

/** What the staff sets at one cabinet. */
export type SettingsDesk = {
  readonly read: (at: At) => Promise<CabinetSettings | undefined>
  readonly change: (at: At, change: SettingsChange) => Promise<Outcome<CabinetSettings>>
}

export function createSettings({ db, outbox, settingsChanged }: SettingsPorts): SettingsDesk {
  return {
    read: async ({ operator, cabinet }) =>
      (await hasCabinet(db.query, operator, cabinet)) ? await readSettings(db.query, cabinet) : undefined,
    change: async (at, change) => {
      const changed = await db.transaction(async (tx): Promise<Outcome<CabinetSettings>> => {
        if (!(await hasCabinet(tx.query, at.operator, at.cabinet))) return { ok: false, refusal: 'cabinet-unknown' }
        const value = { ...(await readSettings(tx.query, at.cabinet)), ...change }
        await writeSettings(tx, at, value)
        await settingsChanged(tx, at.cabinet)
        return { ok: true, value }
      })
      outbox.wake()
      return changed
    },
  }
}
