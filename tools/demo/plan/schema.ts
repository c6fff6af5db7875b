import pg from 'pg'

/** The town lives in a schema of its own, so that emptying it touches nothing else in the database. */
const schema = 'holdfast_town'

/** Makes the schema where it is missing, anew where `fresh`; returns the address that leads into it. */
export async function openTownSchema(databaseUrl: string, fresh: boolean): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    if (fresh) await client.query(`drop schema if exists ${schema} cascade`)
    await client.query(`create schema if not exists ${schema}`)
  } finally {
    await client.end()
  }
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return url.href
}
