import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { silentLog } from '../log.ts'
import type { Db } from './db.ts'
import { type Emptied, readEmptied } from './emptied.testing.ts'
import { migrate } from './migrate.ts'
import { openPostgres, withUser } from './pg.ts'
import { migrationsFolder } from './pglite.testing.ts'

type Schema = { readonly name: string; readonly owner: Db; readonly emptied: Emptied }

const prefix = 'holdfast_'
/** Schemas of this process that nobody uses: migrating one costs as much as emptying ten. */
const idle: Schema[] = []
let swept: Promise<void> | undefined

/** An empty, migrated schema with two handles. `close` closes both and keeps it for the next test of this process. */
export async function openScratchPostgres(url: string, names?: readonly [string, string]): Promise<readonly [Db, Db]> {
  swept ??= sweepSchemas(url)
  await swept
  const schema = idle.pop() ?? (await createSchema(url))
  const open = (name?: string): Db =>
    openPostgres({
      url,
      log: silentLog,
      searchPath: schema.name,
      watchesNesting: true,
      ...(name === undefined ? {} : { name }),
    })
  const [first, second] = [open(names?.[0]), open(names?.[1])]
  let closed = false
  const close = async (): Promise<void> => {
    await first.close()
    await second.close()
    if (closed) return
    closed = true
    if (await schema.emptied.empty()) idle.push(schema)
    else await dropSchema(schema)
  }
  return [{ ...first, close }, second]
}

/** Removes what test processes that have ended left behind. */
export async function sweepSchemas(url: string): Promise<void> {
  const admin = openPostgres({ url, log: silentLog, connections: 1 })
  const left = await admin.query<{ name: string }>(
    `select nspname as name from pg_namespace where starts_with(nspname, $1)`,
    [prefix],
  )
  for (const { name } of left)
    await admin.transaction(async (tx) => {
      const [lock] = await tx.query<{ free: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
        [name],
      )
      if (lock?.free === true) await tx.script(`drop schema if exists ${name} cascade`)
    })
  await admin.close()
}

async function createSchema(url: string): Promise<Schema> {
  const name = `${prefix}${randomUUID().replaceAll('-', '')}`
  await lockName(url, name)
  const owner = openPostgres({ url, log: silentLog, connections: 1, searchPath: name })
  await owner.query(`create schema ${name}`)
  await migrate(owner, migrationsFolder, silentLog)
  return { name, owner, emptied: await readEmptied(owner) }
}

/** Held as long as this process lives, so that another run knows what nobody uses any more. */
async function lockName(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: withUser(url) })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
}

async function dropSchema({ name, owner }: Schema): Promise<void> {
  await owner.query(`drop schema ${name} cascade`)
  await owner.close()
}
