import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idToUuid, makeId, type PersonId } from '@holdfast/core/values/ids.ts'
import { after, durationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { createPhones } from './phones.ts'
import { carrier, emptyPeople, type Ground, otherCarrier, peopleOn, phone, seals, start } from '../people.testing.ts'
import { employmentTopic, wishesTopic } from '../people.ts'

const li = phone('+8613812345678')
const kim = phone('+821012345678')
// The number is Korean.
const defaults = { locale: 'ko', lowDoor: false, alwaysConsents: false }

describe.each(await testEngines())('a person on $name', (engine) => {
  let db: Db
  let ground: Ground
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
  })
  afterAll(async () => await db.close())

  const hire = async (of = carrier, more: { outlet?: string } = {}, who = li): Promise<PersonId> =>
    await ground.people.createCourier({ phone: who, name: 'Li', carrier: of, ...more })
  const employers = async (person: PersonId) => (await ground.people.employmentsOf(person)).map(({ carrier: of }) => of)
  const told = async (topic: string) => await db.query('select payload from outbox where topic = $1', [topic])

  it('is one for a phone, however many make it at the same moment', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, async () => await hire()))
    expect(new Set(made).size).toBe(1)
    expect(await db.query('select from person')).toHaveLength(1)
    expect(await ground.people.personByPhone(li)).toBe(made[0])
  })

  it('is employed once by a carrier, however often a configuration says so at each start', async () => {
    const person = await hire(carrier, { outlet: 'East' })
    ground.clock.advance(hours(1))
    await hire(carrier, { outlet: 'East' })
    expect(await ground.people.employmentsOf(person)).toEqual([{ carrier, outlet: 'East' }])
  })

  it('is employed once though two desks say so at the same moment', async () => {
    const person = await hire(otherCarrier)
    ground.clock.advance(minutes(1))
    await Promise.all([hire(), hire(), hire()])
    expect((await employers(person)).toSorted()).toEqual([carrier, otherCarrier].toSorted())
  })

  it('may want low doors without an account, keeps what else it wished, and has its parcels told', async () => {
    await ground.people.wantLowDoors(kim)
    expect(await ground.people.wishesOf(kim)).toEqual({ ...defaults, lowDoor: true })
    const person = await hire(carrier, {}, li)
    await ground.people.wantLowDoors(li)
    expect([await ground.people.personByPhone(li), (await ground.people.wishesOf(li)).lowDoor]).toEqual([person, true])
    expect(await told(wishesTopic)).toHaveLength(2)
  })

  it('works for each employer until that one ends it, and may begin again', async () => {
    const person = await hire()
    await hire(otherCarrier)
    await ground.people.endEmployment(person, carrier)
    expect(await employers(person)).toEqual([otherCarrier])
    await ground.people.endEmployment(person, otherCarrier)
    expect(await employers(person)).toEqual([])
    ground.clock.advance(minutes(1))
    await hire()
    expect(await employers(person)).toEqual([carrier])
  })

  it('is dismissed once, told twice: the others hear of it, and nothing personal (law 14)', async () => {
    const person = await hire()
    await ground.people.endEmployment(person, carrier)
    await ground.people.endEmployment(person, carrier)
    const news = await told(employmentTopic)
    expect(news[0]).toEqual({ payload: { person, carrier } })
    expect(JSON.stringify(news)).not.toContain('138')
  })

  it('is listed among those who always consent, page by page, each once', async () => {
    const all = []
    for (let i = 0; i < 5; i += 1) all.push(await hire(carrier, {}, phone(`+86138123456${70 + i}`)))
    const consenting = all.filter((_, i) => i !== 2).sort((left, right) => left.localeCompare(right))
    for (const person of consenting)
      await db.query('update person set always_consents = true where person = $1', [idToUuid(person)])
    const seen: PersonId[] = []
    for (let page = [...consenting]; page.length > 0;) {
      page = [...(await ground.people.consenters({ after: seen.at(-1) ?? null, most: 3 }))]
      seen.push(...page)
    }
    expect(seen).toEqual(consenting)
  })

  it('is not dismissed by a carrier that never employed it', async () => {
    const person = await hire()
    await ground.people.endEmployment(person, otherCarrier)
    expect(await employers(person)).toEqual([carrier])
  })

  it('whom nobody knows has the wishes of everybody, and no phone', async () => {
    const nobody = makeId('person', start, new Uint8Array(10).fill(9))
    expect(await ground.people.wishesOf(kim)).toEqual(defaults)
    expect(await ground.people.personByPhone(kim)).toBeUndefined()
    expect(await ground.people.phoneOf(nobody)).toBeUndefined()
    expect(await employers(nobody)).toEqual([])
    expect(await told(wishesTopic)).toEqual([])
  })

  it('keeps its own language and name though it is hired again in another', async () => {
    await ground.people.createCourier({ phone: kim, name: 'Kim', carrier, locale: 'ko' })
    ground.clock.advance(minutes(1))
    await ground.people.createCourier({ phone: kim, name: 'Somebody', carrier: otherCarrier, locale: 'en' })
    expect((await ground.people.wishesOf(kim)).locale).toBe('ko')
  })

  it('is read inside a transaction as that transaction has made it', async () => {
    await db.transaction(async (tx) => {
      const before = await ground.people.wishesOf(kim, tx)
      expect(before).toEqual(defaults)
    })
    const person = await hire(carrier, {}, kim)
    await db.transaction(async (tx) => expect(await ground.people.phoneOf(person, tx)).toBe(kim))
  })

  it('cannot be read with another house’s key, nor moved to another person’s row', async () => {
    const person = await hire()
    const [row] = await db.query<{ locked: Uint8Array }>('select phone_locked as locked from person')
    if (row === undefined) throw new Error('a person is there')
    const other = makeId('person', after(start, durationMs(1)), new Uint8Array(10).fill(3))
    const here = createPhones(seals, new Uint8Array(32).fill(7), { defaultCountry: 'CN', defaultLocale: 'zh' })
    const elsewhere = createPhones(seals, new Uint8Array(32).fill(8), { defaultCountry: 'CN', defaultLocale: 'zh' })
    expect(here.unlock(person, row.locked)).toBe(li)
    expect(here.unlock(other, row.locked)).toBeUndefined()
    expect(elsewhere.unlock(person, row.locked)).toBeUndefined()
    for (let at = 0; at < row.locked.length; at += 1) {
      const bent = row.locked.map((byte, i) => (i === at ? byte ^ 1 : byte))
      expect(here.unlock(person, bent)).toBeUndefined()
      expect(here.unlock(person, row.locked.slice(0, at))).toBeUndefined()
    }
  })
})

