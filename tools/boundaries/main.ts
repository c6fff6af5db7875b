import { fileURLToPath } from 'node:url'
import { floors } from '../check/floors.ts'
import { survey } from './boundaries.ts'

const { analysed, trespasses } = await survey(fileURLToPath(new URL('../..', import.meta.url)))
for (const { rule, from, to } of trespasses) console.log(`${from} → ${to}  ${rule}`)
if (analysed < floors.cruisedModules)
  console.log(`only ${analysed} modules analysed, at least ${floors.cruisedModules} expected`)
console.log(`${analysed} modules analysed, ${trespasses.length} trespasses`)
process.exitCode = trespasses.length > 0 || analysed < floors.cruisedModules ? 1 : 0
