import { describe, expect, it } from 'vitest'
import { after, durationMs, runningMs } from '../values/instants.ts'
import { issueAskedNonce, issueScreenNonce, noNonces, nonceLimits, type Nonces, spendNonce } from './nonces.ts'

const start = runningMs(1_000)
const bytes = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const screenOf = (...draws: readonly number[]): Nonces =>
  draws.reduce((nonces, n) => issueScreenNonce(nonces, start, bytes(n)), noNonces)
const text = (n: number): string => n.toString(16).padStart(2, '0').repeat(16)
const numberOf = (nonces: Nonces, n: number): string =>
  nonces.screen.find(({ nonce }) => nonce === text(n))?.number ?? ''
const later = (ms: number) => after(start, durationMs(ms))

describe('a nonce on the screen', () => {
  const shown = screenOf(1)
  const presented = { nonce: text(1), number: numberOf(shown, 1) }

  it('is 32 hex digits with a two-digit number beside it, never inside it', () => {
    expect(shown.screen).toEqual([{ nonce: text(1), number: expect.stringMatching(/^[0-9]{2}$/), issuedAt: start }])
    const apart = bytes(1).map((byte, i) => (i < 16 ? byte : 7))
    const [other] = issueScreenNonce(noNonces, start, apart).screen
    expect(other).toMatchObject({ nonce: text(1) })
    expect(other?.number).not.toBe(presented.number)
    const drawn = Uint8Array.from({ length: 32 }, (_, i) => (i < 16 ? 1 : i - 15))
    // 0x010203 is 66,051.
    expect(issueScreenNonce(noNonces, start, drawn).screen[0]?.number).toBe('51')
  })

  it.each([
    ['at once', 0, 'screen'],
    ['in its last moment', nonceLimits.screenLife - 1, 'screen'],
    ['after its life', nonceLimits.screenLife, 'stale'],
  ] as const)('presented %s is %s', (_, ms, freshness) => {
    expect(spendNonce(shown, presented, later(ms)).freshness).toBe(freshness)
  })

  it('is burnt by a wrong number, and by being used', () => {
    for (const number of ['xx', null, presented.number]) {
      const { nonces, freshness } = spendNonce(shown, { ...presented, number }, start)
      expect(freshness).toBe(number === presented.number ? 'screen' : 'wrong-number')
      expect(spendNonce(nonces, presented, start).freshness).toBe('stale')
    }
  })

  it('lives beside the two before it, and pushes out the third', () => {
    const four = screenOf(1, 2, 3, 4)
    expect(four.screen.map(({ nonce }) => nonce)).toEqual([text(4), text(3), text(2)])
    expect(spendNonce(four, presented, start).freshness).toBe('stale')
  })
})

describe('a nonce that was asked for', () => {
  const asked = issueAskedNonce(noNonces, start, bytes(9))
  const presented = { nonce: text(9), number: null }

  it.each([
    ['at once', 0, 'asked'],
    ['in its last moment', nonceLimits.askedLife - 1, 'asked'],
    ['after its life', nonceLimits.askedLife, 'stale'],
  ] as const)('presented %s is %s', (_, ms, freshness) => {
    expect(spendNonce(asked, presented, later(ms)).freshness).toBe(freshness)
  })

  it('is good once (law 6)', () => {
    const { nonces } = spendNonce(asked, presented, start)
    expect(spendNonce(nonces, presented, start).freshness).toBe('stale')
  })

  it('is no number of the screen, and leaves those alone', () => {
    const both = issueAskedNonce(screenOf(1), start, bytes(9))
    expect(spendNonce(both, presented, start).nonces.screen).toHaveLength(1)
    expect(both.asked[0]?.number).toBeNull()
  })

  it('stands among 32 at most', () => {
    const many = Array.from({ length: 40 }, (_, n) => n).reduce(
      (all, n) => issueAskedNonce(all, start, bytes(n)),
      noNonces,
    )
    expect(many.asked).toHaveLength(nonceLimits.askedOutstanding)
    expect(spendNonce(many, { nonce: text(7), number: null }, start).freshness).toBe('stale')
    expect(spendNonce(many, { nonce: text(8), number: null }, start).freshness).toBe('asked')
  })
})

it('that nobody ever showed is stale and spends nothing', () => {
  const shown = screenOf(1, 2)
  expect(spendNonce(shown, { nonce: text(77), number: '00' }, start)).toEqual({ nonces: shown, freshness: 'stale' })
})
