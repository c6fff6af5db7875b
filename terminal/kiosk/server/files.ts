import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface StaticFile {
  readonly type: string
  readonly bytes: Uint8Array
  /** Its name carries its hash. */
  readonly lasting: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
}

/** Every file of the built app by its address, read once: a request can name nothing else. */
export function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  if (!existsSync(folder)) return files
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    const type = types[extname(name)]
    if (type === undefined || !statSync(path).isFile()) continue
    const address = name.split('\\').join('/')
    const file = { type, bytes: readFileSync(path), lasting: address.startsWith('assets/') }
    files.set(`/${address}`, file)
    if (address === 'index.html') files.set('/', file)
  }
  return files
}
