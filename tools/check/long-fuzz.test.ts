import { describe, expect, it } from 'vitest'
import { longFuzz } from './long-fuzz.ts'

describe('a long fuzz', () => {
  it('is none where it is not asked for', () => {
    expect(longFuzz(['--units', 'core'])).toBeUndefined()
  })

  it('takes its times, and a fresh seed that is said', () => {
    expect(longFuzz(['--fuzz', '100'], 77)).toEqual({ env: { FUZZ_TIMES: '100', FUZZ_SEED: '77' }, rest: [] })
    expect(longFuzz(['--fuzz', '2'], 2 ** 31 + 5)?.env.FUZZ_SEED).toBe('5')
  })

  it('plays a seed again, and leaves other arguments alone', () => {
    expect(longFuzz(['--units', '--fuzz', '3', '--seed', '9', 'boards'])).toEqual({
      env: { FUZZ_TIMES: '3', FUZZ_SEED: '9' },
      rest: ['--units', 'boards'],
    })
  })

  it.each([['--fuzz'], ['--fuzz', '0'], ['--fuzz', 'long'], ['--fuzz', '1', '--seed', '-1']])(
    'refuses %s %s',
    (...args) => {
      expect(() => longFuzz(args)).toThrow('usage')
    },
  )
})
