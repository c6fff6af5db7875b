import { maskPhone } from '@holdfast/core/parcel/phone.ts'
import { type CarrierId, type OperatorId, type PersonId, idToUuid, readId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { CourierRequest, CourierRow, EmploymentRequest } from '@holdfast/wire/http/desk/couriers.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { PeopleRefusal } from '../codes.ts'
import type { Outcome, PeoplePorts } from '../people.ts'
import type { Phones } from '../persons/phones.ts'
import type { Persons } from '../persons/persons.ts'
import { type KnownCourier, addEmployment, readCouriers, readEmployments } from './store.postgres.ts'

type Page = { readonly after?: string | undefined; readonly limit: number; readonly search?: string | undefined }
type Paged = { readonly items: readonly CourierRow[]; readonly next: string | null }

/** The couriers of the carriers that an operator looks after; other carriers' employments stay unseen (law 11). */
export type Couriers = {
  readonly list: (operator: OperatorId, page: Page) => Promise<Paged>
  readonly add: (operator: OperatorId, request: CourierRequest) => Promise<Outcome<CourierRow>>
  readonly employ: (operator: OperatorId, person: PersonId, request: EmploymentRequest) => Promise<Outcome<CourierRow>>
  readonly end: (operator: OperatorId, person: PersonId, carrier: CarrierId) => Promise<Outcome<undefined>>
}

export function createCouriers(ports: PeoplePorts, phones: Phones, persons: Persons): Couriers {
  const { db } = ports
  const rowsOf = createRows(ports, phones)
  const employAll = createEmploying(ports, rowsOf)
  return {
    list: async (operator, { after, limit, search }) => {
      const carriers = [...(await ports.carriersKept(operator))]
      const from = readId('person', after ?? '')
      const phone = search === undefined ? undefined : phones.read(search)
      const found = await readCouriers(db.query, {
        carriers,
        name: search ?? null,
        phoneKey: phone === undefined ? null : phones.key(phone),
        after: from === undefined ? null : idToUuid(from),
        limit: limit + 1,
      })
      const items = await rowsOf(carriers, found.slice(0, limit))
      return { items, next: found.length > limit ? (items.at(-1)?.person ?? null) : null }
    },
    add: async (operator, { phone: typed, name, locale, employments: requests }) => {
      const phone = phones.read(typed)
      if (phone === undefined) return { ok: false, refusal: 'phone-unreadable' }
      const carriers = [...(await ports.carriersKept(operator))]
      if (!requests.every(({ carrier }) => carriers.some((kept) => kept === carrier))) {
        return { ok: false, refusal: 'carrier-not-kept' }
      }
      const person = await persons.ensure(phone, locale ?? null, name.trim())
      return await employAll(person, { carriers, requests })
    },
    employ: async (operator, person, request) => {
      const carriers = [...(await ports.carriersKept(operator))]
      if ((await knownAs(ports, carriers, person)).length === 0) return { ok: false, refusal: 'courier-not-yours' }
      return await employAll(person, { carriers, requests: [request] })
    },
    end: async (operator, person, carrier) => {
      if (!(await ports.carriersKept(operator)).has(carrier)) return { ok: false, refusal: 'carrier-not-kept' }
      await persons.endEmployment(person, carrier)
      return { ok: true, value: undefined }
    },
  }
}

type Employing = { readonly carriers: readonly CarrierId[]; readonly requests: readonly EmploymentRequest[] }

type Rows = ReturnType<typeof createRows>

const createEmploying =
  (ports: PeoplePorts, rowsOf: Rows) =>
  async (person: PersonId, { carriers, requests }: Employing): Promise<Outcome<CourierRow>> => {
    const refusal = await undoing(async (undo) => {
      await ports.db.transaction(async (tx) => {
        for (const request of requests) undo(await addOne(ports, tx, { person, request, carriers }))
      })
    })
    if (refusal !== undefined) return { ok: false, refusal }
    const [row] = await rowsOf(carriers, await knownAs(ports, carriers, person))
    return row === undefined ? { ok: false, refusal: 'courier-not-yours' } : { ok: true, value: row }
  }

/** Whole or not at all: a refusal in the middle takes back what came before it. */
async function undoing(
  work: (undo: (refusal: PeopleRefusal | undefined) => void) => Promise<void>,
): Promise<PeopleRefusal | undefined> {
  let refused: PeopleRefusal | undefined
  try {
    await work((refusal) => {
      refused = refusal
      if (refusal !== undefined) throw new Error(refusal)
    })
  } catch (error) {
    if (refused === undefined) throw error
  }
  return refused
}

type One = {
  readonly person: PersonId
  readonly request: EmploymentRequest
  readonly carriers: readonly CarrierId[]
}

async function addOne(ports: PeoplePorts, tx: Tx, one: One): Promise<PeopleRefusal | undefined> {
  const { outlet, from: asked, until: end } = one.request
  const carrier = one.carriers.find((kept) => kept === one.request.carrier)
  if (carrier === undefined) return 'carrier-not-kept'
  const from = asked === undefined ? ports.clock.now() : instant(asked)
  const until = end === undefined ? null : instant(end)
  if (until !== null && until <= from) return 'employment-ends-first'
  const row = { person: one.person, carrier, outlet: outlet?.trim() ?? null, from, until }
  return (await addEmployment(tx, row)) ? undefined : 'employment-exists'
}

async function knownAs(
  { db }: PeoplePorts,
  carriers: readonly CarrierId[],
  person: PersonId,
): Promise<readonly KnownCourier[]> {
  const page = { carriers, name: null, phoneKey: null, after: null, limit: 1 }
  return await readCouriers(db.query, page, person)
}

function createRows({ db, carriers: all }: PeoplePorts, phones: Phones) {
  return async (carriers: readonly CarrierId[], known: readonly KnownCourier[]): Promise<readonly CourierRow[]> => {
    const names = new Map((await all()).map(({ id, name }) => [id, name]))
    const people = known.map(({ person }) => person)
    const employments = await readEmployments(db.query, people, carriers)
    return known.flatMap(({ person, name, phoneLocked }) => {
      const phone = phones.unlock(person, phoneLocked)
      if (phone === undefined) return []
      const own = employments.filter((row) => row.person === person)
      const shown = own.map(({ carrier, outlet, from, until }) => {
        return { carrier, carrierName: names.get(carrier) ?? carrier, outlet, from, until }
      })
      return [{ person, name, phoneMasked: maskPhone(phone), employments: shown }]
    })
  }
}
