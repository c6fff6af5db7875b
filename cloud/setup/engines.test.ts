import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { seconds } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { CloudConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { createLeases } from '../platform/outbox/leases.ts'
import { openDatabase } from './engines.ts'

const ports = { clock: systemClock, log: silentLog, seals: createNodeSeals() }

describe('the database of a town in one process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-engines-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one part that is read.
  const config = { database: { directory } } as CloudConfig

  it('gives a start after a kill every shard at once, under a higher epoch', async () => {
    const leasesOf = (db: Awaited<ReturnType<typeof openDatabase>>, holder: string) =>
      createLeases({ db, clock: systemClock, scope: 'cabinet-ingest', holder, shards: 8, term: seconds(3_600) })
    const killed = await openDatabase(config, { ...ports, holder: 'killed' })
    const held = await leasesOf(killed, 'killed').hold(8)
    // Closed without releasing: to the leases the same as a kill.
    await killed.close()
    const db = await openDatabase(config, { ...ports, holder: 'next' })
    const next = leasesOf(db, 'next')
    expect(await next.holders()).toBe(1)
    const taken = await next.hold(8)
    expect(taken.map(({ shard }) => shard)).toEqual(held.map(({ shard }) => shard))
    expect(taken.every(({ epoch }, i) => epoch > (held[i]?.epoch ?? Infinity))).toBe(true)
    await db.close()
  })
})
