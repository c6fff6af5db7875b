import { createHash, randomBytes } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

export interface BenchDatabase {
  readonly url: string
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** Hears what is notified on a channel from now on, until the database is dropped. */
  listen(channel: string, hear: (payload: string) => void): Promise<void>
  /** Rows and all as they are now, in a database of its own. */
  copy(): Promise<BenchDatabase>
  /** A copy that costs little; nobody may be connected to this one meanwhile. */
  clone(): Promise<BenchDatabase>
  drop(): Promise<void>
}

/** A new, empty database on the server; undefined where none answers. */
export async function openBenchDatabase(server: string): Promise<BenchDatabase | undefined> {
  const admin = new pg.Client({ connectionString: withUser(server), connectionTimeoutMillis: 2_000 })
  try {
    await admin.connect()
  } catch {
    return undefined
  }
  const opened = async (name: string, template = 'template1'): Promise<BenchDatabase> => {
    await admin.query(`create database ${name} template ${template}`)
    const url = new URL(withUser(server))
    url.pathname = `/${name}`
    const pool = new pg.Pool({ connectionString: url.href, max: 2 })
    pool.on('error', () => undefined)
    const ears: pg.Client[] = []
    const drop = async (): Promise<void> => {
      await pool.end()
      for (const ear of ears) await ear.end()
      await admin.query(`drop database ${name} with (force)`)
    }
    return {
      url: url.href,
      query: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
        (await pool.query<Row>({ name: nameOf(sql), text: sql, values: [...values] })).rows,
      listen: async (channel, hear) => {
        const ear = new pg.Client({ connectionString: url.href })
        ears.push(ear)
        await ear.connect()
        ear.on('notification', ({ payload = '' }) => hear(payload))
        await ear.query(`listen ${channel}`)
      },
      copy: async () => {
        const copied = await opened(`${name}_copy`)
        await run('sh', ['-c', '"$1" "$2" | "$3" -q -v ON_ERROR_STOP=1 "$4" > /dev/null', 'copy', ...pipe(url, copied)])
        return copied
      },
      clone: async () => await opened(`${name}_clone`, name),
      drop,
    }
  }
  // A try that was given up may still hold its database: each has a name of its own.
  const first = await opened(`holdfast_bench_${process.pid}_${randomBytes(4).toString('hex')}`)
  const drop = async (): Promise<void> => {
    await first.drop()
    await admin.end()
  }
  return { ...first, drop }
}

/** Prepared once for each text: what is asked again and again shall cost the server little. */
const nameOf = (sql: string): string => createHash('sha256').update(sql).digest('base64url')

const pipe = (from: URL, to: BenchDatabase): readonly string[] => [
  programOf('pg_dump') ?? 'pg_dump',
  from.href,
  programOf('psql') ?? 'psql',
  to.url,
]

/** In the path of Debian's packages too, whose server programs are in no PATH. */
export function programOf(name: string): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted().toReversed() : []
  const folders = ['/usr/bin', '/usr/local/bin', ...versions.map((version) => join(debian, version, 'bin'))]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** As libpq does it: without a user in the URL, the one who runs this process. */
function withUser(text: string): string {
  const url = new URL(text)
  if (url.username === '') url.username = userInfo().username
  return url.href
}
