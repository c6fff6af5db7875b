import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { openPglite } from './pglite.ts'

// The other child of tools/powercut/pglite.ts: exit 0 all there, 3 lost, 4 corrupt (also when it does not open at all).
const [directory, acknowledged] = process.argv.slice(2)
if (directory === undefined || acknowledged === undefined) throw new Error('usage: power-cut.verifier DIRECTORY COUNT')
try {
  const db = await openPglite({ directory, clock: systemClock, log: silentLog })
  const [kept] = await db.query<{ n: number; last: number }>(
    `select count(*) filter (where n <= $1) as n, coalesce(max(n), 0) as last from written where length(filling) = 400`,
    [Number(acknowledged)],
  )
  await db.transaction((tx) => tx.script('reindex table written; analyze written; checkpoint'))
  await db.close()
  process.stdout.write(`kept ${kept?.n} of ${acknowledged}, last ${kept?.last}\n`)
  process.exitCode = kept?.n === Number(acknowledged) ? 0 : 3
} catch (error) {
  process.stdout.write(`${String(error)}\n`)
  process.exitCode = 4
}
