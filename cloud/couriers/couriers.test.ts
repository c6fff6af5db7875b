import { minutes } from '@holdfast/core/values/instants.ts'
import type { Parcel as ParcelView } from '@holdfast/wire/http/parcels.ts'
import { describe, expect, it } from 'vitest'
import { askDoor, aView, createDay, describeDay } from './couriers.testing.ts'
import { roundKept } from './couriers.ts'

const at = 1_000_000

describeDay("a courier's day", (db) => {
  const asked = async () => await askDoor(db())

  describe('a door asked for', () => {
    it('says asked until the cabinet has spoken, then waiting, then held with its label and end', async () => {
      const { mine, fact, wanted, granted, clock } = await asked()
      expect((await mine())?.holds).toMatchObject([{ state: 'asked', size: 'M', until: null }])
      await fact(wanted)
      expect((await mine())?.holds).toMatchObject([{ state: 'waiting' }])
      await fact(granted, { label: 'A07', size: 'M' })
      const until = clock.now() + minutes(20)
      expect((await mine())?.holds).toMatchObject([{ state: 'held', label: 'A07', until }])
    })

    it('is the same told twice, and known where its cabinet was quicker than its answer', async () => {
      const { mine, fact, wanted, granted } = await asked()
      for (const event of [wanted, granted, wanted, granted]) await fact(event, { label: 'A07', size: 'M' })
      expect((await mine())?.holds).toHaveLength(1)
    })

    it('waits again where its door fell ill', async () => {
      const { mine, fact, wanted, granted, base } = await asked()
      for (const event of [wanted, granted]) await fact(event, { label: 'A07', size: 'M' })
      await fact({ ...base, type: 'leaseLost' })
      expect((await mine())?.holds).toMatchObject([{ state: 'waiting', label: null, until: null }])
    })

    it.each(['used', 'expired', 'given-back', 'waited-out'] as const)('ends as %s', async (why) => {
      const { mine, fact, wanted, base } = await asked()
      await fact(wanted)
      await fact({ ...base, type: 'leaseEnded', why })
      expect((await mine())?.holds).toMatchObject([{ state: why }])
    })

    it.each([
      ['refused', 'order-hold-limit', 'order-hold-limit'],
      ['unanswered', null, 'unanswered'],
    ])('is no hold where its order is %s', async (state, refusal, shown) => {
      const { mine, hear, order, place } = await asked()
      await hear('cabinet-orders', { order: { order, cabinet: place.cabinet, kind: 'hold', state, refusal } })
      expect((await mine())?.holds).toMatchObject([{ state: 'refused', refusal: shown }])
    })

    it('is left alone by other orders', async () => {
      const { mine, hear, order, place } = await asked()
      await hear('cabinet-orders', { order: { order, cabinet: place.cabinet, kind: 'open', state: 'refused' } })
      expect((await mine())?.holds).toMatchObject([{ state: 'asked' }])
    })
  })

  describe('what others see of it', () => {
    it('one door less, one who waits, and no hold of theirs', async () => {
      const { couriers, fact, wanted, granted, id, mine } = await asked()
      await fact(wanted)
      const stranger = id('person')
      const seen = async () => (await couriers.cabinets(stranger))[0]
      expect(await seen()).toMatchObject({ free: { S: 2, M: 1, L: 0, XL: 0 }, waiting: 1, holds: [] })
      await fact(granted, { label: 'A07', size: 'M' })
      expect(await seen()).toMatchObject({ free: { S: 2, M: 0 }, waiting: 0, holds: [] })
      expect((await mine())?.free.M).toBe(1)
    })

    it('nothing to give back', async () => {
      const { couriers, id, order, person, script } = await asked()
      expect(await couriers.giveBack(id('person'), order)).toEqual({ ok: false, refusal: 'hold-unknown' })
      expect(script.given).toEqual([])
      expect((await couriers.giveBack(person, order)).ok).toBe(true)
      expect(script.given).toEqual([order])
    })
  })

  it.each([
    ['for a carrier that does not employ him', { carrier: true }, undefined, 'carrier-not-yours'],
    ['of a cabinet that is not there', {}, 'cabinet-unknown', 'cabinet-not-there'],
    ['of a cabinet out of reach', {}, 'cabinet-offline', 'hold-not-asked'],
  ] as const)('refuses a door %s', async (_name, wish, answer, refusal) => {
    const day = createDay(db())
    if (answer !== undefined) day.script.set({ answer: { ok: false, refusal: answer } })
    const carrier = 'carrier' in wish ? day.id('carrier') : day.carrier
    const outcome = await day.couriers.hold(day.id('person'), { cabinet: day.place.cabinet, carrier, size: 'S' })
    expect(outcome).toEqual({ ok: false, refusal })
  })

  describe('the list of the morning', () => {
    async function loaded(...consents: readonly ParcelView['consent'][]) {
      const day = createDay(db())
      const person = day.id('person')
      const numbers = consents.map((consent, i) => {
        const id = day.id('parcel')
        const trackingNumber = `SF100000000${i}`
        day.script.views.set(id, aView({ id, trackingNumber, consent }))
        return trackingNumber
      })
      const add = async (list: readonly string[], cabinet = day.place.cabinet, carrier = day.carrier) =>
        await day.couriers.addToRound(person, { cabinet, carrier, numbers: list })
      return { ...day, person, numbers, add }
    }

    it('names what goes along and what nobody announced', async () => {
      const { add, numbers, couriers, person } = await loaded('none', 'given')
      expect(await add([...numbers, 'X1', 'X1'])).toMatchObject({ ok: true, value: { unknown: ['X1'] } })
      expect((await couriers.round(person)).items.map(({ consent }) => consent)).toEqual(['none', 'given'])
    })

    it('asks all by one action', async () => {
      const { add, numbers, couriers, person, script } = await loaded('none', 'none', 'asked')
      await add(numbers)
      expect((await couriers.askRound(person)).asked).toBe(3)
      expect(script.asked.map((each) => each.length)).toEqual([3])
    })

    it('is one day’s and one courier’s', async () => {
      const { add, numbers, couriers, person, clock, id } = await loaded('none')
      await add(numbers)
      expect((await couriers.round(id('person'))).items).toEqual([])
      clock.advance(roundKept)
      expect((await couriers.round(person)).items).toEqual([])
    })

    it('loses what is dropped, and refuses strangers', async () => {
      const { add, numbers, couriers, person, script, id } = await loaded('none')
      await add(numbers)
      const [parcel] = script.views.keys()
      const left = await couriers.dropFromRound(person, parcel as ReturnType<typeof id<'parcel'>>)
      expect(left.items).toEqual([])
      expect(await add(numbers, id('cabinet'))).toEqual({ ok: false, refusal: 'cabinet-not-there' })
      expect(await add(numbers, undefined, id('carrier'))).toEqual({ ok: false, refusal: 'carrier-not-yours' })
    })
  })

  describe('a message that cannot be delivered', () => {
    async function made(status: 'sent' | 'delivered' | 'undeliverable', isThere: boolean) {
      const day = createDay(db())
      const [deposit, person] = [day.id('deposit'), day.id('person')]
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the watch reads the person alone.
      const news = {
        cabinet: day.place.cabinet,
        event: { type: 'depositMade', deposit, by: 'person', at },
        context: { person },
      } as never
      const event = { cursor: '1-1', topic: 'cabinet-facts', key: day.place.cabinet, payload: news, at: 0 }
      if ('handle' in day.missed.consumer) await day.missed.consumer.handle(undefined as never, event)
      if (isThere) day.script.set({ session: { cabinet: day.place.cabinet, session: day.id('session') } })
      day.script.notices.set(deposit, status)
      return { ...day, deposit, person }
    }

    it('is told once to the kiosk where its courier stands', async () => {
      const { missed, script, deposit, person } = await made('undeliverable', true)
      expect([await missed.look(), await missed.look()]).toEqual([1, 0])
      expect(script.told).toEqual([{ kind: 'notice-missed', person, deposit }])
    })

    it.each([
      ['to nobody where the courier has left', 'undeliverable', false],
      ['by no word while it is on its way', 'sent', true],
      ['by no word where it arrived', 'delivered', true],
    ] as const)('is told %s', async (_name, status, isThere) => {
      const { missed, script } = await made(status, isThere)
      expect(await missed.look()).toBe(0)
      expect(script.told).toEqual([])
    })

    it('is not looked for longer than a courier stays about', async () => {
      const { missed, clock, script } = await made('sent', true)
      clock.advance(minutes(10))
      for (const deposit of script.notices.keys()) script.notices.set(deposit, 'undeliverable')
      expect(await missed.look()).toBe(0)
    })
  })
})
