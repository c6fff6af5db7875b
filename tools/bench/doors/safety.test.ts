import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionLimits } from '@holdfast/core/cabinet/state.ts'
import { hours } from '@holdfast/core/values/instants.ts'
import { json } from '@holdfast/cloud/journeys/town.testing.ts'
import {
  carded,
  codesOf,
  type Cookie,
  type NthParcel,
  parcelOf,
  phoneOf,
  signInByPhone,
} from '../offline/scene.testing.ts'
import { type Bed, openBed } from './bed.testing.ts'

const n = 1

let bed: Bed
let parcel: NthParcel
let mine: Cookie
let lying: Awaited<ReturnType<Bed['putIn']>>
beforeAll(async () => {
  bed = await openBed()
  mine = await bed.town.signIn('recipient', phoneOf(n))
  parcel = await bed.scanned(n)
  lying = await bed.putIn(parcel)
})
afterAll(async () => await bed.close())

type Place = { readonly cabinet: string; readonly screenDead?: true }
const placeFor = {
  recipient: async (): Promise<Place | undefined> => {
    const { waiting } = json(await bed.town.call('/v1/recipient/parcels', { headers: mine }))
    return (waiting as readonly { readonly place: Place }[])[0]?.place
  },
  courier: async (): Promise<Place | undefined> => {
    const { items } = json(await bed.town.call('/v1/courier/cabinets', { headers: bed.cookie }))
    return (items as readonly { readonly place: Place }[])[0]?.place
  },
  operator: async (): Promise<Place | undefined> =>
    (await bed.desk<{ readonly items: readonly Place[] }>('/cabinets')).items[0],
}
const isDead = async () =>
  await Promise.all(Object.values(placeFor).map(async (place) => (await place())?.screenDead === true))

describe('a child shut in behind a large door', () => {
  const large = () => [bed.door('A11'), bed.door('A12')] as const
  const position = (door: ReturnType<Bed['door']>) => bed.cabinet.loop.cabinet().doors.get(door)?.position

  it('is looked for where a large door was shut that nobody uses', async () => {
    const [door] = large()
    await bed.swing(door, 'open')
    await bed.swing(door, 'shut')
    await bed.alerted('large-door-shut A11')
  })

  it('is asked for by the kiosk, offline too, and one touch opens that door', async () => {
    const [, other] = large()
    await bed.swing(other, 'open')
    bed.cabinet.network.cut(true)
    await bed.until(() => !bed.kiosk.show().online)
    await bed.swing(other, 'shut')
    expect(bed.kiosk.show()).toMatchObject({ online: false, maybeInside: other })
    bed.kiosk.touch({ kind: 'emergency', what: 'shut-in' })
    expect(bed.kiosk.show()).toMatchObject({ emergency: true })
    bed.pass(3)
    await bed.until(() => large().every((door) => position(door) === 'open'))
    expect(bed.kiosk.show().maybeInside).toBeUndefined()
    bed.cabinet.network.cut(false)
    await bed.alerted('emergency')
    for (const door of large()) await bed.swing(door, 'shut')
    await bed.order({ kind: 'calm' })
    await bed.alerted('emergency', false)
  })

  it('comes out by one touch on the kiosk: the large empty doors open, and the operator is called', async () => {
    bed.kiosk.touch({ kind: 'emergency', what: 'shut-in' })
    await bed.alerted('emergency')
    bed.pass(3)
    await bed.until(() => large().every((door) => position(door) === 'open'))
    // What lies behind the others is not laid open by a touch.
    expect(position(lying.door)).toBe('shut')
    await bed.alerted('large-door-shut A11', false)
  })

  it('is told of by a phone too, rings until the operator ends it, and both calls end together', async () => {
    for (const [path, cookie] of [
      ['/recipient/help', mine],
      ['/courier/help', bed.cookie],
    ] as const)
      expect(await bed.phone(path, cookie, { cabinet: bed.at, what: 'shut-in' })).toBe('202')
    await bed.until(async () => (await bed.alerts()).filter((line) => line === 'shut-in-told').length === 2)
    await bed.order({ kind: 'calm' })
    await bed.until(async () => !(await bed.alerts()).some((line) => /emergency|shut-in/.test(line)))
  })

  it('comes out by the operator’s release as well, past whatever lies there', async () => {
    for (const door of large()) await bed.swing(door, 'shut')
    await bed.order({ kind: 'release', doors: [lying.door] })
    await bed.until(() => position(lying.door) === 'open')
    await bed.alerted('emergency')
    await bed.swing(lying.door, 'shut')
    await bed.order({ kind: 'calm' })
    await bed.alerted('emergency', false)
    // An opening is no collection: it waits as before.
    expect(await bed.told(parcel)).toEqual(['announced', `deposited ${bed.labelOf(lying.door)}`])
  })
})

