import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'

/** What a test run uses where it is there, and names where it is not. */
export interface Parts {
  /** Where a PostgreSQL answers that lets us in without a question. */
  readonly postgres: string | undefined
  readonly mqtt: string | undefined
  /** A folder of public test data beside the clone. */
  readonly sharedData: string | undefined
  readonly socat: string | undefined
}

const names: Readonly<Record<keyof Parts, string>> = {
  postgres: 'PostgreSQL',
  mqtt: 'Mosquitto',
  sharedData: '../shared/data',
  socat: 'socat',
}

export async function findParts(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Parts> {
  const [postgres, mqtt] = await Promise.all([
    answering(environment['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres', 5432),
    answering(environment['TEST_MQTT_URL'] ?? 'mqtt://127.0.0.1:1883', 1883),
  ])
  const data = join(root, '../shared/data')
  return {
    postgres,
    mqtt,
    sharedData: existsSync(data) ? data : undefined,
    socat: onPath('socat', environment['PATH'] ?? ''),
  }
}

export const missingParts = (parts: Parts): readonly string[] =>
  Object.entries(names).flatMap(([part, name]) =>
    Object.entries(parts).some(([key, found]) => key === part && found) ? [] : [name],
  )

/** The file of a program, looked for as a shell would. */
export const onPath = (program: string, path: string): string | undefined =>
  path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file))

/** The address, where something accepts a connection within a second. */
function answering(url: string, usualPort: number): Promise<string | undefined> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port || usualPort) })
  return new Promise((resolve) => {
    const end = (found: string | undefined) => (): void => {
      socket.destroy()
      resolve(found)
    }
    socket.setTimeout(1000, end(undefined))
    socket.once('error', end(undefined))
    socket.once('connect', end(url))
  })
}
