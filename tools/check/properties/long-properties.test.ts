import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, inject, it } from 'vitest'
import { root } from '../program.ts'
import { longProperties, longSequence, models } from './long-properties.ts'

describe('a long run of properties', () => {
  it('is none where it is not asked for', () => {
    expect(longProperties(['--units', 'core'])).toBeUndefined()
  })

  it('takes all of core and wire, or what is named', () => {
    const env = { PROPERTY_RUNS: '10000', PROPERTY_STEPS: '' }
    expect(longProperties(['--properties', '10000'])).toEqual({ env, rest: ['core/', 'wire/'] })
    expect(longProperties(['--properties', '10000', 'terminal'])).toEqual({ env, rest: ['terminal'] })
  })

  it('takes the command models with long sequences, five and more, each of them there', () => {
    expect(longProperties(['--models', '1000'])).toEqual({
      env: { PROPERTY_RUNS: '1000', PROPERTY_STEPS: '1' },
      rest: models,
    })
    expect(models.length).toBeGreaterThanOrEqual(5)
    for (const model of models) expect([model, existsSync(join(root, model))]).toEqual([model, true])
  })

  it.each([['--properties'], ['--properties', '0'], ['--models', 'many'], ['--models', '-1']])(
    'refuses %s %s',
    (...args) => {
      expect(() => longProperties(args)).toThrow('usage')
    },
  )

  it('makes every sequence of a model a hundred steps long, and no other list longer', () => {
    expect(longSequence({ maxLength: 14 })).toEqual({ minLength: 100, maxLength: 100 })
    expect(longSequence({ minLength: 50, maxLength: 400 })).toEqual({ minLength: 100, maxLength: 400 })
    expect([longSequence({ maxLength: 12 }), longSequence({})]).toEqual([{}, {}])
  })

  it('changes nothing of an ordinary run: a property is asked as often as it says', () => {
    let runs = 0
    fc.assert(
      fc.property(fc.integer(), () => void (runs += 1)),
      { numRuns: 7 },
    )
    expect(runs).toBeGreaterThanOrEqual(7)
  })

  it('draws the same cases in both tries of a run', () => {
    const drawn = (): readonly number[] => {
      const cases: number[] = []
      fc.assert(fc.property(fc.integer(), (one) => void cases.push(one)))
      return cases
    }
    expect(fc.readConfigureGlobal().seed).toBe(inject('properties').seed)
    expect(drawn()).toEqual(drawn())
  })
})
