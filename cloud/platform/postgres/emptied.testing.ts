import type { Db, Tx } from './db.ts'

export type Emptied = {
  /** Brings every row back to what the migrations left; false where the schema is no longer theirs. */
  readonly empty: () => Promise<boolean>
}

type Rows = { readonly name: string; readonly rows: string | null }

/** Learns what the migrations made of an untouched database, so that it can be had again. */
export async function readEmptied(db: Db): Promise<Emptied> {
  const before = await shapeOf(db)
  const names = (await db.query<{ name: string }>(tables)).map(({ name }) => name)
  const filled: Rows[] = []
  for (const name of names) {
    const [found] = await db.query<{ rows: string | null }>(`select jsonb_agg(r)::text as rows from "${name}" r`)
    if (typeof found?.rows === 'string') filled.push({ name, rows: found.rows })
  }
  // Emptying a table that is empty costs as much as one that is full, and most are.
  const used = names.map((name) => `select '${name}' as name where exists (select from "${name}")`).join(' union all ')
  const restore = async (tx: Tx): Promise<void> => {
    const list = (await tx.query<{ name: string }>(used)).map(({ name }) => `"${name}"`).join(', ')
    if (list !== '') await tx.script(`truncate ${list} cascade`)
    await tx.query(restartSequences)
    for (const { name, rows } of filled)
      await tx.query(
        `insert into "${name}" overriding system value select * from jsonb_populate_recordset(null::"${name}", $1::jsonb)`,
        [rows],
      )
  }
  return {
    empty: async () => {
      if ((await shapeOf(db)) !== before) return false
      await db.transaction(restore)
      return true
    },
  }
}

const tables = `select relname as name from pg_class
  where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') order by relname`

const restartSequences = `select setval(quote_ident(sequencename)::regclass, start_value, false)
  from pg_sequences where schemaname = current_schema() and last_value is not null`

/** What is there, and which migrations have run; not their rows. Toast tables come and go with what they hold. */
async function shapeOf(db: Db): Promise<string> {
  const [found] = await db.query<{ shape: string }>(`select concat_ws(' ',
    (select string_agg(concat_ws(' ', oid, relname, relnatts, relchecks, relhastriggers, relhasrules), ',' order by oid) from pg_class
      where relnamespace = current_schema()::regnamespace),
    (select string_agg(concat(oid, xmin), ',' order by oid) from pg_proc
      where pronamespace = current_schema()::regnamespace),
    (select string_agg(oid::text, ',' order by oid) from pg_namespace
      where oid >= 16384 and not starts_with(nspname, 'holdfast_') and not starts_with(nspname, 'pg_')),
    (select string_agg(name || sha256, ',' order by name) from schema_migration)) as shape`)
  return found?.shape ?? ''
}
