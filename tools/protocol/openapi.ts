import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCloud } from '@holdfast/cloud/cloud.ts'
import { loadConfig } from '@holdfast/cloud/setup/load-config.ts'

const config = {
  logLevel: 'silent',
  http: { port: 0 },
  mqtt: { listen: { port: 0 } },
  notices: {
    publicUrl: 'https://locker.example',
    phone: { kind: 'tray', url: 'https://locker.example/tray' },
    gatewaySecret: 'of the document only',
  },
}

/** The document that a running cloud serves at /openapi.json: what is declared is what is described. */
export async function openApi(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-openapi-'))
  const path = join(folder, 'cloud.json')
  writeFileSync(path, JSON.stringify(config))
  const cloud = await startCloud(await loadConfig(path, {}))
  try {
    return cloud.http.openapi()
  } finally {
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
