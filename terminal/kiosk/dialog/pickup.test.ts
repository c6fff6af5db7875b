import { describe, expect, it } from 'vitest'
import { nth } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import type { Replied } from '../../loop/loop.ts'
import { createKioskRig, type KioskRig } from '../rig.testing.ts'

const label = 'SF1234567890123'
const reply = (more: object): Replied => ({
  answered: true,
  reply: {
    v: 1,
    cabinet: nth('cabinet', 1),
    order: nth('order', 1),
    sentAt: 0,
    kind: 'reply',
    ask: nth('event', 1),
    ...more,
  },
})

/** Opened by its code, taken out and shut again. */
async function collected(change: Parameters<KioskRig['put']>[1] = {}) {
  const rig = createKioskRig()
  rig.signIn()
  const deposit = await rig.put(label, change)
  rig.touch({ kind: 'finish' })
  await rig.clock.advance(9_000)
  rig.touch({ kind: 'pick-up' })
  rig.touch({ kind: 'code', code: rig.loop.codeOf(deposit) })
  await rig.clock.advance(2_500)
  expect(rig.on('pickup-door')).not.toHaveProperty('lowDoors')
  rig.loop.shut(rig.doorOf())
  return { ...rig, deposit }
}

describe('the wish for low doors, told at the kiosk', () => {
  it('is offered to whoever opened by the code, once the door is shut, and kept by the cloud', async () => {
    const { on, touch, loop, clock, deposit } = await collected()
    expect(on('pickup-door').lowDoors).toBe('offered')
    loop.answerAsk = () => reply({})
    touch({ kind: 'all-low-doors' })
    expect(on('pickup-door').lowDoors).toBe('asking')
    await clock.advance(400)
    expect(on('pickup-door').lowDoors).toBe('kept')
    touch({ kind: 'all-low-doors' })
    expect(loop.asked).toEqual([{ kind: 'low-doors', deposit, plain: { lowDoor: true } }])
    touch({ kind: 'all-good' })
    expect(loop.cabinet().deposits.size).toBe(0)
  })

  it.each([
    ['is silent', { answered: false, why: 'timeout' } as const],
    ['knows no phone', reply({ refusal: 'phone-unreadable' })],
  ])('that could not be kept because the cloud %s is said so, and may be told again', async (_, answer) => {
    const { on, touch, loop, clock } = await collected()
    loop.answerAsk = () => answer
    touch({ kind: 'all-low-doors' })
    await clock.advance(400)
    expect(on('pickup-door').lowDoors).toBe('failed')
    loop.answerAsk = () => reply({})
    touch({ kind: 'all-low-doors' })
    await clock.advance(400)
    expect(on('pickup-door').lowDoors).toBe('kept')
  })

  it('is not offered without a network, nor where a low door was asked for already', async () => {
    const { on, loop } = await collected()
    loop.set({ online: false })
    expect(on('pickup-door')).not.toHaveProperty('lowDoors')
    const asked = await collected({ lowDoor: true })
    expect(asked.on('pickup-door')).not.toHaveProperty('lowDoors')
  })

  it('is not offered to a phone before the screen, which has its own app and may be a helper’s', async () => {
    const { desk, on, loop, clock, stored, doorOf, touch } = createKioskRig()
    desk.scanned(`HF1:pickup:${await stored()}`)
    await clock.advance(2_500)
    loop.shut(doorOf())
    expect(on('pickup-door').phase).toBe('shut')
    expect(on('pickup-door')).not.toHaveProperty('lowDoors')
    touch({ kind: 'all-low-doors' })
    expect(loop.asked).toEqual([])
  })
})
