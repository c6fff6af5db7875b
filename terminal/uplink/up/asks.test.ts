import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../boards/line/clock.fake.ts'
import type { Question, Replied, Reply } from '../../loop/loop.ts'
import { cloud, id, newIdentity, seals } from '../../terminal.testing.ts'
import { createAsks, replyWithinMs } from './asks.ts'

interface Sent {
  readonly kind: string
  readonly ask: string
  readonly have?: number
  readonly sealed?: string
}

function rig() {
  const clock = { ...createFakeClock(), wall: () => 0 }
  const { cabinet, incarnation } = newIdentity()
  const sent: Sent[] = []
  const line = { online: true }
  const sendWaits: (() => void)[] = []
  const asks = createAsks({
    cabinet,
    incarnation,
    seals,
    sealTo: cloud.sealing.publicKey,
    clock,
    drawId: () => id('event'),
    online: () => line.online,
    send: (body) => {
      sent.push(JSON.parse(new TextDecoder().decode(body)) as Sent)
      for (const wake of sendWaits.splice(0)) wake()
    },
  })
  /** Asks, and resolves when the question has left. */
  const ask = async (): Promise<{ readonly answer: Promise<Replied>; readonly named: string }> => {
    const left = new Promise<void>((resolve) => sendWaits.push(resolve))
    const answer = asks.ask(question())
    await left
    return { answer, named: sent.at(-1)?.ask ?? '' }
  }
  const reply = (to: string): Reply => ({
    v: 1,
    cabinet,
    order: id('order'),
    sentAt: 1 as Reply['sentAt'],
    kind: 'reply',
    ask: to as Reply['ask'],
  })
  return { asks, ask, clock, line, reply, sent }
}

const question = (): Question => ({
  kind: 'card',
  parcel: 'a'.repeat(64),
  deposit: id('deposit'),
  courier: id('person'),
  plain: { carrier: id('carrier'), number: 'SF1' },
})

describe('a question to the cloud', () => {
  it('is answered by the reply that names it, and by no other', async () => {
    const { ask, asks, reply } = rig()
    const [first, second] = [await ask(), await ask()]
    expect(asks.replied(reply(id('event')))).toBe(false)
    const toSecond = reply(second.named)
    expect(asks.replied(toSecond)).toBe(true)
    expect(await second.answer).toEqual({ answered: true, reply: toSecond })
    expect(asks.replied(reply(first.named))).toBe(true)
    expect(await first.answer).toMatchObject({ answered: true })
  })

  it('is given up after its time, and the late reply finds nobody', async () => {
    const { ask, asks, clock, reply } = rig()
    const { answer, named } = await ask()
    let settled = false
    void answer.then(() => (settled = true))
    await clock.advance(replyWithinMs - 1)
    expect(settled).toBe(false)
    await clock.advance(1)
    expect(await answer).toEqual({ answered: false, why: 'timeout' })
    expect(asks.replied(reply(named))).toBe(false)
  })

  it('takes its reply once', async () => {
    const { ask, asks, reply } = rig()
    const { named } = await ask()
    expect([asks.replied(reply(named)), asks.replied(reply(named))]).toEqual([true, false])
  })

  it('is given up at once when the connection goes, and its reply comes too late', async () => {
    const { ask, asks, line, reply } = rig()
    const asked = [await ask(), await ask()]
    line.online = false
    asks.giveUp()
    for (const { answer } of asked) expect(await answer).toEqual({ answered: false, why: 'offline' })
    expect(asks.replied(reply(asked[0]?.named ?? ''))).toBe(false)
  })

  it('is not even sealed while offline, and not sent where the connection went during the sealing', async () => {
    const { asks, line, sent } = rig()
    const during = asks.ask(question())
    line.online = false
    expect(await during).toEqual({ answered: false, why: 'offline' })
    expect(await asks.ask(question())).toEqual({ answered: false, why: 'offline' })
    expect(sent).toEqual([])
  })

  it('says how far the cabinet is, without waiting', () => {
    const { asks, sent } = rig()
    asks.desired(7)
    expect(sent).toMatchObject([{ kind: 'desired', have: 7 }])
  })
})
