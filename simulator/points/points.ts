import type { CloudPoint } from '../house/life.ts'
import type { House } from '../house/house.ts'
import type { Town } from '../people/town.ts'
import { type Lived, type Run, type Stage, simulate } from '../world.ts'
import { before, echoMs, type FlowName, flows } from './flows.ts'

/** A moment of one flow at which a program dies: at its n-th write, commit, publish, letter or webhook. */
export interface Point {
  readonly at: CloudPoint | 'write'
  readonly n: number
  readonly how: 'before' | 'after'
}

export type Database = NonNullable<Run['database']>

/** One cabinet, no faults of the town's own. */
const seed = 13
const cloudPoints: readonly CloudPoint[] = ['commit', 'publish', 'letter', 'webhook']
const watchMs = 500
const darkMs = 2_000

/** The flow once undisturbed: every point that it passes, twice. */
export async function countPoints(flow: FlowName, database: Database): Promise<readonly Point[]> {
  const counted = new Map<Point['at'], number>()
  const { failure } = await play(flow, database, (house, town) => {
    const writes = countWrites(town)
    const passed = new Map(house.troubles.passed)
    return () => {
      counted.set('write', writes())
      for (const at of cloudPoints) counted.set(at, (house.troubles.passed.get(at) ?? 0) - (passed.get(at) ?? 0))
    }
  })
  if (failure !== undefined) throw failure
  return [...counted].flatMap(([at, times]) =>
    Array.from({ length: times }, (_, n) => n + 1).flatMap((n): readonly Point[] => [
      { at, n, how: 'before' },
      { at, n, how: 'after' },
    ]),
  )
}

/** The same flow with a death in it; cloud and terminal come back two seconds later, and all must be well. */
export const dieAt = async (flow: FlowName, { at, n, how }: Point, database: Database): Promise<Lived> =>
  await play(flow, database, (house, town) => {
    if (at === 'write') town.street.powerDownAtWrite(n, how)
    else house.troubles.dieAt({ point: at, in: n, how })
    return () => {}
  })

type Arm = (house: House, town: Town) => () => void

async function play(flow: FlowName, database: Database, arm: Arm): Promise<Lived> {
  const script = async ({ town, house }: Stage): Promise<void> => {
    if (house === undefined) return
    await town.clock.sleep(1_000)
    await before({ town, house })
    await town.clock.sleep(echoMs)
    const stop = watches(town, house)
    const armed = arm(house, town)
    await flows[flow]({ town, house })
    await town.clock.sleep(echoMs)
    armed()
    stop()
  }
  return await simulate({ seed, minutes: 1, faults: [], database, script })
}

/** Somebody who switches on again what has gone dark. */
function watches({ clock, street }: Town, house: House): () => void {
  let isOver = false
  const watch = async (): Promise<void> => {
    while (!isOver) {
      await clock.sleep(watchMs)
      if (street.loop() !== undefined && house.isAlive()) continue
      await clock.sleep(darkMs)
      await street.powerUp()
      await house.start()
    }
  }
  void watch()
  return () => {
    isOver = true
  }
}

function countWrites({ street: { disk } }: Town): () => number {
  const { memory } = disk
  const { beforeWrite } = memory
  let writes = 0
  memory.beforeWrite = () => {
    writes += 1
    beforeWrite()
  }
  return () => writes
}
