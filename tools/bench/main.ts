import { bench, chosen, leftOut, parseCommand } from './bench.ts'
import { registry } from './registry.ts'

// npm run bench -- [--only name[,name]] [--short] [--power-cut]
try {
  const command = parseCommand(process.argv.slice(2))
  const left = leftOut(registry, command)
  if (left.length > 0) console.log(`not run in the short form: ${left.join(', ')}`)
  const { outOfBounds, failed } = await bench(chosen(registry, command), command, console.log)
  if (outOfBounds.length > 0) console.error(`out of bounds: ${outOfBounds.join(', ')}`)
  // A figure that never came may still hold the process open.
  process.exit(outOfBounds.length + failed.length > 0 ? 1 : 0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
