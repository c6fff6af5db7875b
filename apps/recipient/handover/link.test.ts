import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkOf, tokenIn } from './link.ts'

const tokens = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/)

describe('the link of a pickup handed over', () => {
  it('carries its secret after the #, where no server sees it, and gives it back', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const url = new URL(linkOf('https://parcels.example/recipient/?from=sms#settings', token))
        expect(url.pathname + url.search).not.toContain(token)
        expect(tokenIn(url.hash.slice(1))).toBe(token)
      }),
    )
  })

  it.each(['', 'settings', 'take/', 'take/short', `take/${'a'.repeat(23)}`, `take/${'a'.repeat(21)}!`, 'k/cab_1.00'])(
    'is not %j',
    (where) => {
      expect(tokenIn(where)).toBeUndefined()
    },
  )
})
