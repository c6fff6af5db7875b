import { expect, it } from 'vitest'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import { phone } from '../parcels.testing.ts'
import { describeStory } from '../story.testing.ts'

describeStory('the wish for low doors, told at a kiosk', (story) => {
  const tell = async ({ cabinet, operator }: Place, deposit: DepositId, plain: unknown = { lowDoor: true }) => {
    const town = story.town()
    const handler = town.neighbours.handlers['low-doors']
    if (handler === undefined) throw new Error('nobody answers asks')
    const base = { v: 1, kind: 'low-doors', cabinet, incarnation: town.incarnation, ask: town.id('event') } as const
    return await handler({ cabinet, operator, plain, ask: { ...base, deposit, sealed: '' } })
  }
  const isKept = (of = phone): boolean => story.town().neighbours.wishes.get(of)?.lowDoor === true

  it.each(['waiting', 'collected'] as const)('is kept for the phone of a deposit that is %s', async (state) => {
    const place = story.place()
    const { made } = await story.stored(place)
    if (state === 'collected') await story.town().tell([made.collected()])
    expect(await tell(place, made.deposit)).toEqual({})
    expect(isKept()).toBe(true)
  })

  it('is kept for nobody where the deposit lies at another cabinet, or is none', async () => {
    const { made } = await story.stored(story.place())
    const elsewhere = story.place()
    expect(await tell(elsewhere, made.deposit)).toEqual({ refusal: 'phone-unreadable' })
    expect(await tell(elsewhere, story.town().id('deposit'))).toEqual({ refusal: 'phone-unreadable' })
    expect(isKept()).toBe(false)
  })

  it('is not taken from whoever was written to by mistake', async () => {
    const place = story.place()
    const { made, parcel } = await story.stored(place)
    await story.town().parcels.disown(phone, parcel.id)
    expect(await tell(place, made.deposit)).toEqual({ refusal: 'phone-unreadable' })
    expect(isKept()).toBe(false)
  })

  it('is no other wish', async () => {
    const place = story.place()
    const { made } = await story.stored(place)
    for (const plain of [{}, { lowDoor: false }, { alwaysConsents: true }, null])
      expect(await tell(place, made.deposit, plain)).toEqual({ refusal: 'ask-unreadable' })
    expect(isKept()).toBe(false)
  })
})