describe('help asked for by phone', () => {
  it('is one case before the operator, with a number for whoever takes it on, until they have spoken', async () => {
    const ask = async (): Promise<string> =>
      await bed.phone('/recipient/help', mine, { cabinet: bed.at, what: 'call-back' })
    expect([await ask(), await ask()]).toEqual(['202', '202'])
    const asked = (await bed.alertsOpen()).filter(({ kind }) => kind === 'help-asked')
    expect(asked).toMatchObject([{ asker: 'recipient', place: { cabinet: bed.at } }])
    expect(JSON.stringify(asked)).not.toContain(phoneOf(n).slice(3))
    const path = `/alerts/${asked[0]?.id ?? ''}`
    expect(await bed.desk(`${path}/asker`)).toEqual({ phone: phoneOf(n) })
    await bed.desk(`${path}/settle`, { note: 'told him the door' })
    expect((await bed.alerts()).includes('help-asked')).toBe(false)
  })
})

describe('a kiosk that nobody can touch', () => {
  const beats = async (line: string, is: boolean): Promise<void> => {
    for (let beat = 0; beat < 3; beat += 1) {
      bed.pass(31)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await bed.alerted(line, is)
  }
  const pickUp = async () => await bed.phone('/recipient/pickups', mine, { cabinet: bed.at, deposit: lying.deposit })

  it('with its scanner alone gone is still one to type at', async () => {
    bed.front.scanner = 'absent'
    await beats('scanner-away', true)
    expect([await isDead(), await pickUp()]).toEqual([[false, false, false], '409 screen-works'])
    bed.front.scanner = 'ok'
    await beats('scanner-away', false)
  })

  it('is noticed by its health, and said to recipient, courier and operator', async () => {
    bed.front.touch = 'absent'
    await beats('kiosk-away', true)
    expect(await isDead()).toEqual([true, true, true])
  })

  it('takes a courier’s parcels by scans alone, and ends his work by itself once he is silent', async () => {
    const parcels = [n + 2, n + 3].map((nth): NthParcel => ({ ...parcelOf(bed, nth), size: 'M' }))
    await carded(bed, parcels)
    await signInByPhone(bed)
    const doors: string[] = []
    for (const { number } of parcels) {
      bed.kiosk.scan(number)
      await bed.kiosk.on('deposit-door', ({ phase }) => phase === 'open')
      doors.push(bed.labelOf(bed.here()))
      await bed.swing(bed.here(), 'shut')
      await bed.kiosk.on('deposit-door', ({ phase, reference }) => phase === 'shut' && reference !== undefined)
    }
    const stored = async () => await Promise.all(parcels.map(async (each) => (await bed.told(each)).at(-1)))
    await bed.until(async () => (await stored())[0] === `deposited ${doors[0]}`)
    expect([(await stored())[1], codesOf(bed, n + 3)]).toEqual(['announced', []])
    bed.pass(sessionLimits.courier / 1_000 + 1)
    expect(await bed.kiosk.on('farewell')).toMatchObject({ outcome: 'delivered', delivered: 2 })
    await bed.until(async () => (await stored())[1] === `deposited ${doors[1]}`)
    await bed.until(() => codesOf(bed, n + 3).length === 1)
    expect(bed.cabinet.loop.cabinet().session).toBeNull()
  })

  it('opens for its recipient from the phone, and the parcel counts as collected once the door is shut', async () => {
    bed.pass(20)
    expect(await pickUp()).toBe('202')
    await bed.until(() => bed.cabinet.loop.cabinet().doors.get(lying.door)?.position === 'open')
    expect((await bed.told(parcel)).length).toBe(2)
    await bed.swing(lying.door, 'shut')
    bed.pass(125)
    await bed.until(async () => (await bed.told(parcel)).at(-1) === `collected ${bed.labelOf(lying.door)}`)
  })

  it('is itself again with the first heartbeat that says so', async () => {
    bed.front.touch = 'ok'
    await beats('kiosk-away', false)
    expect([await placeFor.courier(), await placeFor.operator()]).not.toContainEqual(
      expect.objectContaining({ screenDead: true }),
    )
  })
})

describe('a planned outage', () => {
  it('that runs takes nothing in, gives out what is there, and is over by itself', async () => {
    const second = await bed.scanned(n + 1)
    await bed.putIn(second)
    const from = bed.town.clock.now() + hours(1)
    await bed.desk(`/cabinets/${bed.at}/outages`, { from, to: from + hours(3), reason: 'power work' })
    const idle = async (deposits: string | null) => await bed.kiosk.on('idle', (shown) => shown.deposits === deposits)
    await bed.until(() => (bed.cabinet.loop.cards.settings()?.outages ?? []).length === 1)
    await idle(null)
    bed.leap(hours(2))
    expect(await idle('outage-running')).toMatchObject({ closedUntil: from + hours(3) })
    await signInByPhone(bed)
    bed.kiosk.scan(parcelOf(bed, n + 4).number)
    expect((await bed.kiosk.on('scan')).problem).toBe('outage-running')
    bed.kiosk.touch({ kind: 'finish' })
    await idle('outage-running')
    await bed.typed(second)
    const door = bed.here()
    await bed.kiosk.on('pickup-door', ({ phase }) => phase === 'open')
    await bed.swing(door, 'shut')
    bed.kiosk.touch({ kind: 'all-good' })
    await bed.until(async () => (await bed.told(second)).at(-1) === `collected ${bed.labelOf(door)}`)
    bed.leap(hours(3))
    await idle(null)
  })
})
