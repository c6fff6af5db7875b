import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type HelpNumber, helpNumbers, keepNumber } from './numbers.ts'

/** A browser's store, or one that refuses. */
function aStore(kept?: string) {
  let value = kept ?? null
  return () => ({ getItem: () => value, setItem: (_: string, text: string) => void (value = text) })
}
const refuses = () => {
  throw new Error('no storage here')
}
const at = (place: string, phone = '95338'): HelpNumber => ({ place, phone })

it('keeps the three cabinets that were shown last, newest first', () => {
  const store = aStore()
  for (const place of ['North', 'South', 'East', 'West']) keepNumber(at(place), store)
  expect(helpNumbers(store).map(({ place }) => place)).toEqual(['West', 'East', 'South'])
})

it('knows a cabinet once, by its newest number', () => {
  const store = aStore()
  keepNumber(at('North', '111'), store)
  keepNumber(at('South'), store)
  keepNumber(at('North', '222'), store)
  expect(helpNumbers(store)).toEqual([at('North', '222'), at('South')])
})

it('begins anew with what it cannot read, and goes on where nothing is kept', () => {
  for (const kept of ['', 'null', '{}', '7', '[1, null, {}]', '[{"place":"North"}]', '[{"place":"North","phone":""}]'])
    expect(helpNumbers(aStore(kept))).toEqual([])
  expect(helpNumbers(refuses)).toEqual([])
  expect(() => keepNumber(at('North'), refuses)).not.toThrow()
})

it('never fails and never grows, whatever stood there before', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.array(fc.string({ minLength: 1 })), (before, places) => {
      const store = aStore(before)
      for (const place of places) keepNumber(at(place), store)
      const kept = helpNumbers(store)
      expect(kept.length).toBeLessThanOrEqual(3)
      if (places.length > 0) expect(kept[0]).toEqual(at(places.at(-1) ?? ''))
    }),
  )
})
