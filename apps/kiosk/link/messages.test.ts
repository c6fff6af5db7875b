import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ToScreen } from '@holdfast/wire/kiosk/show.ts'
import { createMessages } from './messages.ts'

describe('the stream of screens', () => {
  it('is the same in whatever pieces it comes', () => {
    const away = { v: 1, message: 'kiosk-away' } as const
    const stream = `: here\n\ndata: ${JSON.stringify(away)}\n\n: here\n\ndata: ${JSON.stringify(away)}\n\n`
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const heard: ToScreen[] = []
        const messages = createMessages((message) => heard.push(message))
        const at = [0, ...cuts.toSorted((left, right) => left - right), stream.length]
        for (const [i, end] of at.entries()) messages.take(stream.slice(at[i - 1] ?? 0, end))
        expect(heard).toEqual([away, away])
      }),
    )
  })
})
