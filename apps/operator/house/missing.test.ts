import { describe, expect, it } from 'vitest'
import { type House, isReady, stepsOf } from './missing.ts'

const empty: House = { cabinets: [], carriers: [], couriers: 0, colleagues: 1 }
const key = { id: 'key_1', hint: 'abcd', createdAt: 1 }
const endpoint = { id: 'end_1', url: 'https://x', types: [], disabledAt: null, lastDeliveredAt: null, waiting: 0 }
const carrier = { kept: true, keys: [key], endpoints: [] }
const openOf = (house: House) => stepsOf(house).flatMap(({ name, done }) => (done ? [] : [name]))

describe('what is still missing in a house', () => {
  it('is everything at first, in the order in which one does it', () => {
    expect(openOf(empty)).toEqual(['cabinet', 'terminal', 'carrier', 'courier', 'endpoint', 'colleague'])
    expect(isReady(stepsOf(empty))).toBe(false)
  })

  it.each<[string, Partial<House>, string]>([
    ['a cabinet', { cabinets: [{ enrolled: false }] }, 'cabinet'],
    ['a terminal that enrolled', { cabinets: [{ enrolled: false }, { enrolled: true }] }, 'terminal'],
    ['a carrier with a key', { carriers: [carrier] }, 'carrier'],
    ['a courier', { couriers: 1 }, 'courier'],
    ['an endpoint', { carriers: [{ ...carrier, endpoints: [endpoint] }] }, 'endpoint'],
    ['a colleague', { colleagues: 2 }, 'colleague'],
  ])('%s takes its line off', (_what, change, name) => {
    expect(openOf({ ...empty, ...change })).not.toContain(name)
  })

  it.each<[string, House['carriers'][number], string]>([
    ['a carrier that another looks after', { ...carrier, kept: false }, 'carrier'],
    ['a carrier without a key', { ...carrier, keys: [] }, 'carrier'],
    ['an endpoint that is switched off', { ...carrier, endpoints: [{ ...endpoint, disabledAt: 3 }] }, 'endpoint'],
  ])('%s does not', (_what, one, name) => {
    expect(openOf({ ...empty, carriers: [one] })).toContain(name)
  })

  it('is nothing that matters once a parcel could come, though endpoint and colleagues are offered', () => {
    const house = { cabinets: [{ enrolled: true }], carriers: [carrier], couriers: 1, colleagues: 1 }
    expect(openOf(house)).toEqual(['endpoint', 'colleague'])
    expect(isReady(stepsOf(house))).toBe(true)
  })
})
