import { describe, expect, it } from 'vitest'
import { parseCommand } from './command.ts'

describe('npm run mutate', () => {
  it('asks all of core, unless told otherwise', () => {
    const most = { count: Number.POSITIVE_INFINITY, share: 100, seed: 1, least: 0 }
    expect(parseCommand([])).toEqual({ only: ['core'], tests: ['core'], ...most })
  })

  it.each([
    [['--only', 'core/door/door.ts'], ['core']],
    [['--only', 'cloud/parcels/facts,cloud/parcels/rows'], ['cloud/parcels']],
    [['--only', 'terminal/terminal.ts'], ['terminal']],
    [['--only', 'cloud/parcels', '--tests', 'cloud/cabinets'], ['cloud/cabinets']],
  ])('asks the tests beside: %j', (args, tests) => {
    expect(parseCommand(args).tests).toEqual(tests)
  })

  it('takes a share or a number of them, by a seed', () => {
    expect(parseCommand(['--share', '10', '--seed', '7'])).toMatchObject({ share: 10, seed: 7 })
    expect(parseCommand(['--count', '100', '--least', '90'])).toMatchObject({ count: 100, least: 90 })
  })

  it.each([[['--share']], [['--share', 'half']], [['--all', '1']], [['core']]])('refuses %j', (args) => {
    expect(() => parseCommand(args)).toThrow('usage')
  })
})
