import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type CloudConfig, cloudConfig } from '../config.ts'
import { parseConfig } from '../platform/config.ts'

export type Overrides = { readonly databaseUrl?: string | undefined; readonly mqttUrl?: string | undefined }

/** The JSON file with its paths made whole; the environment names servers, and nothing else. */
export async function loadConfig(path: string, overrides: Overrides): Promise<CloudConfig> {
  const config = parseConfig(cloudConfig, JSON.parse(await readFile(path, 'utf8')), path)
  const whole = (relative: string): string => resolve(dirname(path), relative)
  const { database, mqtt, apps } = config
  const url = overrides.databaseUrl ?? database.url
  const broker = overrides.mqttUrl ?? mqtt.url
  return {
    ...config,
    keysFile: whole(config.keysFile),
    ...(apps === undefined ? {} : { apps: whole(apps) }),
    database: { directory: whole(database.directory), ...(url === undefined ? {} : { url }) },
    mqtt: { ...mqtt, ...(broker === undefined ? {} : { url: broker }) },
  }
}
