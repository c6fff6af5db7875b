import type { CloudTwinPorts } from '@holdfast/cloud/twin.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { type ActId, type Acts, createActs } from './seed/acts.ts'
import { type Chance, createChance } from './seed/chance.ts'
import { judgeAgain } from './checks/second.ts'
import { checkCollected, checkEnding, isEnded } from './checks/ending.ts'
import { enrolStandIn } from './cloud/enrol.ts'
import { enrolAt } from './house/side/enrol.ts'
import { type House, openHouse } from './house/house.ts'
import { testifies } from './house/testimony.ts'
import { createVirtualClock, type VirtualClock } from './seed/clock.ts'
import type { Defect } from './defects/defects.ts'
import { courierVisits } from './people/courier.ts'
import { forgesGrant } from './people/intruder.ts'
import { operatorActs } from './people/operator.ts'
import { passerByForces } from './people/passer-by.ts'
import { collectAll, recipientVisits, typistVisits } from './people/recipient.ts'
import { type Town, turnAtScreen } from './people/town.ts'
import { createPlace, type Place } from './place.ts'
import { planOfSeed, type Plan } from './seed/plan.ts'
import type { Street } from './street.ts'
import { createTrace, type Trace } from './seed/trace.ts'

export interface Run {
  readonly seed: number
  readonly minutes: number
  /** In place of what the seed draws. */
  readonly faults?: readonly string[]
  /** Of all that the seed brings, only these. */
  readonly only?: ReadonlySet<ActId>
  /** Not a moment longer: what a shrunk run breaks, it breaks by then. */
  readonly stopAtMs?: number
  /** A planted defect, for the test that the checks bite. */
  readonly defect?: Defect
  /** Something that is done to the first street by hand, for the same. */
  readonly sabotage?: (street: Street) => void
  /** The real cloud behind the town, in this database; a stand-in for each cabinet without it. */
  readonly database?: CloudTwinPorts['database']
  /** One thing that is done at the first cabinet, in place of everybody's day. */
  readonly script?: (stage: Stage) => Promise<void>
  /** Hears what happens, for people to read. */
  readonly tell?: (atMs: number, text: string) => void
}

export interface Stage {
  readonly town: Town
  readonly house: House | undefined
}

export interface Lived {
  readonly seed: number
  /** Equal for equal seeds (law 15). */
  readonly trace: string
  /** Facts, pulses and messages that were judged. */
  readonly events: number
  readonly parcels: number
  readonly pulses: number
  readonly virtualMs: number
  readonly faults: Readonly<Record<string, number>>
  readonly counts: Readonly<Record<string, number>>
  /** The first law that broke, or whatever else was thrown. */
  readonly failure: Error | undefined
  readonly acts: readonly ActId[]
}

/** The last visitors go, and somebody pushes the doors to that they left. */
const lingeringMs = 200_000
/** Everybody who has something waiting comes for it, through whatever pauses the keypad has. */
const collectingMs = 3_600_000
/** The last facts, letters and webhooks find their way. */
const tidyingMs = 15_000
/** Ten minutes after the faults stop everything has found its way (law 12). */
const healingMs = 600_000

interface World {
  readonly plan: Plan
  readonly clock: VirtualClock
  readonly seals: Seals
  readonly places: readonly Place[]
  readonly acts: Acts
  readonly trace: Trace
  readonly faults: Map<string, number>
  readonly house: House | undefined
}

/** A town's day from one seed, judged after every event: faults first, then none, and everything converges. */
export async function simulate(run: Run): Promise<Lived> {
  const world = await createWorld(run)
  const failure = await live(world, run).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  )
  const { clock, places, acts, trace, faults } = world
  const counts = new Map<string, number>()
  for (const { town, judge } of places) {
    for (const [what, n] of [...town.counts, ...judge.counts]) counts.set(what, (counts.get(what) ?? 0) + n)
  }
  return {
    seed: run.seed,
    trace: trace.hash(),
    events: trace.length(),
    parcels: counts.get('parcels brought') ?? 0,
    pulses: places.reduce((all, { town }) => all + town.street.metal.audit().pulses.length, 0),
    virtualMs: clock.now(),
    faults: Object.fromEntries(faults),
    counts: Object.fromEntries(counts),
    failure,
    acts: acts.begun(),
  }
}

