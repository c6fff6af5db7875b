import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { failure } from '../failure.ts'
import { type Around, type MemoryDatabase, openMemoryDatabase } from './pglite.memory.ts'

const plainly: Around = async (_sql, run) => await run()

describe('a database in memory behind a front', () => {
  let database: MemoryDatabase
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-memory-'))
    const sql = 'create table thing (n integer primary key);'
    const sha256 = createHash('sha256').update(sql).digest('hex')
    writeFileSync(join(folder, '0001-things.sql'), sql)
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ '0001-things.sql': sha256 }))
    database = await openMemoryDatabase(folder)
  }, 180_000)
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => await database.empty())

  const things = async () => (await database.query<{ n: number }>('select n from thing order by n')).map(({ n }) => n)
  const put = async (around: Around, n: number) =>
    await database.open(around).transaction(async (tx) => void (await tx.query('insert into thing values ($1)', [n])))
  const refusing =
    (before: boolean): Around =>
    async (sql, run) => {
      if (sql !== 'commit') return await run()
      if (!before) await run()
      throw failure('db-unavailable', 'as told')
    }

  it('keeps its rows behind every front until it is emptied', async () => {
    await put(plainly, 1)
    await put(plainly, 2)
    expect(await things()).toEqual([1, 2])
    await database.empty()
    expect(await things()).toEqual([])
  })

  it('undoes what a front refused to commit, keeps what it committed and did not say, and goes on after both', async () => {
    await expect(put(refusing(true), 1)).rejects.toMatchObject({ code: 'db-unavailable' })
    expect(await things()).toEqual([])
    await expect(put(refusing(false), 2)).rejects.toMatchObject({ code: 'db-unavailable' })
    expect(await things()).toEqual([2])
    await put(plainly, 3)
    expect(await things()).toEqual([2, 3])
  })

  it('tells a front whether anything was written', async () => {
    const told: [string, boolean][] = []
    const asking: Around = async (sql, run, wrote) => {
      if (sql === 'commit') told.push([sql, await wrote()])
      const done = await run()
      if (sql.startsWith('delete')) told.push([sql, await wrote()])
      return done
    }
    await put(asking, 1)
    const db = database.open(asking)
    await db.transaction(async (tx) => void (await tx.query('select 1')))
    await db.query('delete from thing where n = 9')
    await db.query('delete from thing where n = 1')
    expect(told.map(([, isTold]) => isTold)).toEqual([true, false, false, true])
  })

  it('calls what the engine throws by our own codes, and forbids itself inside a transaction', async () => {
    await put(plainly, 1)
    await expect(put(plainly, 1)).rejects.toMatchObject({ code: 'db-unique-violation' })
    const db = database.open(plainly)
    await expect(db.transaction(async () => await db.query('select 1'))).rejects.toMatchObject({ code: 'db-nested' })
    await db.close()
  })
})
