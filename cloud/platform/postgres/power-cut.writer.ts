import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { openPglite } from './pglite.ts'

// The child of tools/powercut/pglite.ts: commits for ever and tells each commit that was acknowledged.
const [directory] = process.argv.slice(2)
if (directory === undefined) throw new Error('usage: power-cut.writer DIRECTORY')
const db = await openPglite({ directory, clock: systemClock, log: silentLog })
await db.transaction((tx) => tx.script('create table written (n bigint primary key, filling text not null)'))
const filling = 'x'.repeat(400)
for (let n = 1; ; n += 1) {
  await db.transaction((tx) => tx.query('insert into written values ($1, $2)', [n, filling]))
  process.stdout.write(`${n}\n`)
}
