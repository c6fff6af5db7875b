import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { builtInSqlite, type Engine, packagedSqlite, type Statement } from './engine.ts'
import { marks, storeContract } from './store.contract.ts'
import { createMemoryDisk, createMemoryStore } from './store.memory.ts'
import { createSqliteStore, openSqliteStore } from './store.sqlite.ts'
import { journalFailure } from './failure.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-journal-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = (): string => join(folder, `${(files += 1)}.db`)

/** The result code that SQLite itself would give, out of the middle of a transaction. */
function breakable(engine: Engine): { readonly engine: Engine; arm(errcode: number): void } {
  let armed: number | undefined
  const prepare = (sql: string): Statement => {
    const statement = engine.prepare(sql)
    if (!sql.startsWith('INSERT OR REPLACE INTO snapshot')) return statement
    return {
      get: (...cells) => statement.get(...cells),
      all: (...cells) => statement.all(...cells),
      run: (...cells) => {
        const errcode = armed
        armed = undefined
        if (errcode !== undefined) throw Object.assign(new Error('injected'), { errcode })
        return statement.run(...cells)
      },
    }
  }
  return {
    engine: { exec: (sql) => engine.exec(sql), close: () => engine.close(), prepare },
    arm: (errcode) => {
      armed = errcode
    },
  }
}

const packaged = await packagedSqlite()
const builtIn = builtInSqlite()
const engines = new Map([['packaged', packaged], ...(builtIn === undefined ? [] : [['built in', builtIn] as const])])

storeContract('memory', async () => {
  const disk = createMemoryDisk()
  return {
    store: createMemoryStore(disk),
    failNext: (fault) => {
      disk.beforeWrite = () => {
        disk.beforeWrite = () => {}
        throw journalFailure(fault)
      }
    },
    reopen: async () => createMemoryStore(disk),
  }
})

for (const [name, sqlite] of engines) {
  storeContract(`SQLite, ${name}`, async () => {
    const path = newFile()
    const { engine, arm } = breakable(new sqlite.DatabaseSync(path))
    const store = createSqliteStore(engine)
    return {
      store,
      // SQLITE_FULL, and SQLITE_IOERR_FSYNC with its extended bits.
      failNext: (fault) => arm(fault === 'journal-disk-full' ? 13 : 10 | (4 << 8)),
      reopen: async () => {
        store.close()
        return createSqliteStore(new sqlite.DatabaseSync(path))
      },
    }
  })
}

describe('SQLite store', () => {
  it('says when the disk is really full, and goes on reading and writing', async () => {
    const { DatabaseSync } = packaged
    const engine = new DatabaseSync(newFile())
    const store = createSqliteStore(engine)
    store.write({ marks })
    engine.exec('PRAGMA max_page_count = 40')
    const write = (seq: number, size: number): void =>
      store.write({
        entries: [{ seq, bytes: new Uint8Array(size), hash: new Uint8Array(32), running: runningMs(seq) }],
      })
    expect(() => write(1, 400_000)).toThrow(expect.objectContaining({ code: 'journal-disk-full' }))
    expect(store.entries(1, 9)).toEqual([])
    write(1, 10)
    expect(store.last()?.seq).toBe(1)
    store.close()
  })

  it('refuses a second opener in another process until the first has closed', async () => {
    const path = newFile()
    const store = await openSqliteStore(path)
    const script = `import { openSqliteStore } from ${JSON.stringify(join(import.meta.dirname, 'store.sqlite.ts'))}
      openSqliteStore(${JSON.stringify(path)}).then((s) => { s.close(); console.log('opened') }, (e) => console.log(e.code))`
    const other = (): string =>
      spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        encoding: 'utf8',
      }).stdout.trim()
    expect(other()).toBe('journal-busy')
    store.close()
    expect(other()).toBe('opened')
  })

  it('refuses a second opener in the same process', async () => {
    const path = newFile()
    const store = await openSqliteStore(path)
    await expect(openSqliteStore(path)).rejects.toThrow(expect.objectContaining({ code: 'journal-busy' }))
    store.close()
  })

  it('refuses a folder that is not there, a file that is no database, and a schema of the future', async () => {
    await expect(openSqliteStore(join(folder, 'nowhere', 'x.db'))).rejects.toThrow(
      expect.objectContaining({ code: 'journal-failed' }),
    )
    await expect(openSqliteStore(import.meta.filename)).rejects.toThrow(
      expect.objectContaining({ code: 'journal-broken' }),
    )
    const path = newFile()
    const engine = new packaged.DatabaseSync(path)
    engine.exec('PRAGMA user_version = 99')
    engine.close()
    await expect(openSqliteStore(path)).rejects.toThrow(expect.objectContaining({ code: 'journal-broken' }))
  })

  it('refuses an engine that would not keep its promise', () => {
    const engine = new packaged.DatabaseSync(':memory:')
    expect(() => createSqliteStore(engine)).toThrow(expect.objectContaining({ code: 'journal-not-durable' }))
    engine.close()
  })

  it('lets nobody change or take out an entry, not even by SQL (law 8)', () => {
    const engine = new packaged.DatabaseSync(newFile())
    const store = createSqliteStore(engine)
    const entry = (seq: number) => ({ seq, bytes: new Uint8Array(1), hash: new Uint8Array(32), running: runningMs(0) })
    store.write({ marks, entries: [entry(1), entry(2)] })
    for (const sql of [
      "UPDATE entries SET bytes = x'00'",
      'DELETE FROM entries WHERE seq = 1',
      'DELETE FROM entries',
    ]) {
      expect(() => engine.exec(sql)).toThrow(/law 8/)
    }
    store.close()
  })

  it('leaves no trace of an erased blob in its files once closed (law 14)', async () => {
    const path = newFile()
    const store = await openSqliteStore(path)
    const blob = new TextEncoder().encode('the sealed phone number of somebody')
    const part = { private: { blind: new Uint8Array(32), blob } }
    store.write({
      marks,
      entries: [{ seq: 1, bytes: new Uint8Array(1), hash: new Uint8Array(32), running: runningMs(0), ...part }],
    })
    store.write({ erasePrivateUpTo: 1 })
    store.close()
    expect(readFileSync(path).includes(Buffer.from(blob))).toBe(false)
  })
})
