import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type CloudConfig, cloudConfig } from '../config.ts'
import { parseConfig } from '../platform/config.ts'
import { codeOf, failure } from '../platform/failure.ts'

export type Overrides = { readonly databaseUrl?: string | undefined; readonly mqttUrl?: string | undefined }

/** The JSON file with its paths made whole; the environment names servers, and nothing else. */
export async function loadConfig(path: string, overrides: Overrides): Promise<CloudConfig> {
  const config = parseConfig(cloudConfig, await readJson(path), path)
  const whole = (relative: string): string => resolve(dirname(path), relative)
  const { database, mqtt, apps } = config
  const url = named('DATABASE_URL', overrides.databaseUrl) ?? database.url
  const broker = named('MQTT_URL', overrides.mqttUrl) ?? mqtt.url
  return {
    ...config,
    keysFile: whole(config.keysFile),
    ...(apps === undefined ? {} : { apps: whole(apps) }),
    database: { directory: whole(database.directory), ...(url === undefined ? {} : { url }) },
    mqtt: { ...mqtt, ...(broker === undefined ? {} : { url: broker }) },
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw failure('config-invalid', `${path} cannot be read (${codeOf(error) ?? 'unknown'})`, error)
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw failure('config-invalid', `${path} is no JSON`, error)
  }
}

/** An empty variable names nothing; a wrong one is not repeated, because addresses of servers hold passwords. */
function named(variable: string, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined
  if (!URL.canParse(value)) throw failure('config-invalid', `${variable} is no address of a server`)
  return value
}