describe('a phone as it is typed', () => {
  const phones = createPhones(seals, new Uint8Array(32), { defaultCountry: 'CN', defaultLocale: 'zh' })
  it.each([
    ['13812345678', li],
    ['  １３８ 1234 5678', li],
    ['+86 138-1234-5678', li],
    ['0086 138 1234 5678', li],
    ['+82 10 1234 5678', kim],
    ['0082-10-1234-5678', kim],
    ['+86 10 6552 9988', '+861065529988'],
  ])('%j is %s', (typed, read) => {
    expect(phones.read(typed)).toBe(read)
  })

  it.each(['', '110', '12345', '138123456789', '+999 1', '+86 138 1234 5678 ext 3', 'tel:x', '1'.repeat(33), '\u0000'])(
    '%j is none',
    (typed) => {
      expect(phones.read(typed)).toBeUndefined()
    },
  )

  it('is rung up where it is a landline, and written to where it may be either', () => {
    expect(phones.isLandline(phone('+861065529988'))).toBe(true)
    expect(phones.isLandline(li)).toBe(false)
    expect(phones.isLandline(phone('+12125550123'))).toBe(false)
  })

  it('is read by no house of an unknown country', () => {
    expect(() => createPhones(seals, new Uint8Array(32), { defaultCountry: 'XX', defaultLocale: 'zh' })).toThrow(/XX/)
  })
})
