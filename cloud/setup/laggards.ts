import { instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { CloudConfig } from '../config.ts'
import { outboxKept } from '../housekeeping.ts'
import { systemClock } from '../platform/clock.ts'
import { createLog } from '../platform/log.ts'
import { readLaggards, retire } from '../platform/outbox/prune.ts'
import { openDatabase } from './engines.ts'

export type Said = { readonly lines: readonly string[]; readonly done: boolean }

/** Who holds events back, and the word of a person that one of them is waited for no more. */
export async function sayLaggards(config: CloudConfig, name?: string): Promise<Said> {
  const seals = createNodeSeals()
  const ports = {
    clock: systemClock,
    log: createLog('error', 'cloud'),
    seals,
    holder: base64FromBytes(seals.random(16)),
  }
  const now = systemClock.now()
  const before = instant(now - outboxKept)
  const db = await openDatabase(config, ports)
  try {
    const parts = name === undefined ? 0 : await retire(db.query, name, { before, now })
    if (name !== undefined && parts > 0) return { lines: [`retired: ${name}, parts: ${parts}`], done: true }
    const lines = (await readLaggards(db.query, before)).map(
      (each) => `${each.name}, parts: ${each.parts}, since ${new Date(each.since).toISOString()}`,
    )
    const told = lines.length === 0 ? ['nothing is kept for a consumer that lags'] : lines
    return name === undefined
      ? { lines: told, done: true }
      : { lines: [`not retired: nothing is kept for ${name}`, ...told], done: false }
  } finally {
    await db.close()
  }
}
