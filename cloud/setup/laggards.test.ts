import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { cloudConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { parseConfig } from '../platform/config.ts'
import { silentLog } from '../platform/log.ts'
import { readySeed } from '../platform/postgres/pglite.testing.ts'
import { openDatabase } from './engines.ts'
import { sayLaggards } from './laggards.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-laggards-'))
const notices = {
  publicUrl: 'http://127.0.0.1:1',
  phone: { kind: 'tray', url: 'http://127.0.0.1:1/tray' },
  gatewaySecret: 'a secret of the gateway',
}
const config = parseConfig(cloudConfig, { database: { directory: join(folder, 'database') }, notices }, 'test')

beforeAll(async () => {
  cpSync(await readySeed(), config.database.directory, { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A consumer of a version before, and more than it may be behind, written long ago. */
async function leaveBehind(): Promise<void> {
  const seals = createNodeSeals()
  const db = await openDatabase(config, {
    clock: systemClock,
    log: silentLog,
    seals,
    holder: base64FromBytes(seals.random(16)),
  })
  await db.query(
    `insert into outbox (topic, key, payload, at) select 'parcel', n::text, '0', 1 from generate_series(1, 1200) n`,
  )
  await db.query(`insert into outbox_cursor (name, part, tx, seq) values ('gone', 0, '0', 0)`)
  await db.close()
}

it('names who lags, and retires whom a person names, once and nobody else', async () => {
  const nothing = 'nothing is kept for a consumer that lags'
  expect(await sayLaggards(config)).toEqual({ lines: [nothing], done: true })
  await leaveBehind()
  const gone = 'gone, parts: 1, since 1970-01-01T00:00:00.001Z'
  expect(await sayLaggards(config)).toEqual({ lines: [gone], done: true })
  expect(await sayLaggards(config, 'parcels-facts')).toEqual({
    lines: ['not retired: nothing is kept for parcels-facts', gone],
    done: false,
  })
  expect(await sayLaggards(config, 'gone')).toEqual({ lines: ['retired: gone, parts: 1'], done: true })
  expect(await sayLaggards(config, 'gone')).toMatchObject({ lines: ['not retired: nothing is kept for gone', nothing] })
})
