import { describe, expect, it } from 'vitest'
import type { Reply } from '../../loop/loop.ts'
import { carrier, createKioskRig, otherCarrier, person, type KioskRig } from '../rig.testing.ts'

const elsewhere = 'car_01jd0000000000000000000009'
const code = '123456'

const answers = (rig: KioskRig, change: Partial<Reply>): void => {
  const base = { v: 1, cabinet: 'cab', order: 'ord', sentAt: 0, kind: 'reply', ask: 'evt' } as const
  rig.loop.answerAsk = () => ({ answered: true, reply: { ...base, ...change } })
}

/** Phone and code are typed; the cloud answers the code with these. */
async function typed(change: Partial<Reply>): Promise<KioskRig> {
  const rig = createKioskRig()
  rig.touch({ kind: 'by-phone' })
  answers(rig, {})
  rig.touch({ kind: 'phone', phone: '13900139000' })
  await rig.clock.advance(400)
  answers(rig, change)
  rig.touch({ kind: 'message-code', code })
  await rig.clock.advance(400)
  return rig
}

const grantFor = (of: string): Partial<Reply> => ({ grant: `HF1:sign-in:${person}:${of}` })

describe('a courier of several carriers at the kiosk', () => {
  it('is asked for whom he stands here, by the names of those served here', async () => {
    const { on, loop } = await typed({ carriers: [elsewhere, otherCarrier, carrier] })
    expect(on('courier-carrier')).toMatchObject({
      carriers: [
        { carrier, name: 'SF' },
        { carrier: otherCarrier, name: 'ZTO' },
      ],
      busy: false,
      problem: null,
    })
    expect(loop.cabinet().session).toBeNull()
  })

  it('is signed in for the one he chose, by the code that he typed once', async () => {
    const rig = await typed({ carriers: [carrier, otherCarrier] })
    answers(rig, grantFor(otherCarrier))
    rig.touch({ kind: 'carrier', carrier: otherCarrier })
    expect(rig.on('courier-carrier').busy).toBe(true)
    await rig.clock.advance(400)
    expect(rig.loop.cabinet().session).toMatchObject({ kind: 'courier', person, carrier: otherCarrier })
    expect(rig.loop.asked.at(-1)).toMatchObject({ kind: 'courier-sign-in', plain: { code, carrier: otherCarrier } })
  })

  it('is asked nothing where one of his carriers is served here', async () => {
    const rig = await typed({ carriers: [elsewhere, otherCarrier] })
    expect(rig.loop.asked.at(-1)).toMatchObject({ plain: { code, carrier: otherCarrier } })
    answers(rig, grantFor(otherCarrier))
    await rig.clock.advance(400)
    expect(rig.loop.asked).toHaveLength(3)
  })

  it.each([
    ['none of his carriers is served here', { carriers: [elsewhere, 'car_01jd0000000000000000000008'] }],
    ['the reply brings nothing at all', {}],
  ])('is refused where %s', async (_name, change) => {
    const { on, loop } = await typed(change)
    expect(on('courier-code')).toMatchObject({ busy: false, problem: 'sign-in-refused' })
    expect(loop.cabinet().session).toBeNull()
  })

  it('may not choose one that was not offered, nor a second one while the first is asked for', async () => {
    const rig = await typed({ carriers: [carrier, otherCarrier] })
    const asked = rig.loop.asked.length
    rig.touch({ kind: 'carrier', carrier: elsewhere })
    expect(rig.loop.asked).toHaveLength(asked)
    rig.touch({ kind: 'carrier', carrier })
    rig.touch({ kind: 'carrier', carrier: otherCarrier })
    expect(rig.loop.asked).toHaveLength(asked + 1)
  })

  it.each([
    ['refuses', { refusal: 'screen-taken' }, 'sign-in-refused'],
    ['answers without a grant', { carriers: [elsewhere] }, 'sign-in-refused'],
  ])('is told so where the cloud %s, and may choose again', async (_name, change, problem) => {
    const rig = await typed({ carriers: [carrier, otherCarrier] })
    answers(rig, change)
    rig.touch({ kind: 'carrier', carrier })
    await rig.clock.advance(400)
    expect(rig.on('courier-carrier')).toMatchObject({ busy: false, problem })
    answers(rig, grantFor(carrier))
    rig.touch({ kind: 'carrier', carrier })
    await rig.clock.advance(400)
    expect(rig.loop.cabinet().session).toMatchObject({ carrier })
  })

  it('gets two minutes, more when asked for, and leaves nothing behind when they are over', async () => {
    const rig = await typed({ carriers: [carrier, otherCarrier] })
    await rig.clock.advance(110_000)
    rig.touch({ kind: 'extend' })
    await rig.clock.advance(110_000)
    expect(rig.screen().kind).toBe('courier-carrier')
    await rig.clock.advance(20_000)
    expect([rig.screen().kind, rig.loop.cabinet().session]).toEqual(['idle', null])
  })

  it('goes back to the phone number', async () => {
    const rig = await typed({ carriers: [carrier, otherCarrier] })
    rig.touch({ kind: 'back' })
    expect(rig.screen().kind).toBe('courier-phone')
  })
})
