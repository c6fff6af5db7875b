import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { appsFolder } from './app-config.ts'

const shared = ['kit', 'build', '../core', '../wire', '../package-lock.json']
const ignored = /(^|\/)(node_modules|dist|examples)$|\.(test|journey)\.tsx?$|\.md$/

/** SHA-256 over all that goes into one app. Same stamp, same output: the build may be skipped. */
export async function stampOf(app: string): Promise<string> {
  const parts: string[] = []
  for (const place of [app, ...shared]) collect(join(appsFolder, place), parts)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\0')))
  return Buffer.from(digest).toString('hex')
}

function collect(path: string, parts: string[]): void {
  if (ignored.test(path)) return
  if (!statSync(path).isDirectory()) parts.push(path.slice(appsFolder.length), readFileSync(path, 'latin1'))
  else for (const entry of readdirSync(path).sort()) collect(join(path, entry), parts)
}
