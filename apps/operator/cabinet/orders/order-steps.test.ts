import { describe, expect, it } from 'vitest'
import { stepsOf } from './order-steps.ts'

const told = (state: Parameters<typeof stepsOf>[0]['state']): string =>
  stepsOf({ state })
    .map((step) => `${step.word}:${step.state}`)
    .join(' ')

describe('the way of an order', () => {
  it.each([
    ['asked', 'asked:now sent:ahead accepted:ahead outcome:ahead'],
    ['accepted', 'asked:done sent:done accepted:now outcome:ahead'],
    ['opened', 'asked:done sent:done accepted:done opened:good'],
    ['not-opened', 'asked:done sent:done accepted:done not-opened:bad'],
    ['unknown', 'asked:done sent:done accepted:done unknown:bad'],
    ['done', 'asked:done sent:done accepted:done done:good'],
    ['refused', 'refused:bad'],
    ['unanswered', 'unanswered:bad'],
  ] as const)('%s: %s', (state, steps) => expect(told(state)).toBe(steps))
})
