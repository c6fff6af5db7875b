import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { keyParts } from '@holdfast/wire/seals/keys.ts'
import { eventually } from '../../cabinets/cabinets.testing.ts'
import { type Installed, json, openTown, seals, type Town } from '../town.testing.ts'

/** From the operator's word to the cabinets: what a dismissed courier's phone holds opens nothing more. */
describe('the deny list of couriers’ certificates', () => {
  let town: Town
  let sf: Awaited<ReturnType<Town['addCarrier']>>
  let courier: PersonId
  let cookie: Readonly<Record<string, string>>
  let installed: readonly [Installed, Installed]

  beforeAll(async () => {
    town = await openTown('memory')
    sf = await town.addCarrier('sf')
    const [north, south] = [await town.addStaff('North'), await town.addStaff('South')]
    courier = await town.addCourier('+8613900000071', sf.carrier)
    cookie = await town.signIn('courier', '+8613900000071')
    installed = [await town.install(north.operator), await town.install(south.operator, 2)]
  })
  afterAll(async () => await town.close())

  const certify = async (): Promise<string> => {
    const key = base64FromBytes(keyParts(seals.generate('p256').publicKey).bytes)
    const reply = json(await town.call('/v1/courier/certificates', { headers: cookie, body: { key } }))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has judged it.
    const [made] = reply['certificates'] as readonly { readonly certificate: string }[]
    return Buffer.from(made?.certificate ?? '', 'base64url')
      .subarray(2, 10)
      .toString('hex')
  }
  const deniedAt = ({ script }: Installed): readonly string[] => script.desired.flatMap(({ denied = [] }) => denied)

  it('reaches every operator’s cabinets when an employment ends, and names what was issued', async () => {
    const serials = [await certify(), await certify()]
    expect(installed.flatMap(deniedAt)).toEqual([])
    await town.people.endEmployment(courier, sf.carrier)
    await eventually(() => installed.every((one) => deniedAt(one).length >= 2))
    for (const one of installed) expect(new Set(deniedAt(one))).toEqual(new Set(serials))
  })

  it('is there for a cabinet that asks for everything later', async () => {
    const [{ script }] = installed
    const before = script.desired.length
    await script.send('asks', { ask: `evt_${'0'.repeat(26)}`, kind: 'desired', have: 0 })
    await eventually(() => script.desired.slice(before).some(({ base }) => base === 0))
    expect(script.desired.slice(before).find(({ base }) => base === 0)?.denied).toHaveLength(2)
  })

  it('is not told again by an end that ends nothing', async () => {
    const before = installed.map(({ script }) => script.desired.length)
    await town.people.endEmployment(courier, sf.carrier)
    await eventually(async () => (await town.rows("select from outbox where topic = 'people-employments'")).length >= 2)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(installed.map(({ script }) => script.desired.length)).toEqual(before)
  })
})
