import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Db, Tx } from './db.ts'

/** File name to SHA-256 (hex) of its bytes. */
export const Manifest = Type.Record(Type.String(), Type.String())
export type Manifest = Static<typeof Manifest>

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

const { hash } = createNodeSeals()
const fileName = /^\d{4}-[a-z0-9-]+\.sql$/

/** Brings the schema up to the folder: forward only, each file in its own transaction, one process at a time. */
export async function migrate(db: Db, folder: string, log: Log): Promise<void> {
  const migrations = await readMigrations(folder)
  checkManifest(migrations, await readManifest(folder))
  await db.transaction(async (tx) => {
    await lock(tx)
    await tx.script('create table if not exists schema_migration (name text primary key, sha256 text not null)')
  })
  for (const migration of migrations) {
    const applied = await db.transaction((tx) => apply(tx, migration))
    if (applied) log.info({ migration: migration.name }, 'schema migrated')
  }
}

async function apply(tx: Tx, { name, sql, sha256 }: Migration): Promise<boolean> {
  await lock(tx)
  const found = await tx.query<{ sha256: string }>('select sha256 from schema_migration where name = $1', [name])
  const landed = found[0]?.sha256
  if (landed === sha256) return false
  if (landed !== undefined) throw failure('db-migration-changed', `${name} differs from what this database ran`)
  await tx.script(sql)
  await tx.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256])
  return true
}

async function lock(tx: Tx): Promise<void> {
  // Another process may be migrating a large table meanwhile.
  await tx.script('set local statement_timeout = 0')
  await tx.query(`select pg_advisory_xact_lock(hashtext('holdfast.migrate'), hashtext(current_schema()))`)
}

/** The folder's migrations in order; a number used twice is `db-migration-changed`. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => fileName.test(name)).sort()
  const numbers = new Set(names.map((name) => name.slice(0, 4)))
  if (numbers.size !== names.length) throw failure('db-migration-changed', `two migrations share a number in ${folder}`)
  return await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name))
      return { name, sql: bytes.toString('utf8'), sha256: Buffer.from(hash(bytes)).toString('hex') }
    }),
  )
}

export async function readManifest(folder: string): Promise<Manifest> {
  return Value.Parse(Manifest, JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
}

/** Landed files never change: what a database has run and what the folder says must be the same story. */
export function checkManifest(migrations: readonly Migration[], manifest: Manifest): void {
  for (const { name, sha256 } of migrations) {
    const promised = manifest[name]
    if (promised === undefined) throw failure('db-migration-missing', `${name} is not in manifest.json`)
    if (promised !== sha256) throw failure('db-migration-changed', `${name} is not what manifest.json promises`)
  }
  const present = new Set(migrations.map(({ name }) => name))
  const gone = Object.keys(manifest).find((name) => !present.has(name))
  if (gone !== undefined) throw failure('db-migration-missing', `manifest.json names ${gone}, which is not there`)
}
