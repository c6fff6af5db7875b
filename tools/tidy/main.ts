import { fileURLToPath } from 'node:url'
import { sourceFigures } from './figures.ts'
import { tidy } from './tidy.ts'
import { readTree } from './tree.ts'

const tree = readTree(fileURLToPath(new URL('../..', import.meta.url)))
const findings = tidy(tree)
for (const { rule, path, says } of findings) console.log(`${path}  ${rule}: ${says}`)
console.log(JSON.stringify({ name: 'source', ...sourceFigures(tree) }))
process.exitCode = findings.length > 0 ? 1 : 0
