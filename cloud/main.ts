import { startCloud } from './cloud.ts'
import { type Said, sayLaggards } from './setup/laggards.ts'
import { loadConfig } from './setup/load-config.ts'
import { codeOf } from './platform/failure.ts'

/** `npm run cloud -- config.json`. Exit codes: 0 stopped as told, 1 could not go on, 2 no such configuration. */
async function main([path, word, name, ...more]: readonly string[]): Promise<void> {
  const isUnknown = word !== undefined && (word !== 'laggards' || more.length > 0)
  if (path === undefined || isUnknown) {
    console.error('Usage: npm run cloud -- config.json [laggards [name to retire]] (see docs/guides/deploy-it.md)')
    process.exitCode = 2
    return
  }
  const { DATABASE_URL: databaseUrl, MQTT_URL: mqttUrl } = process.env
  const config = await loadConfig(path, { databaseUrl, mqttUrl }).catch((error: unknown) => {
    complain(error)
    process.exitCode = 2
  })
  if (config === undefined) return
  if (word === 'laggards') return answer(await sayLaggards(config, name))
  const cloud = await startCloud(config)
  // Whoever started this process waits for the line.
  console.log(JSON.stringify({ ready: 'cloud', url: cloud.url, mqtt: cloud.mqttUrl }))
  if (cloud.welcome !== undefined)
    console.log(`Nobody has an account here yet. Begin once, within four days: ${cloud.welcome}`)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    cloud.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function answer({ lines, done }: Said): void {
  for (const line of lines) console.log(line)
  if (!done) process.exitCode = 1
}

const complain = (error: unknown): void => {
  console.error(`${codeOf(error) ?? 'failed'}: ${error instanceof Error ? error.message : String(error)}`)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  complain(error)
  process.exit(1)
})
