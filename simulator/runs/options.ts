import type { ActId } from '../seed/acts.ts'

export const usage = `usage: simulate [--seed N | --seeds A..B] [--minutes M] [--parcels N] [--seconds N] [--acts 0.1,5.3] [--faults a,b]

  --seed N      one town, with its story; a failing one is shrunk
  --seeds A..B  these towns (1..20 unless told; without end where --parcels or --seconds are given)
  --minutes M   how long people and faults go on, in the town's time (20 unless told)
  --parcels N   until so many parcels were brought
  --seconds N   until so much time has passed here
  --acts        of all that the seed brings, only these
  --faults      these kinds, whatever the seed draws; "none" for a good day
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
  }
  const { minutes, parcels, seconds } = options
  const isSound =
    Number.isSafeInteger(options.first) && Number.isSafeInteger(options.last) && options.last >= options.first
  return isSound && minutes > 0 && parcels > 0 && seconds > 0 ? options : undefined
}

const names = ['--seed', '--seeds', '--minutes', '--parcels', '--seconds', '--acts', '--faults', '--defects']

const isAct = (text: string): text is ActId => /^\d+\.\d+$/.test(text)

function actsOf(list: string | undefined): ReadonlySet<ActId> | undefined {
  return list === undefined ? undefined : new Set(list.split(',').filter(isAct))
}
