import { expect, it } from 'vitest'
import { aView, createDay, describeDay } from '../couriers.testing.ts'

describeDay('the list of a courier with several employers', (db) => {
  /** A1 and both's are announced by the first, B1 and both's by the second, C1 by a carrier he does not work for. */
  function workingForTwo() {
    const day = createDay(db())
    const { script, id, carrier: first, place, couriers } = day
    const [second, other, person] = [id('carrier'), id('carrier'), id('person')]
    script.own.employers = [first, second]
    for (const [number, sender] of [
      ['A1', first],
      ['B1', second],
      ['C1', other],
      ['BOTH', second],
      ['BOTH', first],
    ] as const) {
      const parcel = id('parcel')
      script.views.set(parcel, aView({ id: parcel, trackingNumber: number }))
      script.own.senders.set(parcel, sender)
    }
    const add = async (numbers: readonly string[], carrier?: typeof first) => {
      const outcome = await couriers.addToRound(person, { cabinet: place.cabinet, carrier, numbers })
      if (!outcome.ok) return outcome.refusal
      const listed = outcome.value.items.map(({ parcel, trackingNumber }) => {
        const sender = script.own.senders.get(parcel)
        return `${trackingNumber} ${sender === first ? 'first' : sender === second ? 'second' : 'other'}`
      })
      return { listed: listed.toSorted(), unknown: outcome.value.unknown }
    }
    return { ...day, first, second, other, person, add }
  }

  it('takes what any of them announced, and nobody else’s', async () => {
    const { add } = workingForTwo()
    expect(await add(['A1', 'B1', 'C1', 'X1'])).toEqual({ listed: ['A1 first', 'B1 second'], unknown: ['C1', 'X1'] })
  })

  it('takes the parcel of the first where two have the same number, unless one is named', async () => {
    expect(await workingForTwo().add(['BOTH'])).toEqual({ listed: ['BOTH first'], unknown: [] })
    await db().query('truncate courier_round')
    const { add, second } = workingForTwo()
    expect(await add(['BOTH', 'A1'], second)).toEqual({ listed: ['BOTH second'], unknown: ['A1'] })
  })

  it('asks each one’s recipients in that one’s name', async () => {
    const { add, couriers, person, script, first, second } = workingForTwo()
    await add(['A1', 'B1'])
    expect((await couriers.askRound(person)).asked).toBe(2)
    expect(script.own.askers.toSorted()).toEqual([first, second].toSorted())
  })

  it('is no stranger’s: neither by a carrier that he does not work for, nor by working for none', async () => {
    const { add, other, script } = workingForTwo()
    expect(await add(['C1'], other)).toBe('carrier-not-yours')
    script.own.employers = []
    expect(await add(['A1'])).toBe('carrier-not-yours')
  })
})
