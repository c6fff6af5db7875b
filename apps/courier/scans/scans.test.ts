import { describe, expect, it } from 'vitest'
import type { Answer } from '../../kit/cloud/client.ts'
import { createScans } from './scans.ts'

const offline: Answer<unknown> = { ok: false, failure: { kind: 'offline', code: 'offline', status: 0, messages: {} } }
const arrived: Answer<unknown> = { ok: true, value: {} }

/** A network whose answers are given by hand. */
function bench() {
  const asked: { text: string; key: string; answer: (answer: Answer<unknown>) => Promise<void> }[] = []
  let drawn = 0
  const scans = createScans({
    newKey: () => `key${++drawn}`,
    send: (text, key) =>
      new Promise((resolve) => {
        const answer = async (given: Answer<unknown>): Promise<void> => {
          resolve(given)
          await turn()
        }
        asked.push({ text, key, answer })
      }),
  })
  const states = () => scans.list().map(({ text, state }) => [text, typeof state === 'string' ? state : state.code])
  return { scans, asked, states }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('scans by phone', () => {
  it('go one after the other, newest on top', async () => {
    const { scans, asked, states } = bench()
    scans.read('A')
    scans.read('B')
    await turn()
    expect(asked.map(({ text }) => text)).toEqual(['A'])
    await asked[0]?.answer(arrived)
    expect(asked.map(({ text }) => text)).toEqual(['A', 'B'])
    await asked[1]?.answer(arrived)
    expect(states()).toEqual([
      ['B', 'sent'],
      ['A', 'sent'],
    ])
  })

  it('are not sent twice while the label stays before the lens, but may be typed again', async () => {
    const { scans, states } = bench()
    scans.read('A')
    scans.read('A')
    expect(states()).toHaveLength(1)
    scans.typed('A')
    expect(states()).toHaveLength(2)
  })

  it('keep what failed and send it again under the same key', async () => {
    const { scans, asked, states } = bench()
    scans.typed('A')
    await turn()
    await asked[0]?.answer(offline)
    expect(states()).toEqual([['A', 'offline']])
    scans.retry('key1')
    await turn()
    await asked[1]?.answer(arrived)
    expect(asked.map(({ key }) => key)).toEqual(['key1', 'key1'])
    expect(states()).toEqual([['A', 'sent']])
  })

  it('do not send again what is under way or has arrived', async () => {
    const { scans, asked } = bench()
    scans.typed('A')
    scans.retry('key1')
    await turn()
    await asked[0]?.answer(arrived)
    scans.retry('key1')
    await turn()
    expect(asked).toHaveLength(1)
  })

  it('keep unsent ones for the next kiosk and let a person drop them', async () => {
    const { scans, asked, states } = bench()
    scans.typed('A')
    scans.typed('B')
    await turn()
    await asked[0]?.answer(arrived)
    await asked[1]?.answer(offline)
    scans.clearSent()
    expect(states()).toEqual([['B', 'offline']])
    scans.drop('key2')
    expect(states()).toEqual([])
  })

  it('never forget an unsent one, however many follow', async () => {
    const { scans, asked, states } = bench()
    scans.typed('lost')
    await turn()
    await asked[0]?.answer(offline)
    for (let i = 1; i <= 70; i++) {
      scans.typed(`n${i}`)
      await turn()
      await asked[i]?.answer(arrived)
    }
    expect(states()).toHaveLength(52)
    expect(states().at(-1)).toEqual(['lost', 'offline'])
  })

  it('tell who listens, and no longer who has left', () => {
    const { scans } = bench()
    let told = 0
    const leave = scans.subscribe(() => told++)
    scans.typed('A')
    leave()
    scans.typed('B')
    expect(told).toBe(1)
  })
})
