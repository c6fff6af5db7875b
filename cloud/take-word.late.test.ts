import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { minutes } from '@holdfast/core/values/instants.ts'
import type { Message } from './notices/notices.ts'
import { addCabinet, announcement, createTown, phone } from './parcels/parcels.testing.ts'
import { phone as phoneOf } from './people/people.testing.ts'
import type { Db } from './platform/postgres/db.ts'
import { testEngines } from './platform/postgres/db.testing.ts'
import { takeWord } from './take-word.ts'

describe.each(await testEngines())('a text to a question that has been followed by another, on $name', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await db.query('truncate parcel, parcel_event, parcel_consent, parcel_deposit, parcel_stay, parcel_mark, outbox')
  })

  /** Asked about one cabinet, left unanswered, and asked about another. */
  async function askedTwice() {
    const town = createTown(db)
    const [{ id: carrier }] = town.carriers
    const [first, second] = ['North', 'South'].map((name) => {
      const place = { ...addCabinet(town), name }
      town.neighbours.places.set(place.cabinet, place)
      return place
    })
    const made = await town.parcels.announce(carrier, announcement('SF1234567890123'))
    if (!made.ok || first === undefined || second === undefined) throw new Error('no town')
    const parcel = made.value.id as ReturnType<typeof town.id<'parcel'>>
    await town.parcels.askElsewhere(carrier, first.cabinet, parcel)
    town.clock.advance(minutes(10))
    await town.parcels.askElsewhere(carrier, second.cabinet, parcel)
    const sent: Message[] = []
    const send = async (message: Message): Promise<void> => void sent.push(message)
    const text = async (word: 'accept' | 'decline', about?: string) => {
      const said = about === undefined ? { word } : { word, about }
      await takeWord({ parcels: town.parcels, send }, { ...said, phone: phoneOf(phone), reply: 'r1' })
      return sent.map(({ content }) => content)
    }
    const consent = async () => (await town.parcels.views([parcel]))[0]?.consent
    return { text, consent }
  }
  const late = { template: 'yes-too-late', cabinet: 'South', number: 2, tail: '0123', complaintPhone: '400-000' }

  it('that is a bare yes agrees to neither, and is told what would count', async () => {
    const { text, consent } = await askedTwice()
    expect([await text('accept'), await consent()]).toEqual([[expect.objectContaining(late)], 'asked'])
  })

  it('that names the former question agrees to neither, and is told so too', async () => {
    const { text, consent } = await askedTwice()
    expect([await text('accept', '1'), await consent()]).toEqual([[expect.objectContaining(late)], 'asked'])
  })

  it.each([
    ['accept', '2', 'given'],
    ['decline', undefined, 'declined'],
  ] as const)('that is %s %s counts, and needs no other text', async (word, about, state) => {
    const { text, consent } = await askedTwice()
    expect([await text(word, about), await consent()]).toEqual([[], state])
  })
})
