import type { ActId } from '../seed/acts.ts'
import type { Tier } from '../seed/plan.ts'

export const usage = `usage: simulate [--seed N | --seeds A..B | --from WORD [--towns N]] [--tier stand-in|cloud] [--times N] [--minutes M]
                [--parcels N] [--seconds N] [--acts 0.1,5.3] [--faults a,b]

  --seed N      one town, with its story; a failing one is shrunk
  --seeds A..B  these towns (1..20 unless told; without end where --parcels or --seconds are given)
  --from WORD   twenty towns that nobody has played before, drawn from a commit or a day, after all that were kept
  --towns N     so many in place of twenty
  --tier T      stand-in: fast, each cabinet's cloud by the protocol alone; cloud: the real one on PGlite in memory
  --times N     each town so many times: its traces have to be equal (law 15)
  --minutes M   how long people and faults go on, in the town's time (20 unless told)
  --parcels N   until so many parcels were brought
  --seconds N   until so much time has passed here
  --acts        of all that the seed brings, only these
  --faults      these kinds, whatever the seed draws; "none" for a good day
  --points N    dies at every N-th store point of five flows; "all" at each
  --defects N   plants each known defect in up to N towns, and tells which found it`

export interface Options {
  readonly first: number
  readonly last: number
  /** One seed that somebody wants to understand. */
  readonly isReplay: boolean
  readonly minutes: number
  readonly parcels: number
  readonly seconds: number
  readonly only: ReadonlySet<ActId> | undefined
  readonly faults: readonly string[] | undefined
  /** Towns for each planted defect; undefined where none is planted. */
  readonly defects: number | undefined
  /** Every so many-th store point; undefined where towns are played. */
  readonly points: number | undefined
  readonly tier: Tier
  readonly times: number
  /** Kept towns come first. */
  readonly isFresh: boolean
}

/** Undefined where the words make no sense. */
export function readOptions(words: readonly string[]): Options | undefined {
  const given = new Map<string, string>()
  for (let at = 0; at < words.length; at += 2) {
    const [name = '', value] = [words[at], words[at + 1]]
    if (!names.includes(name) || value === undefined) return undefined
    given.set(name.slice(2), value)
  }
  const isReplay = given.has('seed')
  const endless = given.has('parcels') || given.has('seconds')
  const [first = '1', last = first] = (
    given.get('seed') ??
    given.get('seeds') ??
    freshRange(given.get('from'), Number(given.get('towns') ?? freshTowns)) ??
    (endless ? '1..999999999' : '1..20')
  ).split('..')
  const options = {
    first: Number(first),
    last: Number(last),
    isReplay,
    minutes: Number(given.get('minutes') ?? 20),
    parcels: Number(given.get('parcels') ?? Infinity),
    seconds: Number(given.get('seconds') ?? Infinity),
    only: actsOf(given.get('acts')),
    faults: given
      .get('faults')
      ?.split(',')
      .filter((kind) => kind !== 'none'),
    defects: given.has('defects') ? Number(given.get('defects')) : undefined,
    points: given.has('points') ? Math.max(1, Number(given.get('points')?.replace('all', '1'))) : undefined,
    tier: tierOf(given.get('tier') ?? 'stand-in'),
    times: Number(given.get('times') ?? 1),
    isFresh: given.has('from'),
  }
  const { minutes, parcels, seconds, tier, times } = options
  if (tier === undefined || !Number.isSafeInteger(times) || times < 1) return undefined
  const isSound =
    Number.isSafeInteger(options.first) && Number.isSafeInteger(options.last) && options.last >= options.first
  return isSound && minutes > 0 && parcels > 0 && seconds > 0 ? { ...options, tier } : undefined
}

const names = [
  '--seed',
  '--seeds',
  '--from',
  '--towns',
  '--tier',
  '--times',
  '--minutes',
  '--parcels',
  '--seconds',
  '--acts',
  '--faults',
  '--points',
  '--defects',
]

const tierOf = (text: string): Tier | undefined => (text === 'stand-in' || text === 'cloud' ? text : undefined)

const freshTowns = 20
const bases = 900_000_000

/** The same word draws the same towns; kept ones have small numbers, these have large ones. */
function freshRange(word: string | undefined, towns: number): string | undefined {
  if (word === undefined) return undefined
  const drawn = [...word].reduce((all, letter) => (Math.imul(all, 31) + letter.charCodeAt(0)) >>> 0, 7)
  const first = 1_000_000 + (drawn % bases)
  return `${first}..${first + towns - 1}`
}

const isAct = (text: string): text is ActId => /^\d+\.\d+$/.test(text)

function actsOf(list: string | undefined): ReadonlySet<ActId> | undefined {
  return list === undefined ? undefined : new Set(list.split(',').filter(isAct))
}
