import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Manifest, readManifest, readMigrations } from './migrate.ts'

// Adds new migrations to the manifest. One that stands there keeps its hash, so that a landed file cannot change by
// accident; name a file as argument while it is still being written and no database but yours has run it.
const unlanded = process.argv.slice(2)
const folder = fileURLToPath(new URL('./migrations', import.meta.url))
const landed = await readManifest(folder)
const manifest: Manifest = {}
for (const { name, sha256 } of await readMigrations(folder)) {
  manifest[name] = unlanded.includes(name) ? sha256 : (landed[name] ?? sha256)
}
await writeFile(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
