import { describe, expect, it } from 'vitest'
import { createChance } from '../seed/chance.ts'
import { createVirtualClock } from '../seed/clock.ts'
import { cloudFaultKinds, createTroubles } from './trouble.ts'

function open() {
  const clock = createVirtualClock()
  const troubles = createTroubles(clock, createChance(1))
  const turns: string[] = []
  const faults = troubles.faults({ crash: () => turns.push('crash'), start: async () => void turns.push('start') })
  /** Turned on by `lasting` and left so: what is on is looked at by the caller. */
  const strike = async (kind: string): Promise<void> => {
    const work = faults.family[kind]?.(createChance(2), async (_least, _most, [on]) => on())
    await clock.run(clock.now() + 60_000, () => {})
    await work
  }
  return { troubles, faults, turns, strike }
}

const commits = (troubles: ReturnType<typeof open>['troubles']) =>
  new Set(Array.from({ length: 40 }, () => troubles.statement(true)))

describe('the troubles of a cloud', () => {
  it('are none until one strikes', () => {
    const { troubles } = open()
    expect([...commits(troubles), troubles.statement(false)]).toEqual(['runs', 'runs'])
    expect(troubles.death('commit')).toBeUndefined()
    expect([troubles.isBrokerGone(), troubles.letters(), troubles.partners()]).toEqual([false, 'well', 'well'])
  })

  it('let it die at the n-th point of one kind, once, and count them all', () => {
    const { troubles } = open()
    troubles.dieAt({ point: 'commit', in: 3, how: 'after' })
    expect(troubles.death('publish')).toBeUndefined()
    expect([1, 2, 3, 4].map(() => troubles.death('commit'))).toEqual([undefined, undefined, 'after', undefined])
    expect(Object.fromEntries(troubles.passed)).toEqual({ publish: 1, commit: 4 })
  })

  it.each([
    ['commits-unheard', ['runs', 'runs unheard'], 'runs'],
    ['commits-refused', ['refused', 'runs'], 'runs'],
    ['database-gone', ['refused'], 'refused'],
  ])('by %s answer commits with %j', async (kind, answers, reads) => {
    const { troubles, faults, strike } = open()
    await strike(kind)
    expect([...commits(troubles)].toSorted()).toEqual(answers)
    expect(troubles.statement(false)).toBe(reads)
    await faults.heal()
    expect([...commits(troubles)]).toEqual(['runs'])
  })

  it.each([
    ['webhooks-refused', 'well', 'refuses'],
    ['webhooks-slow', 'well', 'slow'],
    ['webhooks-unheard', 'well', 'unheard'],
    ['letters-fail', 'fails', 'well'],
    ['letters-unheard', 'unheard', 'well'],
  ])('by %s reach only those outside', async (kind, letters, partners) => {
    const { troubles, strike } = open()
    await strike(kind)
    expect([troubles.letters(), troubles.partners(), troubles.statement(true)]).toEqual([letters, partners, 'runs'])
  })

  it('are known by their names, and healing starts what has died', async () => {
    const { faults, turns, strike } = open()
    expect(Object.keys(faults.family).toSorted()).toEqual([...cloudFaultKinds].toSorted())
    await strike('cloud-crash')
    await faults.heal()
    expect(turns).toEqual(['crash', 'start'])
  })
})
