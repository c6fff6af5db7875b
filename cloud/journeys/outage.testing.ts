import { failure } from '../platform/failure.ts'
import type { Db, Query, Tx } from '../platform/postgres/db.ts'

/** A database that a test takes away. A transaction that is under way then may have been committed: nobody knows. */
export type CuttableDb = { readonly db: Db; readonly cut: (gone: boolean) => void }

export function createCuttableDb(real: Db): CuttableDb {
  let gone = false
  const still = (): void => {
    if (gone) throw failure('db-unavailable', 'cut by the test')
  }
  const guard =
    (query: Query): Query =>
    async (sql, params) => {
      still()
      return await query(sql, params)
    }
  const guardTx = (tx: Tx): Tx => ({ ...tx, query: guard(tx.query) })
  return {
    cut: (now) => {
      gone = now
    },
    db: {
      ...real,
      query: guard(real.query),
      transaction: async (work, options) => {
        still()
        const done = await real.transaction(async (tx) => await work(guardTx(tx)), options)
        still()
        return done
      },
    },
  }
}
