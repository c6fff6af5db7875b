import type { BenchDatabase } from '../cycles/database.ts'

/** What a batch of facts writes: the entries, their private parts, what they project to, and the news of them. */
const tables = [
  'cabinet_fact',
  'cabinet_private',
  'cabinet_compartment',
  'cabinet_deposit',
  'cabinet_snapshot',
  'outbox',
] as const

/** As one row comes after the other in a program that does nothing else. */
const rowsAtOnce = 1_000

export interface PlainRows {
  /** Into empty tables of the same form, with the same indexes; a statement and a commit for each batch. */
  insert(): Promise<number>
}

/** The rows as they stand now, ready to be written again. */
export async function readPlainRows(database: BenchDatabase): Promise<PlainRows> {
  const batches: { readonly sql: string; readonly rows: string }[] = []
  for (const table of tables) {
    await database.query(`create table plain_${table} (like ${table} including all)`)
    const columns = await columnsOf(database, table)
    const sql = `insert into plain_${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`
    const rows = await database.query<{ row: string }>(`select row_to_json(t)::text as row from ${table} t`)
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const some = rows.slice(at, at + rowsAtOnce)
      batches.push({ sql, rows: `[${some.map(({ row }) => row).join(',')}]` })
    }
  }
  return {
    insert: async () => {
      await database.query(`truncate ${tables.map((table) => `plain_${table}`).join(', ')}`)
      const began = performance.now()
      for (const { sql, rows } of batches) await database.query(sql, [rows])
      return performance.now() - began
    },
  }
}

/** A column that the database numbers by itself is left to it. */
async function columnsOf(database: BenchDatabase, table: string): Promise<string> {
  const columns = await database.query<{ column_name: string }>(
    `select column_name from information_schema.columns
     where table_name = $1 and is_identity = 'NO' and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  return columns.map(({ column_name }) => column_name).join(', ')
}
