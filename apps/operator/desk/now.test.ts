import { describe, expect, it } from 'vitest'
import { ago } from './now.tsx'

describe('how long ago', () => {
  const now = 1_790_000_000_000
  it.each([
    [0, 'now'],
    [59_000, 'now'],
    [12 * 60_000, '12 min. ago'],
    [3 * 3_600_000 + 1, '3 hr. ago'],
    [24 * 3_600_000, 'yesterday'],
    [-90_000, 'now'],
  ])('says of %d ms: %s', (past, said) => expect(ago(now - past, now, 'en')).toBe(said))

  it('says it in the language asked for', () => {
    expect(ago(now - 720_000, now, 'zh')).toBe('12分钟前')
    expect(ago(now - 720_000, now, 'ko')).toBe('12분 전')
  })
})
