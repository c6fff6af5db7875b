import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CourierDeposit, RecipientParcels } from '@holdfast/wire/http/parcels.ts'
import { type Bed, openBed } from '../doors/bed.testing.ts'
import { ok } from '../offline/cabinet.testing.ts'
import { codesOf, type NthParcel, phoneOf } from '../offline/scene.testing.ts'

let bed: Bed
beforeAll(async () => {
  bed = await openBed()
})
afterAll(async () => await bed.close())

type Headers = Readonly<Record<string, string>>
const call = async <T>(headers: Headers, path: string, body?: object): Promise<T> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
  ok(await bed.town.call(`/v1${path}`, { headers, ...(body === undefined ? {} : { body }) })) as T
const stored = async (n: number) => {
  const parcel = await bed.scanned(n)
  return { parcel, ...(await bed.putIn(parcel)) }
}
const newest = (n: number): string => codesOf(bed, n).at(-1) ?? ''
const letters = (n: number): number => bed.town.tray.letters.filter(({ to }) => to === phoneOf(n)).length
const told = async (n: number, codes: number): Promise<void> => await bed.until(() => codesOf(bed, n).length === codes)
/** What the keypad says to it. */
const typed = async (code: string): Promise<'opened' | 'wrong'> => {
  bed.pass(20)
  if (bed.kiosk.screen().kind !== 'code') bed.kiosk.touch({ kind: 'pick-up' })
  await bed.kiosk.on('code')
  bed.kiosk.touch({ kind: 'code', code })
  await bed.until(() => {
    const shown = bed.kiosk.screen()
    return shown.kind === 'pickup-door' || (shown.kind === 'code' && !shown.busy)
  })
  const shown = bed.kiosk.screen()
  if (shown.kind === 'pickup-door') return 'opened'
  expect(shown).toMatchObject({ kind: 'code', problem: 'code-wrong' })
  return 'wrong'
}
const collects = async (parcel: NthParcel, code: string): Promise<void> => {
  expect(await typed(code)).toBe('opened')
  await bed.kiosk.on('pickup-door', ({ phase }) => phase === 'open')
  await bed.swing(bed.here(), 'shut')
  bed.kiosk.touch({ kind: 'all-good' })
  await bed.until(async () => (await bed.told(parcel)).at(-1)?.startsWith('collected') === true)
}

describe('a parcel whose code went to the wrong phone', () => {
  it('is put right by its courier from the day’s list: the old code is dead, the new one is the right person’s', async () => {
    const { parcel, deposit } = await stored(1)
    const first = newest(1)
    const body = { cabinet: bed.at, recipientPhone: phoneOf(11), reason: 'wrong-digit' }
    expect(await call(bed.cookie, `/courier/deposits/${deposit}/recipient`, body)).toEqual({ code: 'drawn' })
    await told(11, 1)
    expect(await typed(first)).toBe('wrong')
    const heard = letters(1)
    await collects(parcel, newest(11))
    expect([letters(1), newest(11) === first]).toEqual([heard, false])
  })

  it('is put right by its carrier, by the call that announced it', async () => {
    const { parcel } = await stored(2)
    const { id } = await call<{ id: string }>(bed.headers, `/parcels?trackingNumber=${parcel.number}`)
    ok(
      await bed.town.call(`/v1/parcels/${id}`, {
        method: 'PATCH',
        headers: bed.headers,
        body: { recipientPhone: phoneOf(12) },
      }),
    )
    await told(12, 1)
    expect(await typed(newest(2))).toBe('wrong')
    await collects(parcel, newest(12))
  })

  it('is frozen by “not mine”: the code opens nothing, the courier sees why, and the right number sets it free', async () => {
    const { parcel, deposit } = await stored(3)
    const app = await bed.town.signIn('recipient', phoneOf(3))
    const { waiting } = await call<RecipientParcels>(app, '/recipient/parcels')
    ok(await bed.town.call(`/v1/recipient/parcels/${waiting[0]?.id ?? ''}/not-mine`, { headers: app, method: 'POST' }))
    await bed.until(() => bed.cabinet.loop.cabinet().deposits.get(deposit)?.revokedThrough === 1)
    expect(await typed(newest(3))).toBe('wrong')
    const { items } = await call<{ items: readonly CourierDeposit[] }>(bed.cookie, '/courier/deposits')
    expect(items.find((one) => one.deposit === deposit)).toMatchObject({ notMine: true })
    const body = { cabinet: bed.at, recipientPhone: phoneOf(13), reason: 'carrier-said' }
    await call(bed.cookie, `/courier/deposits/${deposit}/recipient`, body)
    await told(13, 1)
    await collects(parcel, newest(13))
  })
})

describe('a code that is lost', () => {
  let parcel: NthParcel
  let deposit: string
  it('comes once more to the phone whose number is typed at the kiosk, and opens', async () => {
    const made = await stored(4)
    parcel = made.parcel
    deposit = made.deposit
    bed.kiosk.touch({ kind: 'pick-up' })
    await bed.kiosk.on('code')
    bed.kiosk.touch({ kind: 'lost-code' })
    await bed.kiosk.on('lost-code')
    bed.kiosk.touch({ kind: 'phone', phone: phoneOf(4) })
    await bed.kiosk.on('lost-code', ({ sent }) => sent)
    await told(4, 2)
    expect(new Set(codesOf(bed, 4)).size).toBe(1)
  })

  it('comes by the app, by the courier and by the operator as well, and is the same code each time', async () => {
    const app = await bed.town.signIn('recipient', phoneOf(4))
    const { waiting } = await call<RecipientParcels>(app, '/recipient/parcels')
    const id = waiting[0]?.id ?? ''
    bed.pass(61)
    await call(app, `/recipient/parcels/${id}/resend`, {})
    await told(4, 3)
    bed.pass(61)
    const body = { cabinet: bed.at, reason: 'recipient-asked' }
    await call(bed.cookie, `/courier/deposits/${deposit}/resend`, body)
    await told(4, 4)
    bed.pass(61)
    await bed.desk(`/parcels/${id}/resend`, { reason: 'recipient-asked' })
    await told(4, 5)
    expect(new Set(codesOf(bed, 4)).size).toBe(1)
    await collects(parcel, newest(4))
  })
})

describe('a number that nobody has', () => {
  it('is said to its courier while he stands there, and in the list of his day', async () => {
    bed.town.tray.nobodys.add(phoneOf(5))
    await bed.scanned(5)
    await bed.kiosk.on('deposit-door', ({ phase }) => phase === 'open')
    const door = bed.here()
    await bed.swing(door, 'shut')
    await bed.kiosk.on('deposit-door', ({ phase, waiting }) => phase === 'shut' && !waiting)
    await bed.scanned(6)
    await bed.kiosk.on('deposit-door', ({ missed }) => missed.includes(door))
    const { items } = await call<{ items: readonly CourierDeposit[] }>(bed.cookie, '/courier/deposits')
    expect(items.find((one) => one.door.label === bed.labelOf(door))).toMatchObject({ notice: 'undeliverable' })
  })
})
