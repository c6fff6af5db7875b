import { plants } from './defects/defects.ts'
import { type Found, findDefect } from './runs/find.ts'
import { readOptions, type Options, usage } from './runs/options.ts'
import { shrinkRun, tellStory } from './runs/replay.ts'
import { createReport } from './runs/report.ts'
import { type Run, simulate } from './world.ts'

const options = readOptions(process.argv.slice(2))
if (options === undefined) {
  console.error(usage)
  process.exit(64)
}
process.exitCode = await program(options)

function program(given: Options): Promise<number> {
  if (given.defects !== undefined) return find(given, given.defects)
  return given.isReplay ? replay(given) : runAll(given)
}

function coreMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function runAll({ first, last, minutes, faults, parcels, seconds }: Options): Promise<number> {
  const report = createReport()
  const [began, beganCore] = [performance.now(), coreMs()]
  for (let seed = first; seed <= last; seed += 1) {
    if (report.parcels() >= parcels || performance.now() - began >= seconds * 1_000) break
    const lived = await simulate({ seed, minutes, ...(faults && { faults }) })
    report.add(lived)
    const { failure, events, trace } = lived
    const says = failure?.message ?? `${lived.parcels} parcels, ${events} events, trace ${trace.slice(0, 16)}`
    console.error(`seed ${seed}: ${says}`)
    if (failure !== undefined) console.error(`again: npm run simulate -- --seed ${seed} --minutes ${minutes}`)
  }
  const summary = report.summary(coreMs() - beganCore)
  console.log(JSON.stringify(summary))
  return summary.violations.length > 0 ? 1 : 0
}

/** One seed, told; where it breaks a law, once more with the fewest acts that do. */
async function replay({ first: seed, minutes, faults, only }: Options): Promise<number> {
  const run: Run = { seed, minutes, ...(faults && { faults }), ...(only && { only }) }
  const report = createReport()
  const began = coreMs()
  const lived = await tellStory(run, console.error)
  report.add(lived)
  if (lived.failure !== undefined && only === undefined) {
    console.error(`\nshrinking ${lived.acts.length} acts …`)
    const acts = await shrinkRun(run, lived)
    console.error(`the same law breaks with ${acts.length} of them:`)
    console.error(`npm run simulate -- --seed ${seed} --minutes ${minutes} --acts ${acts.join(',')}\n`)
    await tellStory({ ...run, only: new Set(acts) }, console.error)
  }
  console.log(JSON.stringify(report.summary(coreMs() - began)))
  return lived.failure === undefined ? 0 : 1
}

async function find({ first, minutes }: Options, towns: number): Promise<number> {
  const found: Found[] = []
  for (const name of Object.keys(plants)) {
    const one = await findDefect(name, { first, towns, minutes })
    console.error(
      `${name}: ${one.seed === undefined ? `not found in ${towns} towns` : `seed ${one.seed}, ${one.says}`}`,
    )
    found.push(one)
  }
  console.log(
    JSON.stringify({
      planted: found.length,
      found: found.filter(({ seed }) => seed !== undefined).length,
      defects: found,
    }),
  )
  return found.every(({ seed }) => seed !== undefined) ? 0 : 1
}
