import { buildApps } from './build.ts'

const named = process.argv.slice(2)

await buildApps({
  ...(named.length > 0 ? { only: named } : {}),
  onProgress: (app, status) => process.stdout.write(`${app}: ${status}\n`),
})
