import { plants } from '../defects/defects.ts'
import { type Run, simulate } from '../world.ts'
import { lawOf } from './report.ts'

export interface Found {
  readonly name: string
  /** The first town that found it. */
  readonly seed: number | undefined
  readonly law: number | undefined
  readonly says: string
}

export interface Search {
  readonly first: number
  readonly towns: number
  readonly minutes: number
  /** For those that need the real cloud. */
  readonly database: () => Promise<NonNullable<Run['database']>>
}

const houseMinutes = 1

/** Plants a defect in one town after another until a law breaks. */
export async function findDefect(name: string, { first, towns, minutes, database }: Search): Promise<Found> {
  const plant = plants[name]
  if (plant === undefined) throw new RangeError(`no defect ${name}`)
  for (let seed = first; seed < first + towns; seed += 1) {
    const defect = plant()
    // Nothing of the terminal is planted then: short towns will do.
    const house = defect.house === undefined ? { minutes } : { minutes: houseMinutes, database: await database() }
    const { failure } = await simulate({ seed, ...house, defect })
    if (failure !== undefined) return { name, seed, law: lawOf(failure), says: failure.message }
  }
  return { name, seed: undefined, law: undefined, says: '' }
}
