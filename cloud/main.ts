import { startCloud } from './cloud.ts'
import { loadConfig } from './setup/load-config.ts'
import { codeOf } from './platform/failure.ts'

/** `npm run cloud -- config.json`. Exit codes: 0 stopped as told, 1 could not go on, 2 no such configuration. */
async function main(path: string | undefined): Promise<void> {
  if (path === undefined) {
    console.error('Usage: npm run cloud -- config.json (see docs/guides/deploy-it.md)')
    process.exitCode = 2
    return
  }
  const { DATABASE_URL: databaseUrl, MQTT_URL: mqttUrl } = process.env
  const config = await loadConfig(path, { databaseUrl, mqttUrl }).catch((error: unknown) => {
    complain(error)
    process.exitCode = 2
  })
  if (config === undefined) return
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

const complain = (error: unknown): void => {
  console.error(`${codeOf(error) ?? 'failed'}: ${error instanceof Error ? error.message : String(error)}`)
}

main(process.argv[2]).catch((error: unknown) => {
  complain(error)
  process.exit(1)
})
