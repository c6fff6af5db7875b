import { afterAll, beforeAll, expect, it } from 'vitest'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { eventually, testId, testLayout } from '../cabinets/cabinets.testing.ts'
import { cardAt } from './deposit.testing.ts'
import { codeIn, type Installed, json, openTown, parcelIn, seals, type Town } from './town.testing.ts'

const [phone, courierPhone, number] = ['+8613800000041', '+8613900000041', 'SF4000000000041']
let town: Town
let sf: Awaited<ReturnType<Town['addCarrier']>>
let courier: Record<string, string>
let [gate, pier]: readonly (Installed | undefined)[] = []

/** A cabinet whose doors are all seen shut, and that many of them free. */
async function stands(n: number, free: number): Promise<Installed> {
  const staff = await town.addStaff(`Town ${n}`)
  const installed = await town.install(staff.operator, n, 4)
  const layout = testLayout(4, n)
  const at = runningMs(0)
  installed.script.write({ type: 'layoutTaken', layout, at })
  for (const [i, { id }] of layout.compartments.entries()) {
    installed.script.write({ type: 'doorFound', door: id, sight: 'shut', at })
    if (i >= free) installed.script.write({ type: 'compartmentRetired', compartment: id, order: testId('order', i) })
  }
  await installed.script.beat()
  await installed.script.sendFacts()
  return installed
}

beforeAll(async () => {
  town = await openTown('embedded')
  sf = await town.addCarrier('sf')
  await town.addCourier(courierPhone, sf.carrier)
  courier = await town.signIn('courier', courierPhone)
  gate = await stands(1, 0)
  pier = await stands(2, 4)
})
afterAll(async () => await town.close())

const letters = () => town.tray.letters.filter(({ to }) => to === phone).map(({ text }) => text)
const consentAt = (at: Installed) => cardAt(at, parcelDigest(seals, sf.carrier, number))?.consent

it('takes a parcel from a full cabinet to its neighbour by the recipient’s own “Y 2”, and not before', async () => {
  if (gate === undefined || pier === undefined) throw new Error('no cabinets')
  const headers = { ...sf.headers, 'idempotency-key': 'overflow' }
  const sent = { trackingNumber: number, recipient: { phone, locale: 'en' }, size: 'S' }
  const parcel = parcelIn(await town.call('/v1/parcels', { headers, body: sent }))
  const post = async (path: string, body: object = {}) =>
    await town.call(`/v1/courier/round${path}`, { method: 'POST', headers: courier, body })
  const elsewhere = async (to: Installed) => await post(`/${parcel}/elsewhere`, { cabinet: to.cabinet })
  await post('', { cabinet: gate.cabinet, carrier: sf.carrier, numbers: [number] })
  await post('/ask')
  await eventually(() => letters().length === 1)
  // Asked a moment ago: no second question yet; and never about a cabinet without a door for it.
  expect(codeIn(await elsewhere(pier))).toBe('409 question-open')
  expect(await town.textBack(phone, 'Y')).toBe(202)
  await eventually(() => (gate === undefined ? false : consentAt(gate)?.kind === 'parcel'))
  expect(codeIn(await elsewhere(gate))).toBe('409 nothing-free-there')
  expect(json(await elsewhere(pier))['items']).toMatchObject([{ cabinet: pier.cabinet, consent: 'asked' }])
  await eventually(() => letters().length === 2)
  expect(letters()[1]).toContain('was to go to Cabinet 1')
  expect(letters()[1]).toContain('Reply Y 2')
  await eventually(() => (pier === undefined ? false : consentAt(pier) === null))
  expect(consentAt(gate)).toBeUndefined()
  expect(await town.textBack(phone, 'Y 2')).toBe(202)
  await eventually(() => (pier === undefined ? false : consentAt(pier)?.kind === 'parcel'))
})
