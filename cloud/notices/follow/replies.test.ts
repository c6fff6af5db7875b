import { describe, expect, it } from 'vitest'
import { id, li, news, sceneOn } from '../notices.testing.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'

describe.each(await testEngines())('callbacks on $name', (engine) => {
  const scene = sceneOn(engine)
  const { hear, status, callback } = scene

  it('keeps receipts: late ones, early ones, and never takes back a delivery', async () => {
    await hear(news())
    const sentAs = scene.ground.sms.letters[0]?.id
    const receipt = async (outcome: string) => (await callback('sms/receipts', { message: sentAs, outcome })).status
    expect(await receipt('undeliverable')).toBe(202)
    expect(await status()).toBe('undeliverable')
    expect(await receipt('delivered')).toBe(202)
    expect(await receipt('undeliverable')).toBe(202)
    expect(await status()).toBe('delivered')
    expect((await callback('sms/receipts', { message: id('message', 9), outcome: 'delivered' })).status).toBe(404)
  })

  it('passes on an answer once, and leaves other words alone', async () => {
    for (const [from, text, reply] of [
      ['138 1234 5678', '同意', 'r1'],
      ['138 1234 5678', '同意', 'r1'],
      ['+8613812345678', 'Ｎ', 'r2'],
      ['+8613812345678', '什么?', 'r3'],
      ['GATEWAY', 'Y', 'r4'],
      ['138 1234 5678', '不是我的 A07', 'r5'],
    ]) {
      expect((await callback('sms/replies', { from, text, id: reply })).status).toBe(202)
    }
    expect(scene.ground.replies).toEqual([
      { phone: li, word: 'accept', reply: 'r1' },
      { phone: li, word: 'decline', reply: 'r2' },
      { phone: li, word: 'notMine', about: 'A07', reply: 'r5' },
    ])
  })

  it('takes the keys pressed in a call for an answer, and what follows the first for its question', async () => {
    for (const [text, id] of [
      ['1', 'c1'],
      ['0', 'c2'],
      ['12', 'c3'],
      ['02#', 'c4'],
      ['7', 'c5'],
      ['*', 'c6'],
    ])
      expect((await callback('voice/replies', { from: li, text, id })).status).toBe(202)
    expect(scene.ground.replies).toEqual([
      { phone: li, word: 'accept', reply: 'c1' },
      { phone: li, word: 'decline', reply: 'c2' },
      { phone: li, word: 'accept', about: '2', reply: 'c3' },
      { phone: li, word: 'decline', about: '2', reply: 'c4' },
    ])
  })

  it('believes no callback without the secret', async () => {
    const reply = { from: li, text: 'Y', id: 'r1' }
    expect((await callback('sms/replies', reply, 'another secret here')).status).toBe(401)
    expect((await scene.http.inject({ method: 'POST', url: '/v1/gateway/sms/replies', body: reply })).status).toBe(401)
    expect(scene.ground.replies).toEqual([])
  })
})
