import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { liveEvents } from './live.ts'
import { describeMessage, idOf, instants } from './shapes.testing.ts'

describeMessage('a live fact', {
  schema: liveEvents.fact,
  good: { cabinet: idOf('cabinet'), seq: 812, type: 'doorOpened', label: 'B07', at: instants.stored },
  also: [['one of no door', { label: null }]],
  bad: [
    ['who did it: a stream that stands on a screen names nobody', { person: idOf('person') }],
    ['which deposit', { deposit: idOf('deposit') }],
    ['a fact without a type', { type: '' }],
  ],
})

describeMessage('a compartment that changed', {
  schema: liveEvents.compartment,
  good: {
    cabinet: idOf('cabinet'),
    compartment: {
      id: idOf('compartment'),
      label: 'B07',
      size: 'M',
      epoch: 1,
      use: 'free',
      suspicion: null,
      door: 'shut',
      deposit: null,
      since: null,
    },
  },
  bad: [['a door alone', { compartment: { door: 'open' } }]],
})

describe('a stream that was away too long', () => {
  it('is told to load anew, and nothing else', () => {
    const reset = Compile(liveEvents.reset)
    expect(reset.Check({})).toBe(true)
    expect(reset.Check({ cursor: '184.3' })).toBe(false)
  })
})
