import type { Measured, NotRun } from '../figure.ts'
import { type BenchDatabase, openBenchDatabase } from '../cycles/database.ts'

// oxlint-disable-next-line node/no-process-env -- the same server as the tests'.
const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://127.0.0.1:5432/test'

/** A database of its own for one run, dropped however it ends. */
export async function withDatabase(
  names: string,
  measure: (database: BenchDatabase) => Promise<readonly (Measured | NotRun)[]>,
): Promise<readonly (Measured | NotRun)[]> {
  const database = await openBenchDatabase(server)
  if (database === undefined) return [{ notRun: `${names} (no PostgreSQL)` }]
  try {
    return await measure(database)
  } finally {
    await database.drop()
  }
}
