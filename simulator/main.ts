import { openTwinDatabase } from '@holdfast/cloud/twin.ts'
import { plants } from './defects/defects.ts'
import { type Found, findDefect } from './runs/find.ts'
import { readOptions, type Options, usage } from './runs/options.ts'
import { shrinkRun, tellStory } from './runs/replay.ts'
import { flowNames } from './points/flows.ts'
import { countPoints, dieAt, type Point } from './points/points.ts'
import { type Kept, kept } from './runs/kept.ts'
import { liveTimes } from './runs/times.ts'
import { createReport } from './runs/report.ts'
import type { Run } from './world.ts'

const options = readOptions(process.argv.slice(2))
if (options === undefined) {
  console.error(usage)
  process.exit(64)
}
// A database in this thread keeps the process.
process.exit(await program(options))

function program(given: Options): Promise<number> {
  if (given.points !== undefined) return everyPoint(given.points)
  if (given.defects !== undefined) return find(given, given.defects)
  return given.isReplay ? replay(given) : runAll(given)
}

function coreMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function runAll({
  first,
  last,
  minutes,
  faults,
  parcels,
  seconds,
  tier,
  times,
  isFresh,
}: Options): Promise<number> {
  const report = createReport()
  const world = { ...(tier === 'cloud' && { database: await openTwinDatabase() }), ...(faults && { faults }) }
  const [began, beganCore] = [performance.now(), coreMs()]
  const again = isFresh ? kept.filter((one) => one.tier === tier) : []
  if (isFresh) console.error(`fresh: --seeds ${first}..${last}, after ${again.length} kept`)
  for (const town of townsOf({ first, last, minutes }, again)) {
    if (report.parcels() >= parcels || performance.now() - began >= seconds * 1_000) break
    const lived = await liveTimes({ ...town, ...world }, times)
    report.add(lived)
    const { failure, events, trace, seed } = lived
    const says = failure?.message ?? `${lived.parcels} parcels, ${events} events, trace ${trace.slice(0, 16)}`
    console.error(`seed ${seed}: ${says}`)
    if (failure === undefined) continue
    console.error(`again: npm run simulate -- --tier ${tier} --seed ${seed} --minutes ${town.minutes}`)
  }
  const summary = report.summary(coreMs() - beganCore)
  console.log(JSON.stringify({ tier, ...summary }))
  return summary.violations.length > 0 ? 1 : 0
}

type Towns = Pick<Options, 'first' | 'last' | 'minutes'>

function* townsOf({ first, last, minutes }: Towns, again: readonly Kept[]): Generator<Pick<Run, 'seed' | 'minutes'>> {
  yield* again
  for (let seed = first; seed <= last; seed += 1) yield { seed, minutes }
}

/** One seed, told; where it breaks a law, once more with the fewest acts that do. */
async function replay({ first: seed, minutes, faults, only, tier }: Options): Promise<number> {
  const world = { ...(tier === 'cloud' && { database: await openTwinDatabase() }), ...(faults && { faults }) }
  const run: Run = { seed, minutes, ...world, ...(only && { only }) }
  const report = createReport()
  const began = coreMs()
  const lived = await tellStory(run, console.error)
  report.add(lived)
  if (lived.failure !== undefined && only === undefined) {
    console.error(`\nshrinking ${lived.acts.length} acts …`)
    const acts = await shrinkRun(run, lived)
    console.error(`the same law breaks with ${acts.length} of them:`)
    console.error(`npm run simulate -- --tier ${tier} --seed ${seed} --minutes ${minutes} --acts ${acts.join(',')}\n`)
    await tellStory({ ...run, only: new Set(acts) }, console.error)
  }
  console.log(JSON.stringify(report.summary(coreMs() - began)))
  return lived.failure === undefined ? 0 : 1
}

async function find({ first, minutes }: Options, towns: number): Promise<number> {
  const found: Found[] = []
  let opened: ReturnType<typeof openTwinDatabase> | undefined
  const database = async (): ReturnType<typeof openTwinDatabase> => await (opened ??= openTwinDatabase())
  for (const name of Object.keys(plants)) {
    const one = await findDefect(name, { first, towns, minutes, database })
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

/** Deaths at the store points of each flow, and what came of them. */
async function everyPoint(every: number): Promise<number> {
  const database = await openTwinDatabase()
  const violations: { readonly flow: string; readonly point: Point; readonly says: string }[] = []
  const played: Record<string, number> = {}
  for (const flow of flowNames) {
    const points = await countPoints(flow, database)
    const chosen = points.filter((_, n) => n % every === 0)
    played[flow] = chosen.length
    console.error(`${flow}: ${points.length} points, ${chosen.length} of them played`)
    for (const point of chosen) {
      const { failure } = await dieAt(flow, point, database)
      if (failure === undefined) continue
      console.error(`${flow} ${point.how} ${point.at} ${point.n}: ${failure.message}`)
      violations.push({ flow, point, says: failure.message })
    }
  }
  console.log(JSON.stringify({ played, violations }))
  return violations.length > 0 ? 1 : 0
}
