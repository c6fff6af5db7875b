import { describe, expect, it } from 'vitest'
import type { Replied, Reply } from '../../loop/loop.ts'
import { createKioskRig, type KioskRig } from '../rig.testing.ts'
import { pageLimits } from './pages.ts'

const replied = (change: Partial<Reply> = {}): Replied => ({
  answered: true,
  reply: { v: 1, cabinet: 'cab', order: 'ord', sentAt: 0, kind: 'reply', ask: 'evt', ...change },
})

/** Somebody without a code has typed a phone, and the cloud says this. */
async function typed(answer: Replied, phone = '13900139000'): Promise<KioskRig> {
  const rig = createKioskRig()
  rig.loop.answerAsk = () => answer
  rig.touch({ kind: 'pick-up' })
  rig.touch({ kind: 'lost-code' })
  rig.touch({ kind: 'phone', phone })
  await rig.clock.advance(400)
  return rig
}

describe('somebody without a code', () => {
  it('types a phone, and is told to look at it', async () => {
    const rig = await typed(replied())
    expect(rig.on('lost-code')).toEqual({ kind: 'lost-code', busy: false, sent: true, problem: null })
    expect(rig.loop.asked).toHaveLength(1)
    expect(rig.loop.asked[0]).toMatchObject({ kind: 'lost-code', plain: { phone: '+8613900139000' } })
  })

  it.each([
    ['a landline', '057188888888', '+8657188888888'],
    ['a phone from abroad', '00821012345678', '+821012345678'],
  ])('may have had it said to %s', async (_name, phone, read) => {
    const rig = await typed(replied(), phone)
    expect(rig.on('lost-code').sent).toBe(true)
    expect(rig.loop.asked[0]).toMatchObject({ plain: { phone: read } })
  })

  it('asks once for one screen, and goes on to the code', async () => {
    const rig = await typed(replied())
    rig.touch({ kind: 'phone', phone: '13900139000' })
    expect(rig.loop.asked).toHaveLength(1)
    rig.touch({ kind: 'pick-up' })
    expect(rig.on('code').problem).toBeNull()
  })

  it.each([
    ['the phone is none', replied({ refusal: 'phone-unreadable' }), 'phone-unreadable'],
    ['it was asked too often', replied({ refusal: 'too-many-scans' }), 'lost-code-later'],
    ['the cloud says something new', replied({ refusal: 'never-heard-of' }), 'lost-code-later'],
    ['the connection goes meanwhile', { answered: false, why: 'offline' } as const, 'lost-code-offline'],
    ['the cloud is silent', { answered: false, why: 'timeout' } as const, 'cloud-silent'],
  ])('is told so where %s, and may try again', async (_name, answer, problem) => {
    const rig = await typed(answer)
    expect(rig.on('lost-code')).toEqual({ kind: 'lost-code', busy: false, sent: false, problem })
    rig.loop.answerAsk = () => replied()
    rig.touch({ kind: 'phone', phone: '13900139001' })
    await rig.clock.advance(400)
    expect(rig.on('lost-code').sent).toBe(true)
  })

  it('is told of a slip before anything is asked', async () => {
    const rig = await typed(replied(), '12')
    expect(rig.on('lost-code')).toMatchObject({ busy: false, sent: false, problem: 'phone-unreadable' })
    expect(rig.loop.asked).toEqual([])
  })

  it('is told at once where the cabinet is offline: an older message still opens', () => {
    const rig = createKioskRig()
    rig.loop.set({ online: false })
    rig.touch({ kind: 'pick-up' })
    rig.touch({ kind: 'lost-code' })
    expect(rig.on('code').problem).toBe('lost-code-offline')
    expect(rig.loop.asked).toEqual([])
  })

  it('leaves nothing behind for who comes next', async () => {
    const rig = await typed(replied())
    await rig.clock.advance(pageLimits.asking + 1_000)
    expect(rig.on('idle').kind).toBe('idle')
  })

  it('does not take an answer that comes after he has gone for the next one’s', async () => {
    const rig = createKioskRig()
    let answer: (replied: Replied) => void = () => undefined
    rig.loop.ask = () => new Promise((resolve) => (answer = resolve))
    rig.touch({ kind: 'lost-code' })
    rig.touch({ kind: 'phone', phone: '13900139000' })
    rig.touch({ kind: 'finish' })
    rig.touch({ kind: 'lost-code' })
    answer(replied())
    await rig.clock.advance(400)
    expect(rig.on('lost-code')).toMatchObject({ busy: false, sent: false })
  })
})
