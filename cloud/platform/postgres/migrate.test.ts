import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { testEngines } from './db.testing.ts'
import { checkManifest, migrate, readManifest, readMigrations } from './migrate.ts'
import { migrationsFolder } from './pglite.testing.ts'

describe('the landed migrations', () => {
  it('are what the manifest promises: a landed file never changes', async () => {
    checkManifest(await readMigrations(migrationsFolder), await readManifest(migrationsFolder))
  })
})

const engines = await testEngines()
const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('a folder of migrations', () => {
  let folder: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-migrations-'))
    cpSync(migrationsFolder, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const add = async (name: string, sql: string, promised = sha(sql)): Promise<void> => {
    const manifest = await readManifest(folder)
    writeFileSync(join(folder, name), sql)
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, [name]: promised }))
  }
  const trigger = `create table m (v int);
    create function f() returns trigger language plpgsql as $$ begin new.v := new.v + 1; return new; end; $$;
    create trigger t before insert on m for each row execute function f();
    insert into m values (1);`

  it.each(engines)('runs once on $name, several statements and bodies with semicolons included', async (engine) => {
    const [db, other] = await engine.openTwo()
    await add('9001-later.sql', trigger)
    await Promise.all([migrate(db, folder, silentLog), migrate(other, folder, silentLog)])
    expect(await db.query('select v from m')).toEqual([{ v: 2 }])
    await add('9001-later.sql', `${trigger} `)
    await expect(migrate(db, folder, silentLog)).rejects.toMatchObject({ code: 'db-migration-changed' })
    await add('9002-broken.sql', 'create table half (v int); select nonsense;')
    await add('9001-later.sql', trigger)
    await expect(migrate(db, folder, silentLog)).rejects.toMatchObject({ code: 'db-statement' })
    await expect(db.query('select from half')).rejects.toMatchObject({ code: 'db-statement' })
    await other.close()
    await db.close()
  })

  it('is refused when a file changed, is unlisted, is gone, or shares a number', async () => {
    const check = async (): Promise<void> => checkManifest(await readMigrations(folder), await readManifest(folder))
    await add('9001-a.sql', 'select 1', sha('select 2'))
    await expect(check()).rejects.toMatchObject({ code: 'db-migration-changed' })
    await add('9001-a.sql', 'select 1')
    writeFileSync(join(folder, '9002-b.sql'), 'select 1')
    await expect(check()).rejects.toMatchObject({ code: 'db-migration-missing' })
    rmSync(join(folder, '9002-b.sql'))
    rmSync(join(folder, '9001-a.sql'))
    await expect(check()).rejects.toMatchObject({ code: 'db-migration-missing' })
    await add('0001-twin.sql', 'select 1')
    await expect(check()).rejects.toMatchObject({ code: 'db-migration-changed' })
  })
})
