import { describe, expect, it } from 'vitest'
import { kinds, parseCommand } from './command.ts'

describe('npm run crash', () => {
  it('ends everything as often as the figures ask', () => {
    const { only, rounds, minutes, atOnce } = parseCommand([])
    expect([only, minutes, atOnce]).toEqual([kinds, Number.POSITIVE_INFINITY, false])
    expect(kinds.map(rounds)).toEqual([500, 200, 50, 100])
  })

  it('has a short form of every kind, a thirtieth or more of the long one', () => {
    const [long, short] = [parseCommand([]), parseCommand(['--short'])]
    for (const kind of kinds) {
      expect([kind, short.rounds(kind) * 70 >= long.rounds(kind)]).toEqual([kind, true])
      expect([kind, short.rounds(kind) < long.rounds(kind)]).toEqual([kind, true])
    }
  })

  it('takes kinds, rounds and minutes', () => {
    const { only, rounds, minutes } = parseCommand(['--only', 'terminal', '--rounds', '7', '--minutes', '4'])
    expect([only, rounds('terminal'), minutes]).toEqual([['terminal'], 7, 4])
  })

  it.each([
    ['--only', 'kiosk'],
    ['--only', 'terminal,'],
    ['--rounds', '0'],
    ['--rounds', '-1'],
    ['--rounds'],
    ['--minutes', 'long'],
  ])('refuses %s %s', (...args) => {
    expect(() => parseCommand(args)).toThrow('usage')
  })
})
