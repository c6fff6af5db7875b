import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readId } from '@holdfast/core/values/ids.ts'
import type { CabinetFactNews } from '../../cabinets/facts.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { openScratchPglite } from '../../platform/postgres/pglite.testing.ts'
import { addCabinet, announcement, createDeposit, createTown, phone } from '../parcels.testing.ts'

let db: Db
let seed = 1_000
beforeAll(async () => {
  db = await openScratchPglite()
})
afterAll(async () => await db.close())

/** Facts keep their journal's order; where batches end, when the announcement comes and what is told twice is chance. */
const mixes = fc.record({
  cuts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 8 }),
  announcedAfter: fc.integer({ min: 0, max: 6 }),
  repeats: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
  ending: fc.constantFrom('collected', 'refused', 'recalled'),
})

it('comes to the same end however facts, repetitions and a late announcement are mixed', async () => {
  await fc.assert(
    fc.asyncProperty(mixes, async ({ cuts, announcedAfter, repeats, ending }) => {
      seed += 1
      const town = createTown(db, seed)
      const place = addCabinet(town)
      const carrier = town.carriers[0].id
      const numbers = [`SF3000000${seed}01`, `SF3000000${seed}02`]
      const deposit = createDeposit(town, place, { carrier, numbers, from: 0 })
      const facts = [deposit.prepared(), deposit.made(), deposit.renewed(), deposit[ending]()]
      const batches = cut(facts, cuts)
      let announced = false
      for (const [i, batch] of batches.entries()) {
        if (i === announcedAfter) announced = (await town.parcels.announce(carrier, announcement(numbers[0] ?? ''))).ok
        await town.tell(batch)
        if (repeats.includes(i)) await town.tell(batches.slice(0, i + 1).flat())
      }
      if (!announced) await town.parcels.announce(carrier, announcement(numbers[0] ?? ''))
      for (const trackingNumber of numbers) {
        const parcel = await town.parcels.find(carrier, { trackingNumber })
        expect(parcel).toMatchObject({ state: ending, deposit: deposit.deposit })
        const told = (await town.news()).filter((news) => news.parcel === parcel?.id)
        expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, i) => i + 1))
        expect(told.map(({ type }) => type).filter((type) => type !== 'announced')).toEqual([
          'deposited',
          'code-renewed',
          ending,
        ])
      }
      const at = { cabinet: place.cabinet, deposit: deposit.deposit }
      expect(await town.parcels.codeOf(at)).toBeUndefined()
      expect(town.neighbours.recalls.get(place.cabinet) ?? []).toEqual(ending === 'refused' ? [deposit.deposit] : [])
    }),
    { numRuns: 25 },
  )
})

/** The journal comes in its order; the phone once, twice, late or in the middle of it. */
const carriages = fc.record({
  cuts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 9 }),
  carriedBefore: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
  spareTold: fc.boolean(),
})

it('does nothing twice for a deposit that a phone brings as well, whenever it does', async () => {
  await fc.assert(
    fc.asyncProperty(carriages, async ({ cuts, carriedBefore, spareTold }) => {
      seed += 1
      const town = createTown(db, seed)
      const place = addCabinet(town)
      const carrier = town.carriers[0].id
      const number = `SF3000000${seed}03`
      await town.parcels.announce(carrier, announcement(number))
      const deposit = createDeposit(town, place, { carrier, numbers: [number], from: 0 })
      const carried = [deposit.prepared(), deposit.moved(), deposit.made()]
      const batches = cut([...carried, deposit.collected()], cuts)
      const told = async () => (await town.news()).filter(({ deposit: of }) => of === deposit.deposit)
      for (let i = 0; i <= Math.max(batches.length, ...carriedBefore); i += 1) {
        if (carriedBefore.includes(i)) {
          await town.tell(carried, 'cabinet-carried')
          const found = await town.parcels.find(carrier, { trackingNumber: number })
          const id = readId('parcel', found?.id ?? '')
          if (spareTold && id !== undefined) await town.parcels.renewCode(phone, id)
        }
        await town.tell(batches[i] ?? [])
      }
      const types = (await told()).map(({ type }) => type)
      expect(types.filter((type) => type !== 'code-renewed')).toEqual(['deposited', 'collected'])
      expect(types.filter((type) => type === 'code-renewed').length).toBeLessThanOrEqual(1)
    }),
    { numRuns: 25 },
  )
})

it('tells the code as soon as the phone has brought it, though the journal lies far behind', async () => {
  seed += 1
  const town = createTown(db, seed)
  const place = addCabinet(town)
  const carrier = town.carriers[0].id
  await town.parcels.announce(carrier, announcement('SF3900000000009'))
  const deposit = createDeposit(town, place, { carrier, numbers: ['SF3900000000009'], from: 400 })
  await town.tell([deposit.prepared(), deposit.made()], 'cabinet-carried')
  expect(await town.parcels.codeOf({ cabinet: place.cabinet, deposit: deposit.deposit })).toMatchObject({
    code: '111111111',
  })
  const earlier = createDeposit(town, place, { carrier, numbers: ['SF3900000000010'], from: 10 })
  await town.tell([earlier.prepared(), earlier.made()])
  expect(await town.parcels.find(carrier, { trackingNumber: 'SF3900000000010' })).toMatchObject({ state: 'stored' })
})

it('makes one parcel of an announcement and a deposit that come at the same moment', async () => {
  seed += 1
  const town = createTown(db, seed)
  const place = addCabinet(town)
  const carrier = town.carriers[0].id
  const deposit = createDeposit(town, place, { carrier, numbers: ['SF3900000000001'], from: 0 })
  const [announced] = await Promise.all([
    town.parcels.announce(carrier, announcement('SF3900000000001')),
    town.tell([deposit.prepared(), deposit.made()]),
  ])
  expect(announced.ok).toBe(true)
  const found = await town.parcels.find(carrier, { trackingNumber: 'SF3900000000001' })
  expect(found).toMatchObject({ state: 'stored', deposit: deposit.deposit })
  expect(found?.announcedAt).not.toBeNull()
})

function cut(facts: readonly CabinetFactNews[], cuts: readonly number[]): readonly (readonly CabinetFactNews[])[] {
  const batches: (readonly CabinetFactNews[])[] = []
  let from = 0
  for (const size of [...cuts, facts.length]) {
    if (from < facts.length) batches.push(facts.slice(from, from + size))
    from += size
  }
  return batches
}
