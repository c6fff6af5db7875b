import type { CarrierId, OperatorId } from '@holdfast/core/values/ids.ts'
import type { CloudTwin } from '@holdfast/cloud/twin.ts'
import type { Caller, Headers } from './calls.ts'

/** Who is there before the town begins: an operator with staff, a carrier with a server, couriers. */
export interface Firm {
  readonly operator: OperatorId
  readonly carrier: CarrierId
  readonly staff: Headers
  readonly carrierKey: Headers
  /** The phones of those who drive for the carrier. */
  readonly couriers: readonly string[]
}

const password = 'correct horse battery'
const email = 'desk@town.example'
const couriersMost = 6

export async function foundFirm({ people, carriers }: CloudTwin, call: Caller): Promise<Firm> {
  const operator = await people.createOperator({ name: 'Town' })
  await people.createStaff({ operator, email, name: 'Desk', role: 'manager', password })
  const carrier = await carriers.create({ code: 'sf', name: 'SF', keptBy: operator })
  const { key } = await carriers.createKey(carrier)
  const carrierKey = { authorization: `Bearer ${key}` }
  await call('/v1/webhook-endpoints', { headers: carrierKey, body: { url: 'https://carrier.example/hook' } })
  const couriers = Array.from({ length: couriersMost }, (_, n) => `+861390000000${n}`)
  for (const phone of couriers) {
    const read = people.readPhone(phone)
    if (read !== undefined) await people.createCourier({ phone: read, name: 'Li', carrier, locale: 'en' })
  }
  const entered = await call('/v1/operator/sign-in', { body: { email, password } })
  return { operator, carrier, carrierKey, couriers, staff: { cookie: entered?.cookie ?? '' } }
}
