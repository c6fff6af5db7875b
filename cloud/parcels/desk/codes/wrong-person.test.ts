import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isPhone, type Phone } from '@holdfast/core/parcel/phone.ts'
import type { ParcelId } from '@holdfast/core/values/ids.ts'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import { type CorrectReason, correctReasons, type ResendReason, resendReasons } from '@holdfast/wire/http/parcels.ts'
import type { Place } from '../../../cabinets/cabinets.ts'
import { testEngines } from '../../../platform/postgres/db.testing.ts'
import type { Db } from '../../../platform/postgres/db.ts'
import { addCabinet, announcement, createDeposit, createTown, phone, type Town } from '../../parcels.testing.ts'
import { parcelIn } from '../../routes.answer.ts'

const phoneOf = (text: string): Phone => {
  if (!isPhone(text)) throw new Error(text)
  return text
}
const right = phoneOf('+8613900000001')
const drawing = { ok: true, value: {} } as never

describe.each(await testEngines())('the wrong person on $name', (engine) => {
  let db: Db
  let town: Town
  let place: Place
  let made: ReturnType<typeof createDeposit>
  let parcel: ParcelId
  let seed = 7_000
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    seed += 1
    town = createTown(db, seed)
    place = addCabinet(town)
    town.neighbours.answerRenewals(drawing)
    const number = `SF7000000${seed}01`
    const announced = await town.parcels.announce(carrier(), announcement(number))
    if (!announced.ok) throw new Error(announced.refusal)
    parcel = parcelIn({ params: { parcel: announced.value.id } })
    made = createDeposit(town, place, { carrier: carrier(), numbers: [number, `SF7000000${seed}02`], from: 0 })
    await town.tell([made.prepared(), made.made()])
  })
  const carrier = () => town.carriers[0].id
  const at = () => ({ cabinet: place.cabinet, deposit: made.deposit })
  const wordOf = (words: CorrectReason) => ({ courier: town.courier, words })
  const correct = async (to: Phone = right) =>
    await town.parcels.correctWaiting(at(), { phone: to, whose: { carriers: [carrier()] } })
  const waitingOf = async (of: string) =>
    (await town.parcels.recipientParcels(of)).waiting.filter(({ deposit }) => deposit === made.deposit)
  const revoked = () => town.neighbours.revocations.get(place.cabinet)
  const typesOf = async () => (await town.news()).filter((each) => each.parcel === parcel).map(({ type }) => type)

  it('moves every parcel behind the door to the right phone, kills all generations and draws anew', async () => {
    expect(await correct()).toEqual({ ok: true, value: 'drawn' })
    expect(revoked()).toEqual([{ deposit: made.deposit, through: 1 }])
    expect(town.neighbours.renewals).toEqual([made.deposit])
    expect(await town.parcels.codeOf(at())).toBeUndefined()
    expect(await waitingOf(phone)).toEqual([])
    expect((await waitingOf(right)).map(({ code }) => code)).toEqual([null, null])
    await town.tell([made.renewed()])
    expect((await waitingOf(right)).map(({ code }) => code)).toEqual(['333333333', '333333333'])
    expect(await typesOf()).toEqual(['announced', 'deposited', 'corrected', 'code-renewed'])
    expect(await town.parcels.recipientOf(parcel)).toMatchObject({ phone: right, email: null })
  })

  it('asks for the new code until it has come, however long the cabinet could not draw it', async () => {
    town.neighbours.answerRenewals({ ok: false, refusal: 'cabinet-offline' })
    await correct()
    for (const wait of [minutes(2), minutes(2)]) {
      town.clock.advance(wait)
      await town.parcels.tick()
    }
    expect(town.neighbours.renewals.filter((each) => each === made.deposit)).toHaveLength(3)
    await town.tell([made.renewed()])
    town.clock.advance(hours(1))
    await town.parcels.tick()
    expect(town.neighbours.renewals.filter((each) => each === made.deposit)).toHaveLength(3)
  })

  it('gives the spare to the right phone while the cabinet is out of reach, and once only', async () => {
    town.neighbours.state.online = false
    expect(await correct()).toEqual({ ok: true, value: 'spare' })
    expect(await town.parcels.codeOf(at())).toEqual({ code: '222222222', generation: 1 })
    expect(revoked()).toEqual([{ deposit: made.deposit, through: 0 }])
    expect(await correct(phoneOf('+8613900000002'))).toEqual({ ok: true, value: 'later' })
    expect(await town.parcels.codeOf(at())).toBeUndefined()
    expect(revoked()).toEqual([{ deposit: made.deposit, through: 1 }])
  })

  it('changes nothing for the phone that is right already', async () => {
    expect(await correct(phoneOf(phone))).toEqual({ ok: true, value: 'same' })
    expect(town.neighbours.renewals).toEqual([])
    expect(await town.parcels.codeOf(at())).toMatchObject({ generation: 0 })
  })

  it('is nobody else’s to correct (law 11)', async () => {
    const as = async (whose: object) => await town.parcels.correctWaiting(at(), { phone: right, whose } as never)
    const hidden = { ok: false, refusal: 'parcel-unknown' }
    expect(await as({ carriers: [town.carriers[1].id] })).toEqual(hidden)
    expect(await as({ operator: town.id('operator') })).toEqual(hidden)
    expect(await as({ carriers: [] })).toEqual(hidden)
    expect(await as({ operator: place.operator })).toMatchObject({ ok: true })
  })

  it('is corrected through the carrier’s own call, phone only', async () => {
    const patch = async (correction: object) => await town.parcels.correct(carrier(), parcel, correction)
    expect(await patch({ size: 'L', recipientPhone: right })).toMatchObject({ refusal: 'parcel-already-stored' })
    expect(await patch({ recipientPhone: right })).toMatchObject({
      ok: true,
      value: { state: 'stored', recipientPhoneMasked: '139******01' },
    })
  })

  it('freezes the code at "not mine", writes to that phone no more, and lets the courier take it out', async () => {
    expect(await town.parcels.disown(right, parcel)).toEqual({ ok: false, refusal: 'parcel-unknown' })
    expect(await town.parcels.disown(phone, parcel)).toEqual({ ok: true, value: undefined })
    expect(await town.parcels.disown(phone, parcel)).toEqual({ ok: true, value: undefined })
    expect(revoked()).toEqual([{ deposit: made.deposit, through: 1 }])
    expect(await waitingOf(phone)).toEqual([])
    expect(await town.parcels.waitingAt(place.cabinet, phone)).toEqual([])
    expect(await town.parcels.recipientOf(parcel)).toMatchObject({ phone: null, email: null })
    expect(await town.parcels.resend(parcel, { phone })).toMatchObject({ refusal: 'code-not-waiting' })
    expect(town.neighbours.recalls.get(place.cabinet)).toEqual([made.deposit])
    expect((await town.parcels.recallsFor([carrier()])).find(({ deposit }) => deposit === made.deposit)).toMatchObject({
      why: 'not-mine',
    })
    expect(
      (await town.parcels.courierDeposits(town.courier)).find(({ deposit }) => deposit === made.deposit),
    ).toMatchObject({ notMine: true })
    const told = (await town.news()).filter(({ type, deposit }) => type === 'not-mine' && deposit === made.deposit)
    expect(told.map(({ door }) => door?.label)).toEqual(['A07', 'A07'])
    await correct()
    const settled = (await town.news()).filter(({ type, deposit }) => type === 'corrected' && deposit === made.deposit)
    expect(settled.map(({ door }) => door?.label)).toEqual(['A07', 'A07'])
  })

  it('goes on after "not mine" with the right phone, the same one included', async () => {
    await town.parcels.disown(phone, parcel)
    expect(await correct(phoneOf(phone))).toEqual({ ok: true, value: 'drawn' })
    expect(town.neighbours.recalls.get(place.cabinet)).toEqual([])
    await town.tell([made.renewed()])
    expect((await waitingOf(phone)).map(({ code }) => code)).toEqual(['333333333', '333333333'])
  })

  it('has nothing to correct, to freeze or to tell again once it is collected', async () => {
    await town.tell([made.collected()])
    expect(await correct()).toMatchObject({ refusal: 'code-not-waiting' })
    expect(await town.parcels.disown(phone, parcel)).toMatchObject({ refusal: 'code-not-waiting' })
    expect(await town.parcels.resend(parcel, { phone })).toMatchObject({ refusal: 'code-not-waiting' })
  })

  it('is told the code again once a minute and five times a day, one message for one door', async () => {
    const again = async () => (await town.parcels.resend(parcel, { phone })).ok
    expect([await again(), await again()]).toEqual([true, false])
    for (let i = 0; i < 4; i += 1) {
      town.clock.advance(minutes(1))
      expect(await again()).toBe(true)
    }
    town.clock.advance(minutes(1))
    expect(await again()).toBe(false)
    town.clock.advance(hours(24))
    expect([await again(), await town.parcels.resendAt(place.cabinet, phone)]).toEqual([true, 0])
    town.clock.advance(minutes(1))
    expect(await town.parcels.resendAt(place.cabinet, phone)).toBe(1)
    expect(await town.parcels.resendAt(town.id('cabinet'), phone)).toBe(0)
  })

  it('is told again by a courier of the carrier, and by no other’s (law 11)', async () => {
    const by = async (carriers: readonly (typeof town.carriers)[0]['id'][]) =>
      await town.parcels.resendDeposit(at(), { carriers, word: wordOf('other') })
    const hidden = { ok: false, refusal: 'parcel-unknown' }
    expect(await by([town.carriers[1].id])).toEqual(hidden)
    expect(await by([])).toEqual(hidden)
    expect(
      await town.parcels.resendDeposit(
        { ...at(), deposit: town.id('deposit') },
        { carriers: [carrier()], word: wordOf('other') },
      ),
    ).toEqual(hidden)
    expect(await by([town.carriers[1].id, carrier()])).toEqual({ ok: true, value: undefined })
    expect(await by([carrier()])).toEqual({ ok: false, refusal: 'code-told-too-often' })
    const told = (await town.news()).filter(({ type, deposit }) => type === 'code-resent' && deposit === made.deposit)
    expect(told).toHaveLength(1)
  })

  it('holds all parcels behind one door to one limit', async () => {
    const [one, other] = (await waitingOf(phone)).map(({ id }) => parcelIn({ params: { parcel: id } }))
    if (one === undefined || other === undefined) throw new Error('two parcels wait')
    expect(await town.parcels.resend(one, { phone })).toMatchObject({ ok: true })
    expect(await town.parcels.resend(other, { phone })).toMatchObject({ refusal: 'code-told-too-often' })
  })

  it('keeps the operator’s reason beside the line that he caused', async () => {
    const word = { staff: town.id('staff'), words: 'He called and read out his number' }
    await town.parcels.resend(parcel, { operator: place.operator, word })
    const { lines } = (await town.parcels.history(place.operator, parcel)) ?? { lines: [] }
    expect(lines.at(-1)).toMatchObject({ type: 'code-resent', detail: { by: 'Ann', words: word.words } })
    const other = { operator: town.id('operator'), word }
    expect(await town.parcels.resend(parcel, other)).toMatchObject({ refusal: 'parcel-unknown' })
  })

  it.each(correctReasons)(
    'keeps why a courier corrected it (%s) beside every parcel’s line, without his name',
    async (why) => {
      const whose = { carriers: [carrier()] }
      await town.parcels.correctWaiting(at(), { phone: right, whose, word: wordOf(why) })
      const parcels = (await waitingOf(right)).map(({ id }) => parcelIn({ params: { parcel: id } }))
      expect(parcels).toHaveLength(2)
      for (const each of parcels) {
        const { lines } = (await town.parcels.history(place.operator, each)) ?? { lines: [] }
        const { type, detail } = lines.at(-1) ?? {}
        expect({ type, by: detail?.['by'], words: detail?.['words'] }).toEqual({
          type: 'corrected',
          by: 'courier',
          words: why,
        })
        expect(JSON.stringify(lines)).not.toContain(town.courier)
      }
    },
  )

  it.each(resendReasons)('keeps why a courier had it told again (%s), and nothing of what was refused', async (why) => {
    const again = async (words: ResendReason) =>
      await town.parcels.resendDeposit(at(), { carriers: [carrier()], word: wordOf(words) })
    expect([await again(why), await again('other')]).toMatchObject([{ ok: true }, { refusal: 'code-told-too-often' }])
    const told = []
    for (const { id } of await waitingOf(phone)) {
      const story = await town.parcels.history(place.operator, parcelIn({ params: { parcel: id } }))
      told.push(...(story?.lines ?? []).filter(({ type }) => type === 'code-resent'))
    }
    expect(told.map(({ detail }) => [detail['by'], detail['words']])).toEqual([['courier', why]])
  })

  it('has no word beside what the carrier corrected by its own call', async () => {
    await town.parcels.correct(carrier(), parcel, { recipientPhone: right })
    const { lines } = (await town.parcels.history(place.operator, parcel)) ?? { lines: [] }
    expect(lines.at(-1)).toMatchObject({ type: 'corrected', detail: { reason: 'phone' } })
    expect(lines.flatMap(({ detail }) => Object.keys(detail))).not.toContain('by')
  })
})
