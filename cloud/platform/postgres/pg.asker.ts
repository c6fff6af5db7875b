import pg from 'pg'
import type { SqlValue } from './db.ts'

/** One prepared statement on one connection: its rows, or the failure as the driver tells it. */
export type Ask = (name: string, text: string, params: readonly SqlValue[]) => Promise<readonly object[]>

/** How a column's text becomes a value. */
export type ParserOf = (dataType: number) => (text: string) => unknown

type Fields = readonly (string | null)[]

/**
 * Remembers of each statement how its rows look: else PostgreSQL describes them with every answer, and the driver reads
 * that each time. What a prepared statement answers cannot change: once its table has, PostgreSQL refuses it.
 */
export function createAsker(client: pg.PoolClient, parserOf: ParserOf): Ask {
  const readers = new Map<string, (fields: Fields) => object>()
  return async (name, text, params) =>
    await new Promise((resolve, reject) => {
      const read = readers.get(name)
      const rows: object[] = []
      let unreadable: unknown
      const query = new pg.Query(text, params.map(asSent), (error: unknown, result) => {
        const failed = error ?? unreadable
        if (failed !== undefined && failed !== null) return reject(failed)
        if (read === undefined) readers.set(name, readerOf(result.fields, parserOf))
        resolve(read === undefined ? result.rows : rows)
      })
      const handleDataRow = ({ fields }: { readonly fields: Fields }): void => {
        try {
          if (read !== undefined) rows.push(read(fields))
        } catch (error) {
          unreadable ??= error
        }
      }
      Object.assign(query, { name }, read === undefined ? {} : { submit: execute, handleDataRow })
      client.query(query)
    })
}

/** Bind, execute, sync: all that a statement needs that was parsed and described before. */
function execute(this: { readonly name: string; readonly values: (string | Buffer | null)[] }, to: pg.Connection) {
  to.bind({ statement: this.name, values: this.values }, true)
  to.execute(null, true)
  to.sync()
  return null
}

function readerOf(fields: readonly pg.FieldDef[], parserOf: ParserOf): (values: Fields) => object {
  const columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }))
  return (values) => {
    const row: Record<string, unknown> = {}
    for (const [n, { name, parse }] of columns.entries()) {
      const text = values[n] ?? null
      row[name] = text === null ? null : parse(text)
    }
    return row
  }
}

function asSent(value: SqlValue): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return typeof value === 'object' ? `{${[...value].map(quoted).join(',')}}` : String(value)
}

const quoted = (item: string | number): string => `"${String(item).replaceAll(/[\\"]/g, '\\$&')}"`
