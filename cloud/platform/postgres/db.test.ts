import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { dbContract } from './db.contract.ts'
import { testEngines } from './db.testing.ts'
import { lockDirectory } from './directory-lock.ts'
import { openPglite } from './pglite.ts'
import { readySeed } from './pglite.testing.ts'
import { openPostgres } from './pg.ts'

const engines = await testEngines()
for (const engine of engines) dbContract(engine)

const directories: string[] = []
const fresh = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-db-'))
  directories.push(directory)
  return directory
}
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

const postgres = engines.filter(({ name }) => name === 'PostgreSQL')
describe.each(postgres)('a connection to $name', (engine) => {
  it('that the server ends fails with a code, and the next query heals', async () => {
    const [db, other] = await engine.openTwo()
    let tell: (pid: number) => void = () => undefined
    let goOn: () => void = () => undefined
    const told = new Promise<number>((resolve) => (tell = resolve))
    const ended = new Promise<void>((resolve) => (goOn = resolve))
    const cut = db.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      tell(row?.pid ?? 0)
      await ended
      await tx.query('select 1')
    })
    await other.query('select pg_terminate_backend($1)', [await told])
    goOn()
    await expect(cut).rejects.toMatchObject({ code: 'db-unavailable' })
    expect(await db.query('select 1 as v')).toEqual([{ v: 1 }])
    await other.close()
    await db.close()
    await expect(db.query('select 1')).rejects.toMatchObject({ code: 'db-closed' })
  })
})

it('PostgreSQL that is not there is db-unavailable', async () => {
  const db = openPostgres({ url: 'postgres://127.0.0.1:1/none', log: silentLog })
  await expect(db.query('select 1')).rejects.toMatchObject({ code: 'db-unavailable' })
  await db.close()
})

describe('a PostgreSQL behind a network that forgot the connection', () => {
  it('is called unavailable once it should have answered, and the connection is given up', async () => {
    let connections = 0
    // Greets and never answers a question.
    const server = createServer((socket) => {
      connections += 1
      socket.on('error', () => undefined)
      socket.once('data', () => socket.write(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73])))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const db = openPostgres({
      url: `postgres://nobody@127.0.0.1:${port}/none`,
      log: silentLog,
      unansweredMs: 50,
      connections: 1,
    })
    await expect(db.query('select 1')).rejects.toMatchObject({ code: 'db-unavailable' })
    await expect(db.transaction((tx) => tx.query('select 1'))).rejects.toMatchObject({ code: 'db-unavailable' })
    expect(connections).toBeGreaterThan(1)
    server.close()
  })
})

describe('a PGlite directory', () => {
  const open = async (directory: string) => await openPglite({ directory, clock: systemClock, log: silentLog })
  /** With its first start behind it, which takes seconds. */
  const started = async (): Promise<string> => {
    const directory = fresh()
    cpSync(await readySeed(), directory, { recursive: true })
    return directory
  }

  it('keeps what was committed, has one owner at a time, and survives a stale pid file', async () => {
    const directory = await started()
    const first = await open(directory)
    await first.transaction((tx) => tx.script('create table t (v int); insert into t values (7)'))
    expect(await first.query('show fsync')).toEqual([{ fsync: 'on' }])
    await expect(open(directory)).rejects.toMatchObject({ code: 'db-directory-locked' })
    await first.close()
    writeFileSync(join(directory, 'data', 'postmaster.pid'), '')
    const second = await open(directory)
    expect(await second.query('select v from t')).toEqual([{ v: 7 }])
    await second.close()
    await expect(second.query('select v from t')).rejects.toMatchObject({ code: 'db-closed' })
  })

  it('begins anew where its first start was cut short', async () => {
    const directory = fresh()
    // Anything may lie there, but not the mark that a first start ends with.
    mkdirSync(join(directory, 'data', 'global'), { recursive: true })
    writeFileSync(join(directory, 'data', 'global', 'pg_control'), 'half')
    const again = await open(directory)
    expect(await again.query('select 1 as v')).toEqual([{ v: 1 }])
    await again.close()
    expect(existsSync(join(directory, 'ready'))).toBe(true)
  })
})

describe('a directory lock', () => {
  const lockModule = fileURLToPath(new URL('./directory-lock.ts', import.meta.url))
  const holdElsewhere = async (directory: string) => {
    const code = `import(${JSON.stringify(lockModule)}).then((m) => { m.lockDirectory(${JSON.stringify(directory)}); console.log('held'); setInterval(() => 0, 1e6) })`
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    return child
  }

  it('of a living process refuses, and of a killed one is taken over', async () => {
    const directory = fresh()
    const child = await holdElsewhere(directory)
    expect(() => lockDirectory(directory)).toThrow(/in use by process/)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const unlock = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(/in use/)
    unlock()
    lockDirectory(directory)()
  })

  it('that the power cut emptied, or whose pid lives on in another process, is stale', () => {
    const directory = fresh()
    writeFileSync(join(directory, 'holdfast.lock'), '')
    lockDirectory(directory)()
    writeFileSync(join(directory, 'holdfast.lock'), JSON.stringify({ pid: process.pid, boot: 'other', started: '1' }))
    lockDirectory(directory)()
  })
})