async function live(world: World, { sabotage, script, stopAtMs = Number.POSITIVE_INFINITY }: Run): Promise<void> {
  const { clock, places, acts, plan, house } = world
  for (const { town } of places) {
    await town.street.powerUp()
    sabotage?.(town.street)
  }
  if (script === undefined) for (const place of places) startActs(world, place)
  const endsAt = plan.minutes * 60_000
  const step = (): void => {
    for (const { judge } of places) judge.look()
    const failed = acts.failed() ?? house?.failed()
    if (failed !== undefined) throw failed
  }
  if (script === undefined) await clock.run(Math.min(endsAt, stopAtMs), step)
  else await perform(world, script, step)
  if (stopAtMs < endsAt) return
  for (const { faults } of places) await faults.heal()
  if (script === undefined) await clock.run(clock.now() + lingeringMs, step)
  for (const { town } of places) {
    for (const { lock } of town.layout.compartments) town.street.metal.hands.push(lock)
  }
  const settled = async (): Promise<boolean> => {
    for (const { town, judge } of places) {
      await town.cloud.look()
      if (!isEnded(town, judge)) return false
    }
    return true
  }
  await until(clock, step, { isDone: settled, atMost: healingMs })
  for (const { town, judge } of places) checkEnding(town, judge)
  await collect(world, step)
  for (const { town } of places) checkCollected(town)
  await until(clock, step, { isDone: () => false, atMost: tidyingMs })
  const towns = places.map(({ town }) => town)
  await judgeAgain(world.seals, towns, async () => (house === undefined ? [] : await testifies(house)))
}

async function perform({ clock, places, house }: World, script: NonNullable<Run['script']>, step: () => void) {
  const [place] = places
  if (place !== undefined) await untilDone(clock, step, script({ town: place.town, house }))
}

async function collect({ clock, places }: World, step: () => void): Promise<void> {
  await untilDone(clock, step, Promise.all(places.map(({ town }) => collectAll(town))))
}

async function untilDone(clock: VirtualClock, step: () => void, work: Promise<unknown>): Promise<void> {
  let isDone = false
  const collecting = work.finally(() => {
    isDone = true
  })
  // What somebody's hands throw is thrown below; until then it waits.
  collecting.catch(() => {})
  await until(clock, step, { isDone: () => isDone, atMost: collectingMs })
  if (isDone) await collecting
}

interface Patience {
  readonly isDone: () => boolean | Promise<boolean>
  readonly atMost: number
}

/** Whoever is done early need not sit the time out. */
async function until(clock: VirtualClock, step: () => void, { isDone, atMost }: Patience): Promise<void> {
  for (const last = clock.now() + atMost; clock.now() < last;) {
    await clock.run(Math.min(last, clock.now() + glanceMs), step)
    if (await isDone()) return
  }
}

const glanceMs = 5_000

async function createWorld(run: Run): Promise<World> {
  const { seed, minutes, faults: kinds, only, tell, defect = {}, database } = run
  const tier = database === undefined ? 'stand-in' : 'cloud'
  const plan = planOfSeed({ seed, minutes, tier, kinds })
  const chance = createChance(seed)
  const clock = createVirtualClock({ isAlone: database === undefined })
  const seals = sealsOf(plan)
  const trace = createTrace(createStandInSeals(seed))
  const faults = new Map<string, number>()
  const telling = (name: string) => (text: string) => tell?.(clock.now(), `${name}: ${text}`)
  const open = { clock, chance: chance.apart('house'), seals, trace, tell: telling('house'), defect }
  const house = database === undefined ? undefined : await openHouse({ ...open, database })
  const enrol = house === undefined ? enrolStandIn : enrolAt(house)
  const places: Place[] = []
  for (const [at, family] of plan.cabinets.entries()) {
    const name = `cabinet ${at + 1}`
    const own = { name, family, clock, chance: chance.apart(name), seals, trace, faults, tell: telling(name), defect }
    places.push(await createPlace({ ...own, enrol, cloudFaults: house?.faults }))
  }
  const acts = createActs({ clock, chance, endsAt: minutes * 60_000, only })
  return { plan, clock, seals, places, acts, trace, faults, house }
}

/** What is drawn stays drawn from the seed; signatures and seals are the real ones, and no trace of them is compared. */
function sealsOf({ seed, hasRealSeals }: Plan): Seals {
  const standIn = createStandInSeals(seed)
  return hasRealSeals ? { ...createNodeSeals(), random: standIn.random } : standIn
}

type Visit = (town: Town) => Promise<unknown>

/** Everybody's comings and goings at one cabinet, and what befalls it. */
function startActs({ acts, plan }: World, { town, faults, intrude }: Place): void {
  const with_ = (chance: Chance): Town => ({ ...town, chance })
  const visits: readonly Visit[] = [
    courierVisits,
    courierVisits,
    courierVisits,
    recipientVisits,
    recipientVisits,
    recipientVisits,
    recipientVisits,
    recipientVisits,
    typistVisits,
    forgesGrant,
  ]
  const atScreen = async (chance: Chance): Promise<void> => {
    const here = with_(chance)
    await turnAtScreen(here)
    await chance.pick(visits)?.(here)
  }
  acts.again([500, 4_000], atScreen)
  acts.again([500, 4_000], atScreen)
  acts.again([10_000, 60_000], (chance) => operatorActs(with_(chance)))
  acts.again([30_000, 120_000], (chance) => passerByForces(with_(chance), faults.isQuiet))
  acts.again([5_000, 30_000], intrude)
  const strike = async (chance: Chance): Promise<void> => {
    const kind = chance.pick(plan.faults)
    if (kind !== undefined) await faults.strike(kind, chance)
  }
  acts.again(plan.pauseMs, strike)
  acts.again(plan.pauseMs, strike)
}
