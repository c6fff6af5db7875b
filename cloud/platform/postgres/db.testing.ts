import { silentLog } from '../log.ts'
import type { Db } from './db.ts'
import { openPostgres } from './pg.ts'
import { openScratchPglite } from './pglite.testing.ts'
import { openScratchPostgres } from './postgres.testing.ts'

/** An engine to run a contract suite on. Each `open` gives an empty, migrated database that vanishes with `close`. */
export type TestEngine = {
  readonly name: 'PGlite' | 'PostgreSQL'
  readonly open: () => Promise<Db>
  /** A second handle on the same data where the engine has one: another process, as it were. */
  /** `names`: of their connections. */
  readonly openTwo: (names?: readonly [string, string]) => Promise<readonly [Db, Db]>
}

/**
 * PGlite always; PostgreSQL where one answers, else its absence is printed by name.
 * Use: `describe.each(await testEngines())('$name', (engine) => …)`.
 */
export async function testEngines(url = defaultUrl()): Promise<readonly TestEngine[]> {
  if (await answers(url)) return [pglite, postgres(url)]
  process.stderr.write('not run: PostgreSQL\n')
  return [pglite]
}

const defaultUrl = (): string =>
  // Only tests come here; a program's configuration is read in main.ts.
  // oxlint-disable-next-line node/no-process-env
  process.env['TEST_DATABASE_URL'] ?? 'postgres://127.0.0.1:5432/test'

async function answers(url: string): Promise<boolean> {
  const db = openPostgres({ url, log: silentLog, connections: 1 })
  try {
    await db.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await db.close()
  }
}

const pglite: TestEngine = {
  name: 'PGlite',
  open: openScratchPglite,
  openTwo: async () => {
    const db = await pglite.open()
    return [db, { ...db, close: async () => undefined }]
  },
}

function postgres(url: string): TestEngine {
  const openTwo: TestEngine['openTwo'] = async (names) => await openScratchPostgres(url, names)
  return { name: 'PostgreSQL', openTwo, open: async () => (await openTwo())[0] }
}
