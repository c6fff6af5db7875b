import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { appConfig, appsFolder } from './app-config.ts'
import { compressFiles } from './compress.ts'
import { stampOf } from './stamp.ts'

export interface BuildOptions {
  /** Apps by folder name; all that have an index.html otherwise. */
  readonly only?: readonly string[]
  /** Where `<app>/` folders go; `apps/dist` by default. */
  readonly outFolder?: string
  readonly onProgress?: (app: string, status: BuiltApp['status'] | 'building') => void
}

export interface BuiltApp {
  readonly app: string
  readonly folder: string
  readonly status: 'built' | 'unchanged'
}

/** Every folder of `apps/` with an index.html is an app. */
export const appNames = (): readonly string[] =>
  readdirSync(appsFolder)
    .filter((name) => name !== 'dist' && existsSync(join(appsFolder, name, 'index.html')))
    .sort()

/** Builds what changed since its last stamp, one after the other. Throws what vite throws. */
export async function buildApps(options: BuildOptions = {}): Promise<readonly BuiltApp[]> {
  const built: BuiltApp[] = []
  for (const app of options.only ?? appNames()) {
    const folder = join(options.outFolder ?? join(appsFolder, 'dist'), app)
    const stampFile = join(folder, '.stamp')
    const stamp = await stampOf(app)
    const status = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp ? 'unchanged' : 'built'
    if (status === 'built') {
      options.onProgress?.(app, 'building')
      await build(appConfig(app, folder))
      compressFiles(folder)
      mkdirSync(folder, { recursive: true })
      writeFileSync(stampFile, stamp)
    }
    options.onProgress?.(app, status)
    built.push({ app, folder, status })
  }
  return built
}
