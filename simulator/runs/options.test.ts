import { expect, it } from 'vitest'
import { readOptions } from './options.ts'

it('plays twenty towns unless told, and one with its story for a seed', () => {
  expect(readOptions([])).toMatchObject({ first: 1, last: 20, minutes: 20, isReplay: false })
  expect(readOptions(['--seed', '7'])).toMatchObject({ first: 7, last: 7, isReplay: true })
})

it('has no last seed where parcels or seconds end it', () => {
  expect(readOptions(['--parcels', '500'])).toMatchObject({ parcels: 500, seconds: Infinity })
  expect(readOptions(['--seconds', '60'])?.last).toBeGreaterThan(1_000_000)
  expect(readOptions(['--seconds', '60', '--seeds', '5..9'])).toMatchObject({ first: 5, last: 9 })
})

it('takes acts and faults as lists, and "none" as a good day', () => {
  expect(readOptions(['--acts', '0.1,5.22,x'])?.only).toEqual(new Set(['0.1', '5.22']))
  expect(readOptions(['--faults', 'cut,jammed'])?.faults).toEqual(['cut', 'jammed'])
  expect(readOptions(['--faults', 'none'])?.faults).toEqual([])
  expect(readOptions([])).toMatchObject({ only: undefined, faults: undefined })
})

it.each([[['--sed', '1']], [['--seed']], [['--seeds', '9..1']], [['--minutes', '0']], [['--seed', 'x']]])(
  'makes no sense of %j',
  (words) => {
    expect(readOptions(words)).toBeUndefined()
  },
)
