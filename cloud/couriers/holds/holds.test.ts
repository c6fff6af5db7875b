import fc from 'fast-check'
import { expect, it } from 'vitest'
import { durationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import { askDoor, describeDay } from '../couriers.testing.ts'

describeDay('a door asked for', (db) => {
  const door = { label: 'A07', size: 'M' } as const
  type Asked = Awaited<ReturnType<typeof askDoor>>
  const unanswered = async ({ hear, order, place }: Asked, state = 'unanswered'): Promise<void> =>
    await hear('cabinet-orders', { order: { order, cabinet: place.cabinet, kind: 'hold', state, refusal: null } })
  const stateOf = async ({ mine }: Asked) => (await mine())?.holds[0]?.state

  it.each(['unanswered', 'refused'])(
    'is what the cabinet has made of it, though its order is told as %s',
    async (word) => {
      const day = await askDoor(db())
      await day.fact(day.wanted)
      await day.fact(day.granted, door)
      await unanswered(day, word)
      expect((await day.mine())?.holds).toMatchObject([{ state: 'held', label: 'A07', refusal: null }])
    },
  )

  it('comes out the same however the words of orders and of the journal are mixed', async () => {
    const steps = fc.integer({ min: 0, max: 4 })
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('used', 'expired', 'given-back'), async (when, why) => {
        await db().query('truncate courier_hold')
        const day = await askDoor(db())
        const facts = [
          async () => await day.fact(day.wanted),
          async () => await day.fact(day.granted, door),
          async () => await day.fact({ ...day.base, type: 'leaseLost' }),
          async () => await day.fact({ ...day.base, type: 'leaseEnded', why }),
        ]
        for (const [i, tell] of facts.entries()) {
          if (i === when) await unanswered(day)
          await tell()
        }
        if (when === facts.length) await unanswered(day)
        expect(await stateOf(day)).toBe(why)
      }),
      { numRuns: 15 },
    )
  })

  it('is taken up though its order was given up before the journal came', async () => {
    const day = await askDoor(db())
    await unanswered(day)
    expect(await stateOf(day)).toBe('refused')
    await day.fact(day.wanted)
    await day.fact(day.granted, door)
    expect((await day.mine())?.holds).toMatchObject([{ state: 'held', refusal: null }])
  })

  it('ends at the cabinet’s hour on the cloud’s clock: late news never shorten what is left', async () => {
    const day = await askDoor(db())
    await day.fact(day.wanted)
    const left = durationMs(minutes(20))
    day.clock.advance(minutes(7))
    await day.fact(day.granted, door)
    expect((await day.mine())?.holds[0]?.until).toBe(day.clock.now() + left)
  })

  it('that has ended is shown three hours from when it was asked for, and one that lives always', async () => {
    const day = await askDoor(db())
    await day.fact(day.wanted)
    day.clock.advance(hours(5))
    expect(await stateOf(day)).toBe('waiting')
    await day.fact({ ...day.base, type: 'leaseEnded', why: 'waited-out' })
    expect(await day.mine()).toMatchObject({ holds: [] })
  })

  it.each(['used', 'expired', 'given-back', 'waited-out'] as const)('that was %s cannot be given back', async (why) => {
    const day = await askDoor(db())
    await day.fact(day.wanted)
    await day.fact({ ...day.base, type: 'leaseEnded', why })
    expect(await day.couriers.giveBack(day.person, day.order)).toEqual({ ok: false, refusal: 'hold-unknown' })
    expect(day.script.given).toEqual([])
  })

  it('of one courier is no other’s to give back, nor shown to him (law 11)', async () => {
    const day = await askDoor(db())
    await day.fact(day.wanted)
    await day.fact(day.granted, door)
    const stranger = day.id('person')
    expect(await day.couriers.giveBack(stranger, day.order)).toEqual({ ok: false, refusal: 'hold-unknown' })
    expect((await day.couriers.cabinets(stranger))[0]?.holds).toEqual([])
    expect(JSON.stringify(await day.couriers.cabinets(stranger))).not.toContain(day.person)
  })

  it('takes a door from those who look, its own size of door, and never below none', async () => {
    const day = await askDoor(db())
    await day.fact(day.wanted)
    await day.fact(day.granted, { label: 'C01', size: 'L' })
    const seen = async () => (await day.couriers.cabinets(day.id('person')))[0]?.free
    expect(await seen()).toMatchObject({ S: 2, M: 1, L: 0 })
    day.script.set({ free: { S: 2, L: 1 } })
    expect(await seen()).toMatchObject({ L: 0 })
  })

  it('is one hold where the cabinet’s word and the answer to the asking come at the same moment', async () => {
    const day = await askDoor(db())
    await Promise.all([day.fact(day.wanted), day.fact(day.wanted), day.mine()])
    expect((await day.mine())?.holds).toHaveLength(1)
  })

  it('of a cabinet that has lost its place is not shown', async () => {
    const day = await askDoor(db())
    day.script.ports.cabinets.places = async () => new Map()
    expect(await day.couriers.cabinets(day.person)).toEqual([])
  })
})
