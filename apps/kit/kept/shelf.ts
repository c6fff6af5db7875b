import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'

/** Rows that outlive the page, by their own key. What a browser refuses to keep rejects. */
export interface Shelf<Row> {
  readonly read: () => Promise<readonly Row[]>
  readonly put: (row: Row) => Promise<void>
  readonly drop: (key: string) => Promise<void>
}

interface Schema<Row> extends DBSchema {
  readonly rows: { readonly key: string; readonly value: Row }
}

/** One database for each kind of row in IndexedDB: it takes keys that cannot be exported, which localStorage cannot. */
export function openShelf<Row>(name: string, keyPath: keyof Row & string): Shelf<Row> {
  let opened: Promise<IDBPDatabase<Schema<Row>>> | undefined
  const open = (): Promise<IDBPDatabase<Schema<Row>>> =>
    (opened ??= openDB<Schema<Row>>(`holdfast.${name}`, 1, {
      upgrade: (db) => void db.createObjectStore('rows', { keyPath }),
    }))
  return {
    read: async () => await (await open()).getAll('rows'),
    put: async (row) => void (await (await open()).put('rows', row)),
    drop: async (key) => await (await open()).delete('rows', key),
  }
}
