import { describe, expect, it } from 'vitest'
import { createHands } from './hands.ts'

/** Work that ends when told. */
function working() {
  let end: () => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  return { work: async () => await ended, end: () => end(), fail: (error: unknown) => fail(error) }
}

describe('hands', () => {
  it('are none before they are open, so that a round takes everything', async () => {
    const hands = createHands(2, () => undefined)
    let worked = false
    hands.take(async () => void (worked = true))
    expect([hands.free(), worked]).toEqual([0, false])
    hands.open()
    expect(hands.free()).toBe(2)
    await hands.close()
  })

  it('are as many as told, and free again behind their work', async () => {
    const hands = createHands(2, () => undefined)
    hands.open()
    const [first, second, third] = [working(), working(), working()]
    for (const each of [first, second, third]) hands.take(each.work)
    // Promised before it was full: taken all the same.
    expect(hands.free()).toBe(0)
    first.end()
    second.end()
    await expect.poll(() => hands.free()).toBe(1)
    third.end()
    await hands.close()
  })

  it('tell of what failed and go on', async () => {
    const failures: unknown[] = []
    const hands = createHands(1, (error) => failures.push(error))
    hands.open()
    const [bad, good] = [working(), working()]
    hands.take(bad.work)
    bad.fail('broken')
    await expect.poll(() => hands.free()).toBe(1)
    hands.take(good.work)
    good.end()
    await hands.close()
    expect(failures).toEqual(['broken'])
  })

  it('end what is under way before they are closed, and begin nothing more', async () => {
    const hands = createHands(2, () => undefined)
    hands.open()
    const { work, end } = working()
    const order: string[] = []
    hands.take(async () => {
      await work()
      order.push('worked')
    })
    const closed = hands.close().then(() => order.push('closed'))
    hands.take(async () => void order.push('late'))
    expect(hands.free()).toBe(0)
    end()
    await closed
    expect(order).toEqual(['worked', 'closed'])
  })
})
