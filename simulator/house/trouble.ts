import type { CloudFaults, Family } from '../faults/faults.ts'
import type { Chance } from '../seed/chance.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { CloudPoint, Trouble } from './life.ts'

/** How somebody outside takes what the house sends: well, not at all, late, or so that nobody hears that he did. */
export type Partner = 'well' | 'refuses' | 'fails' | 'slow' | 'unheard'

export interface Troubles extends Trouble {
  readonly letters: () => Partner
  readonly partners: () => Partner
  /** Dies at the n-th of these points from now on. */
  readonly dieAt: (death: Death) => void
  /** How often each point was passed. */
  readonly passed: ReadonlyMap<CloudPoint, number>
  readonly faults: (house: HouseTurns) => CloudFaults
}

export interface Death {
  readonly point: CloudPoint
  readonly in: number
  readonly how: 'before' | 'after'
}

export interface HouseTurns {
  readonly crash: () => void
  readonly start: () => Promise<void>
}

export const cloudFaultKinds: readonly string[] = [
  'cloud-crash',
  'cloud-crash-at-commit',
  'cloud-crash-at-publish',
  'cloud-crash-at-webhook',
  'cloud-crash-at-letter',
  'database-gone',
  'commits-unheard',
  'commits-refused',
  'broker-gone',
  'webhooks-refused',
  'webhooks-slow',
  'webhooks-unheard',
  'letters-fail',
  'letters-unheard',
]

interface State {
  database: 'well' | 'gone' | 'commits-unheard' | 'commits-refused'
  isBrokerGone: boolean
  partners: Partner
  letters: Partner
  death: { point: CloudPoint; left: number; how: 'before' | 'after' } | undefined
}

const well = (): State => ({
  database: 'well',
  isBrokerGone: false,
  partners: 'well',
  letters: 'well',
  death: undefined,
})

export function createTroubles(clock: VirtualClock, chance: Chance): Troubles {
  const state = well()
  const passed = new Map<CloudPoint, number>()
  const troubles: Omit<Troubles, 'faults'> = {
    statement: (isCommit) => {
      if (state.database === 'gone') return 'refused'
      if (!isCommit || state.database === 'well' || chance.happens(0.5)) return 'runs'
      return state.database === 'commits-unheard' ? 'runs unheard' : 'refused'
    },
    death: (point) => {
      passed.set(point, (passed.get(point) ?? 0) + 1)
      if (state.death?.point !== point) return undefined
      state.death.left -= 1
      if (state.death.left > 0) return undefined
      const { how } = state.death
      state.death = undefined
      return how
    },
    isBrokerGone: () => state.isBrokerGone,
    letters: () => state.letters,
    partners: () => state.partners,
    dieAt: ({ point, in: left, how }) => {
      state.death = { point, left, how }
    },
    passed,
  }
  return {
    ...troubles,
    faults: (house) => ({
      family: { ...deaths(state, house, clock), ...outages(state) },
      heal: async () => {
        Object.assign(state, well())
        await house.start()
      },
    }),
  }
}

/** The process dies, now or at a point of its work, and somebody starts it again. */
function deaths(state: State, { crash, start }: HouseTurns, clock: VirtualClock): Family {
  const turns = [crash, () => void start()] as const
  const at =
    (point: CloudPoint): Family[string] =>
    async (chance, lasting) => {
      state.death = { point, left: chance.between(1, 8), how: chance.happens(0.5) ? 'before' : 'after' }
      for (let waits = 40; waits > 0 && state.death !== undefined; waits -= 1) await clock.sleep(500)
      state.death = undefined
      await lasting(500, 10_000, turns)
    }
  return {
    'cloud-crash': (_chance, lasting) => lasting(500, 15_000, turns),
    'cloud-crash-at-commit': at('commit'),
    'cloud-crash-at-publish': at('publish'),
    'cloud-crash-at-webhook': at('webhook'),
    'cloud-crash-at-letter': at('letter'),
  }
}

function outages(state: State): Family {
  const set =
    (leastMs: number, mostMs: number, bad: Partial<State>): Family[string] =>
    (_chance, lasting) => {
      const good = well()
      const healthy = Object.fromEntries(Object.entries(good).filter(([name]) => name in bad))
      return lasting(leastMs, mostMs, [() => Object.assign(state, bad), () => Object.assign(state, healthy)])
    }
  return {
    'database-gone': set(500, 20_000, { database: 'gone' }),
    'commits-unheard': set(1_000, 10_000, { database: 'commits-unheard' }),
    'commits-refused': set(1_000, 10_000, { database: 'commits-refused' }),
    'broker-gone': set(1_000, 30_000, { isBrokerGone: true }),
    'webhooks-refused': set(2_000, 20_000, { partners: 'refuses' }),
    'webhooks-slow': set(2_000, 20_000, { partners: 'slow' }),
    'webhooks-unheard': set(2_000, 20_000, { partners: 'unheard' }),
    'letters-fail': set(2_000, 20_000, { letters: 'fails' }),
    'letters-unheard': set(2_000, 20_000, { letters: 'unheard' }),
  }
}
