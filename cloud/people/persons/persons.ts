import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { type CarrierId, type PersonId, makeId } from '@holdfast/core/values/ids.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Query, Tx } from '../../platform/postgres/db.ts'
import type { NewCourier, People, PeoplePorts, Wishes } from '../people.ts'
import type { Phones } from './phones.ts'
import {
  type NewPerson,
  type PersonRow,
  changeWishes,
  consentersAfter,
  consentingByKey,
  dismiss,
  employ,
  employmentsAt,
  personById,
  personByKey,
  putPerson,
} from './store.postgres.ts'

export type Persons = Pick<
  People,
  | 'personByPhone'
  | 'phoneOf'
  | 'wishesOf'
  | 'wantLowDoors'
  | 'consenting'
  | 'consenters'
  | 'employmentsOf'
  | 'createCourier'
  | 'endEmployment'
> & {
  /** Needs no account before: a recipient begins to exist by signing in. */
  readonly ensure: (phone: Phone, locale: Locale | null, name?: string) => Promise<PersonId>
  readonly profile: (person: PersonId) => Promise<Profile | undefined>
  readonly wish: (person: PersonId, wishes: Partial<Wishes>) => Promise<Profile | undefined>
}

export type Profile = Omit<PersonRow, 'phoneLocked'> & { readonly phone: Phone }

/** What the others are told, in the transaction that made it. */
export type Told = {
  readonly wished: (tx: Tx, person: PersonId) => Promise<void>
  readonly dismissed: (tx: Tx, person: PersonId, carrier: CarrierId) => Promise<void>
}

export function createPersons(ports: PeoplePorts, phones: Phones, told: Told): Persons {
  const { db, clock } = ports
  const draft = (phone: Phone, name: string | null, locale: Locale | null) => {
    const at = clock.now()
    const person = makeId('person', at, ports.seals.random(10))
    const phoneLocked = phones.lock(person, phone)
    return { person, phoneKey: phones.key(phone), phoneLocked, name, locale: locale ?? phones.localeOf(phone), at }
  }
  const profile: Persons['profile'] = async (person) => toProfile(phones, await personById(db.query, person))
  return {
    ensure: async (phone, locale, name) => await putPerson(db.query, draft(phone, name ?? null, locale)),
    profile,
    wish: async (person, { locale, lowDoor, alwaysConsents }) =>
      await db.transaction(async (tx) => {
        const row = await changeWishes(tx, person, {
          locale: locale ?? null,
          lowDoor: lowDoor ?? null,
          alwaysConsents: alwaysConsents ?? null,
        })
        await told.wished(tx, person)
        return toProfile(phones, row)
      }),
    wantLowDoors: async (phone) => await wantLowDoors(ports, told, draft(phone, null, null)),
    personByPhone: async (phone) => (await personByKey(db.query, phones.key(phone)))?.person,
    phoneOf: async (person, tx) => toProfile(phones, await personById((tx ?? db).query, person))?.phone,
    wishesOf: async (phone, tx) => {
      const row = await personByKey((tx ?? db).query, phones.key(phone))
      if (row === undefined) return { locale: phones.localeOf(phone), lowDoor: false, alwaysConsents: false }
      return { locale: row.locale, lowDoor: row.lowDoor, alwaysConsents: row.alwaysConsents }
    },
    consenting: async (asked, tx) => await consentingOf(phones, (tx ?? db).query, asked),
    consenters: async (page, tx) => await consentersAfter((tx ?? db).query, page),
    employmentsOf: async (person) => await employmentsAt(db.query, person, clock.now()),
    createCourier: async ({ phone, name, carrier, outlet, locale }: NewCourier) =>
      await db.transaction(async (tx) => {
        const given = draft(phone, name, locale ?? null)
        const person = await putPerson(tx.query, given)
        await employ(tx, person, { carrier, outlet: outlet ?? null, at: given.at })
        return person
      }),
    endEmployment: async (person, carrier) =>
      await db.transaction(async (tx) => {
        await dismiss(tx, person, { carrier, at: clock.now() })
        await told.dismissed(tx, person, carrier)
      }),
  }
}

async function wantLowDoors({ db }: PeoplePorts, { wished }: Told, whose: NewPerson): Promise<void> {
  await db.transaction(async (tx) => {
    const person = await putPerson(tx.query, whose)
    await changeWishes(tx, person, { locale: null, lowDoor: true, alwaysConsents: null })
    await wished(tx, person)
  })
}

function toProfile(phones: Phones, row: PersonRow | undefined): Profile | undefined {
  if (row === undefined) return undefined
  const { phoneLocked, ...rest } = row
  const phone = phones.unlock(row.person, phoneLocked)
  return phone === undefined ? undefined : { ...rest, phone }
}

async function consentingOf(phones: Phones, query: Query, asked: readonly Phone[]) {
  const byKey = new Map(asked.map((phone) => [hexOf(phones.key(phone)), phone]))
  const found = new Map<Phone, PersonId>()
  for (const { key, person } of await consentingByKey(query, [...byKey.keys()])) {
    const phone = byKey.get(key)
    if (phone !== undefined) found.set(phone, person)
  }
  return found
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
