import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CarrierId, PersonId } from '@holdfast/core/values/ids.ts'
import { hours, runningMs } from '@holdfast/core/values/instants.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { eventually, testLayout, type WrittenEvent } from '../cabinets/cabinets.testing.ts'
import { startReceiver } from '../carriers/carriers.testing.ts'
import { ask, cardAt, doorOf, writeDeposit } from './deposit.testing.ts'
import { codeIn, type Installed, json, openTown, parcelIn, seals, type Town } from './town.testing.ts'

type Carrier = Awaited<ReturnType<Town['addCarrier']>>

describe('a parcel’s story, over HTTP and a real broker', () => {
  let town: Town
  let sf: Carrier
  let courier: PersonId
  let staff: Awaited<ReturnType<Town['addStaff']>>
  let installed: Installed
  let inbox: Awaited<ReturnType<typeof startReceiver>>
  let secret = ''
  let written = 0
  let doors = 0

  beforeAll(async () => {
    town = await openTown('embedded')
    sf = await town.addCarrier('sf')
    staff = await town.addStaff('Town')
    courier = await town.addCourier('+8613900000001', sf.carrier)
    installed = await town.install(staff.operator, 1, 8)
    inbox = await startReceiver(() => ({ status: 200 }))
    const endpoint = await town.call('/v1/webhook-endpoints', { headers: sf.headers, body: { url: inbox.url } })
    secret = String(json(endpoint)['secret'])
    await installed.script.beat()
    await write({ type: 'layoutTaken', layout: testLayout(8), at: runningMs(0) })
  })
  afterAll(async () => {
    await inbox.close()
    await town.close()
  })

  const write = async (...events: readonly WrittenEvent[]): Promise<void> => {
    installed.script.write(...events)
    const from = written + 1
    written += events.length
    await installed.script.sendFacts(from)
    await eventually(() => installed.script.acks.some(({ watermark }) => watermark === written))
  }
  const announce = async (trackingNumber: string, phone: string, more: object = {}) => {
    const headers = { ...sf.headers, 'idempotency-key': `announce-${trackingNumber}` }
    const body = { trackingNumber, recipient: { phone, locale: 'en' }, size: 'M', ...more }
    return parcelIn(await town.call('/v1/parcels', { headers, body }))
  }
  const stateOf = async (parcel: string) =>
    json(await town.call(`/v1/parcels/${parcel}`, { headers: sf.headers }))['state']
  const becomes = async (parcel: string, state: string) =>
    await eventually(async () => (await stateOf(parcel)) === state)
  const deposit = async (numbers: readonly string[], phone?: string) => {
    const door = doorOf(installed.cabinet, installed, doors)
    doors += 1
    const given = { carrier: sf.carrier, courier, door, numbers, ...(phone === undefined ? {} : { phone }) }
    const scripted = await writeDeposit(town, installed, given)
    await write(...scripted.made)
    return scripted
  }
  const lettersTo = (phone: string) => town.tray.letters.filter(({ to }) => to === phone).map(({ text }) => text)
  const heard = (parcel: string) => inbox.received.filter(({ body }) => body.includes(parcel))
  const typesOf = (parcel: string) => heard(parcel).map(({ body }) => String(JSON.parse(body).type))
  const digestOf = (carrier: CarrierId, number: string) => parcelDigest(seals, carrier, number)

  it('goes from the announcement by card, deposit, code and webhooks to its collection', async () => {
    const phone = '+8613800000001'
    const parcel = await announce('SF2000000000001', phone, { cabinet: installed.cabinet })
    const digest = digestOf(sf.carrier, 'SF2000000000001')
    await eventually(() => cardAt(installed, digest)?.consent?.kind === 'sender-named-cabinet')
    const scripted = await deposit(['SF2000000000001'])
    await eventually(() => lettersTo(phone).length > 0 && cardAt(installed, digest) === undefined)
    expect(lettersTo(phone)[0]).toContain('123 456 782')
    expect(lettersTo(phone)[0]).toContain('A01')
    await eventually(() => heard(parcel).length === 2)
    expect(await stateOf(parcel)).toBe('stored')
    await write(...scripted.collected)
    await becomes(parcel, 'collected')
    await eventually(() => heard(parcel).length === 3)
    const verified = heard(parcel).map(({ body, headers }) => new Webhook(secret).verify(body, headers))
    expect(verified).toMatchObject([
      { type: 'parcel.announced', data: { trackingNumber: 'SF2000000000001' } },
      { type: 'parcel.deposited', data: { compartment: 'A01', deposit: scripted.deposit } },
      { type: 'parcel.collected', data: { reason: 'person' } },
    ])
    const pulled = json(await town.call('/v1/events?limit=200', { headers: sf.headers }))['items'] as {
      subject: string
    }[]
    expect(pulled.filter(({ subject }) => subject === parcel)).toEqual(verified)
    expect(lettersTo(phone)).toHaveLength(1)
    const story = json(await town.call(`/v1/operator/parcels/${parcel}`, { headers: staff.headers }))
    const told = (story['timeline'] as { source: string; type: string }[]).map(
      ({ source, type }) => `${source} ${type}`,
    )
    for (const line of ['cloud announced', 'cabinet depositMade', 'notice stored', 'webhook parcel.collected'])
      expect(told).toContain(line)
  })

  it('sends one code for two parcels behind one door, and lets their owner see it in the app', async () => {
    const phone = '+8613800000002'
    const first = await announce('SF2000000000002', phone)
    const scripted = await deposit(['SF2000000000002', 'SF2000000000003'], phone)
    const pickupCodes = () => lettersTo(phone).filter((text) => text.includes('Pickup code'))
    await eventually(() => pickupCodes().length > 0)
    await becomes(first, 'stored')
    const cookie = await town.signIn('recipient', phone)
    const { waiting } = json(await town.call('/v1/recipient/parcels', { headers: cookie })) as { waiting: object[] }
    expect(waiting).toMatchObject([{ code: '123456782' }, { code: '123456782' }])
    await write(...scripted.collected)
    await becomes(first, 'collected')
    const after = json(await town.call('/v1/recipient/parcels', { headers: cookie })) as { past: object[] }
    expect(after.past).toMatchObject([{ code: null }, { code: null }])
    expect(pickupCodes()).toHaveLength(1)
  })

  it('keeps a refused parcel behind its door until the courier has taken it out', async () => {
    const parcel = await announce('SF2000000000004', '+8613800000004')
    const scripted = await deposit(['SF2000000000004'])
    await write(...scripted.refused)
    await becomes(parcel, 'refused')
    const cookie = await town.signIn('courier', '+8613900000001')
    const recalls = async () =>
      json(await town.call('/v1/courier/recalls', { headers: cookie }))['items'] as { deposit: string; why: string }[]
    expect(await recalls()).toMatchObject([{ deposit: scripted.deposit, why: 'refused' }])
    await eventually(() => installed.script.desired.at(-1)?.recalls?.includes(scripted.deposit) === true)
    await write(...scripted.recalled)
    await becomes(parcel, 'recalled')
    expect(await recalls()).toEqual([])
    const back = await town.call(`/v1/parcels/${parcel}/returned`, { method: 'POST', headers: sf.headers })
    expect(codeIn(back)).toBe('200')
    await eventually(() => heard(parcel).length === 5)
    expect(typesOf(parcel)).toEqual(
      ['announced', 'deposited', 'refused', 'recalled', 'returned'].map((type) => `parcel.${type}`),
    )
  })

  it('asks for consent by message, hears the keyword, and the cabinet’s card says so', async () => {
    const [yes, no] = ['+8613800000005', '+8613800000006']
    const parcel = await announce('SF2000000000005', yes)
    const other = await announce('SF2000000000006', no)
    for (const number of ['SF2000000000005', 'SF2000000000006'])
      await ask(town, installed, { kind: 'consent', carrier: sf.carrier, courier, number })
    await eventually(() => lettersTo(yes).length === 1 && lettersTo(no).length === 1)
    expect(lettersTo(yes)[0]).toContain('Reply Y')
    expect([
      await town.textBack(yes, 'Y', 'r1'),
      await town.textBack(no, 'N', 'r2'),
      await town.textBack(yes, 'Y', 'r1'),
    ]).toEqual([202, 202, 202])
    await eventually(() => cardAt(installed, digestOf(sf.carrier, 'SF2000000000005'))?.consent?.kind === 'parcel')
    const views = await Promise.all(
      [parcel, other].map(async (id) => json(await town.call(`/v1/parcels/${id}`, { headers: sf.headers }))['consent']),
    )
    expect(views).toEqual(['given', 'declined'])
    expect(cardAt(installed, digestOf(sf.carrier, 'SF2000000000006'))?.consent ?? null).toBeNull()
    await eventually(() => typesOf(other).includes('parcel.consent-declined'))
    const again = await ask(town, installed, {
      kind: 'consent',
      carrier: sf.carrier,
      courier,
      number: 'SF2000000000006',
    })
    expect(again).toMatchObject({ card: { consent: null } })
    expect(lettersTo(no)).toHaveLength(1)
  })

  it('takes a standing consent to the cards that are out', async () => {
    const phone = '+8613800000007'
    await announce('SF2000000000007', phone)
    const digest = digestOf(sf.carrier, 'SF2000000000007')
    await ask(town, installed, { kind: 'consent', carrier: sf.carrier, courier, number: 'SF2000000000007' })
    await eventually(() => cardAt(installed, digest)?.consent === null)
    const cookie = await town.signIn('recipient', phone)
    const wishes = { alwaysConsents: true, lowDoor: true }
    await town.call('/v1/recipient/me', { method: 'PATCH', headers: cookie, body: wishes })
    await eventually(() => cardAt(installed, digest)?.consent?.kind === 'standing')
    expect(cardAt(installed, digest)?.lowDoor).toBe(true)
  })

  it('tells a walk-up’s recipient of the door once the announcement brings the phone', async () => {
    const phone = '+8613800000008'
    await deposit(['SF2000000000008'])
    await announce('SF2000000000008', phone)
    await eventually(() => lettersTo(phone).length > 0)
    expect(lettersTo(phone)[0]).toContain('123 456 782')
  })

  it('reminds of the overdue, lists it for recall, and takes a collection after all', async () => {
    const phone = '+8613800000009'
    const parcel = await announce('SF2000000000009', phone)
    const scripted = await deposit(['SF2000000000009'])
    await eventually(() => lettersTo(phone).length === 1)
    town.clock.leap(hours(48))
    await town.parcels.tick()
    // The reminder before the end may come beside it: two days have passed in one leap.
    await eventually(() => lettersTo(phone).some((text) => text.includes('It was kept free until')))
    expect(await stateOf(parcel)).toBe('overdue')
    await eventually(() => installed.script.desired.at(-1)?.recalls?.includes(scripted.deposit) === true)
    await write(...scripted.collected)
    await becomes(parcel, 'collected')
    await eventually(() => installed.script.desired.at(-1)?.recalls?.includes(scripted.deposit) === false)
    await eventually(() => heard(parcel).length === 4)
    expect(typesOf(parcel)).toEqual(['announced', 'deposited', 'overdue', 'collected'].map((type) => `parcel.${type}`))
  })
})
