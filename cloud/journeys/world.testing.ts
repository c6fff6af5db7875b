import { makeId, readId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { eventually, testLayout } from '../cabinets/cabinets.testing.ts'
import { doorOf, writeDeposit } from './deposit.testing.ts'
import { openTown, parcelIn, seals } from './town.testing.ts'

type Headers = Readonly<Record<string, string>>
export type Kind = 'public' | 'carrier' | 'courier' | 'recipient' | 'staff'

export type World = Awaited<ReturnType<typeof openWorld>>

export const [mine, theirs] = ['+8613800000011', '+8613800000012']

/** Two tenants of each kind, and one parcel of the first behind a door of the first. */
export async function openWorld() {
  const town = await openTown('memory')
  const [sf, ups] = [await town.addCarrier('sf'), await town.addCarrier('ups')]
  const [north, south] = [await town.addStaff('North'), await town.addStaff('South')]
  const viewer = await town.addStaff('North', 'viewer', north.operator)
  const courier = await town.addCourier('+8613900000011', sf.carrier)
  await town.addCourier('+8613900000012', ups.carrier)
  const installed = await town.install(north.operator)
  await town.carriers.createEndpoint(sf.carrier, { url: 'http://127.0.0.1:1/' })
  const scripted = await writeDeposit(town, installed, {
    carrier: sf.carrier,
    courier,
    door: doorOf(installed.cabinet, installed),
    numbers: ['SF3000000000001'],
    phone: mine,
  })
  const { script, cabinet } = installed
  await script.beat()
  script.write({ type: 'layoutTaken', layout: testLayout(4), at: runningMs(0) }, ...scripted.made)
  const ajar = doorOf(cabinet, installed, 1)
  script.write({ type: 'doorOpened', door: ajar, cause: null, recovered: false, witness: 'leaf', at: runningMs(1) })
  await script.sendFacts()
  let n = 100
  const announce = async (number?: string, phone = mine) => {
    n += 1
    const body = { trackingNumber: number ?? `SF3000000000${n}`, recipient: { phone } }
    const headers = { ...sf.headers, 'idempotency-key': `a${n}` }
    return parcelIn(await town.call('/v1/parcels', { headers, body }))
  }
  const stored = await announce('SF3000000000001')
  const found = async () => await town.risks.list(north.operator, 'open')
  await eventually(async () => (await found()).length > 0)
  const alert = (await found())[0]?.id ?? ''
  await eventually(async () => (await town.cabinets.deposit({ cabinet, deposit: scripted.deposit })) !== undefined)
  const undelivered = async (): Promise<string> => {
    // A line of its own: one that is under way would be told delivered a moment later.
    n += 1
    const [row] = await town.rows<{ delivery: string }>(
      `insert into carrier_delivery select (jsonb_populate_record(null::carrier_delivery, to_jsonb(d) || jsonb_build_object(
         'sequence', ${1_000 + n}, 'delivery', gen_random_uuid(), 'state', 'given-up', 'claimed_until', 0,
         'operator_id', (select operator_id from cabinet limit 1)))).*
       from carrier_delivery d limit 1 returning delivery`,
    )
    return row?.delivery ?? ''
  }
  const helpAsked = async (): Promise<string> => {
    const isAsked = ({ asker }: { readonly asker?: string }): boolean => asker === 'recipient'
    const open = (await found()).find(isAsked)
    if (open !== undefined) return open.id
    const [headers] = callers.recipient
    await town.call('/v1/recipient/help', { headers, body: { cabinet, what: 'call-back' } })
    return (await found()).find(isAsked)?.id ?? ''
  }
  const callers: Readonly<Record<Exclude<Kind, 'public'>, readonly [mine: Headers, theirs: Headers]>> = {
    carrier: [sf.headers, ups.headers],
    staff: [north.headers, south.headers],
    courier: [await town.signIn('courier', '+8613900000011'), await town.signIn('courier', '+8613900000012')],
    recipient: [await town.signIn('recipient', mine), await town.signIn('recipient', theirs)],
  }
  return {
    town,
    sf,
    ups,
    courier,
    north,
    viewer,
    cabinet,
    callers,
    announce,
    stored,
    alert,
    undelivered,
    helpAsked,
    door: doorOf(cabinet, installed),
    deposit: scripted.deposit,
    /** A fresh one in place of all others: ten are the most. */
    endpoint: async (): Promise<string> => {
      for (const { id } of await town.carriers.endpoints(sf.carrier)) {
        const old = readId('endpoint', id)
        if (old !== undefined) await town.carriers.removeEndpoint(sf.carrier, old)
      }
      const made = await town.carriers.createEndpoint(sf.carrier, { url: 'http://127.0.0.1:1/' })
      return made.ok ? made.value.endpoint.id : ''
    },
    order: async (): Promise<string> => {
      const act = { kind: 'retire', compartment: doorOf(cabinet, installed, 2), epoch: 0 } as const
      const staff = makeId('staff', town.clock.now(), seals.random(10))
      const made = await town.cabinets.order({ operator: north.operator, cabinet, staff, reason: 'r', act })
      if (!made.ok) throw new Error(made.refusal)
      return made.value.order
    },
  }
}
