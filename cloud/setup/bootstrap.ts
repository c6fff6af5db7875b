import { type CarrierId, type OperatorId, readId } from '@holdfast/core/values/ids.ts'
import type { Cabinets } from '../cabinets/cabinets.ts'
import type { Carriers } from '../carriers/carriers.ts'
import type { BootstrapConfig } from '../config.ts'
import type { People } from '../people/people.ts'
import { failure } from '../platform/failure.ts'
import type { Db } from '../platform/postgres/db.ts'

export type BootstrapFaces = {
  readonly db: Db
  readonly people: Pick<People, 'createOperator' | 'createStaff' | 'createCourier' | 'readPhone'>
  readonly carriers: Pick<Carriers, 'create' | 'createKey'>
  readonly cabinets: Pick<Cabinets, 'create'>
}

/** Puts in what the configuration names, each thing once: what stands already is left as people have made it since. */
export async function bootstrap(faces: BootstrapFaces, config: BootstrapConfig): Promise<void> {
  const once: Once = async (step, work) => {
    const [found] = await faces.db.query<{ result: string }>('select result from bootstrap_step where step = $1', [
      step,
    ])
    if (found !== undefined) return found.result
    const result = await work()
    await faces.db.query('insert into bootstrap_step (step, result) values ($1, $2)', [step, result])
    return result
  }
  const operator = await once('operator', async () => {
    const given = readId('operator', config.operator.id ?? '')
    return await faces.people.createOperator({ name: config.operator.name, ...optional('operator', given) })
  })
  const id = readId('operator', operator)
  if (id === undefined) throw refused('operator', 'id-unreadable')
  await addStaff(faces, once, id, config.staff)
  await addCabinets(faces, once, id, config.cabinets)
  const carriers = await addCarriers(faces, once, { operator: id, list: config.carriers })
  for (const courier of config.couriers) {
    await once(`courier ${courier.phone}`, async () => await addCourier(faces, carriers, courier))
  }
}

type Once = (step: string, work: () => Promise<string>) => Promise<string>

const optional = <const Name extends string, T>(name: Name, value: T | undefined): { readonly [K in Name]?: T } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one key, named by the caller.
  (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: T }

async function addStaff(
  { people }: BootstrapFaces,
  once: Once,
  operator: OperatorId,
  staff: BootstrapConfig['staff'],
): Promise<void> {
  for (const each of staff) {
    await once(`staff ${each.email}`, async () => {
      const made = await people.createStaff({ operator, ...each })
      if (!made.ok) throw refused(`staff ${each.email}`, made.refusal)
      return made.value
    })
  }
}

async function addCabinets(
  { cabinets }: BootstrapFaces,
  once: Once,
  operator: OperatorId,
  list: BootstrapConfig['cabinets'],
): Promise<void> {
  for (const { id, claimToken, ...request } of list) {
    await once(`cabinet ${id ?? request.name}`, async () => {
      const given = { ...optional('cabinet', readId('cabinet', id ?? '')), ...optional('claimToken', claimToken) }
      const made = await cabinets.create(operator, request, given)
      if (!made.ok) throw refused(`cabinet ${request.name}`, made.refusal)
      return made.value.cabinet
    })
  }
}

async function addCarriers(
  faces: BootstrapFaces,
  once: Once,
  { operator, list }: { readonly operator: OperatorId; readonly list: BootstrapConfig['carriers'] },
): Promise<ReadonlyMap<string, CarrierId>> {
  const carriers = new Map<string, CarrierId>()
  for (const { id, code, name, apiKeys } of list) {
    // Again with the same code and name it is the same carrier.
    const known = optional('id', readId('carrier', id ?? ''))
    const carrier = await faces.carriers.create({ code, name, keptBy: operator, ...known })
    carriers.set(code, carrier)
    for (const [i, key] of apiKeys.entries()) {
      await once(`key ${code} ${i}`, async () => (await faces.carriers.createKey(carrier, { key })).id)
    }
  }
  return carriers
}

async function addCourier(
  { people }: BootstrapFaces,
  carriers: ReadonlyMap<string, CarrierId>,
  courier: BootstrapConfig['couriers'][number],
): Promise<string> {
  const { name, outlet, locale } = courier
  const phone = people.readPhone(courier.phone)
  if (phone === undefined) throw refused(`courier ${name}`, 'phone-unreadable')
  let person = ''
  for (const code of courier.carriers) {
    const carrier = carriers.get(code)
    if (carrier === undefined) throw refused(`courier ${name}`, 'carrier-unknown')
    const more = { ...optional('outlet', outlet), ...optional('locale', locale) }
    person = await people.createCourier({ phone, name, carrier, ...more })
  }
  return person
}

const refused = (what: string, refusal: string) => failure('bootstrap-refused', `${what}: ${refusal}`)
