import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { partTexts, shortDigest } from '@holdfast/wire/carry/parts.ts'
import type { CarriedReply } from '@holdfast/wire/http/access.ts'
import type { Answer, Failure } from '../../kit/cloud/client.ts'
import { type Carried, createCarry, keepMs, retryMs } from './carried.ts'

const digestOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const facts = (n: number): Uint8Array => Uint8Array.from({ length: 900 }, (_, i) => (i * n) & 255)
const textsOf = (bytes: Uint8Array): readonly string[] => partTexts('facts', bytes, digestOf(bytes))
const nameOf = (bytes: Uint8Array): string => shortDigest(digestOf(bytes))
const failed = (kind: Failure['kind'], status = 0): Answer<CarriedReply> => ({
  ok: false,
  failure: { kind, code: kind, status, messages: {} },
})
const taken: Answer<CarriedReply> = { ok: true, value: { deposit: 'dep_1', fresh: true } }

/** A phone whose network, disk and clock a test turns by hand. */
function phone(kept: readonly Carried[] = []) {
  const rows = new Map(kept.map((row) => [row.digest, row]))
  const sent: string[] = []
  const timers: { readonly ms: number; readonly ring: () => void }[] = []
  const world = { answer: taken, broken: false, now: 1_000 }
  const disk = async <Value>(value: () => Value): Promise<Value> => {
    if (world.broken) throw new Error('this browser keeps nothing')
    return value()
  }
  const carry = createCarry({
    shelf: {
      read: () => disk(() => [...rows.values()]),
      put: (row) => disk(() => void rows.set(row.digest, row)),
      drop: (digest) => disk(() => void rows.delete(digest)),
    },
    send: async (bytes) => {
      sent.push(bytes)
      return world.answer
    },
    isWhole: async (bytes, digest) => nameOf(bytes) === digest,
    now: () => world.now,
    after: (ms, ring) => {
      const timer = { ms, ring }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  })
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 40; i += 1) await Promise.resolve()
  }
  const ring = async (): Promise<number> => {
    const [timer] = timers.splice(0, 1)
    timer?.ring()
    await settle()
    return timer?.ms ?? -1
  }
  const show = async (bytes: Uint8Array): Promise<void> => {
    for (const text of textsOf(bytes)) carry.read(text)
    await settle()
  }
  const states = () => carry.state().rows.map(({ state }) => state)
  return { carry, rows, sent, timers, world, settle, ring, show, states }
}

it('brings what it read to the cloud at once, byte for byte, and forgets the bytes', async () => {
  const { show, sent, rows, states } = phone()
  await show(facts(3))
  expect(sent).toEqual([base64FromBytes(facts(3))])
  expect(states()).toEqual(['carried'])
  expect(rows.get(nameOf(facts(3)))).toMatchObject({ bytes: '', state: 'carried' })
})

it('says how much of it was seen while it is being read', async () => {
  const { carry, settle } = phone()
  await settle()
  const [first = '', second = ''] = textsOf(facts(3))
  carry.read(first)
  carry.read(first)
  expect(carry.state().reading).toEqual({ seen: 1, total: 3 })
  carry.read(second)
  expect(carry.state().reading).toEqual({ seen: 2, total: 3 })
})

it('keeps it while there is no network, over a new start of the app, until it is through', async () => {
  const before = phone()
  before.world.answer = failed('offline')
  await before.show(facts(3))
  expect(before.states()).toEqual(['waiting'])
  const after = phone([...before.rows.values()])
  await after.settle()
  expect(after.sent).toEqual([base64FromBytes(facts(3))])
  expect(after.states()).toEqual(['carried'])
})

it('tries ever more rarely, and at once when something tells of a network', async () => {
  const { carry, show, ring, world, settle, sent } = phone()
  world.answer = failed('timeout')
  await show(facts(3))
  expect([await ring(), await ring(), await ring()]).toEqual([2_000, 4_000, 8_000])
  for (let i = 0; i < 6; i += 1) await ring()
  expect(await ring()).toBe(retryMs.last)
  const tries = sent.length
  world.answer = taken
  carry.retry()
  await settle()
  expect([sent.length, carry.state().rows[0]?.state]).toEqual([tries + 1, 'carried'])
})

it.each([
  ['a session that ended', failed('refused', 401)],
  ['a limit', failed('refused', 429)],
  ['a broken answer', failed('broken', 500)],
])('gives nothing up for %s', async (_, answer) => {
  const { show, world, states, carry, settle } = phone()
  world.answer = answer
  await show(facts(3))
  expect(states()).toEqual(['waiting'])
  world.answer = taken
  carry.retry()
  await settle()
  expect(states()).toEqual(['carried'])
})

it('says what the cloud will never take, and goes on with the rest', async () => {
  const { show, world, states, carry, ring } = phone()
  world.answer = failed('refused', 422)
  await show(facts(3))
  world.answer = taken
  world.now += 1
  await show(facts(5))
  await ring()
  expect(states()).toEqual(['carried', 'refused'])
  expect(carry.state().rows[1]?.failure?.status).toBe(422)
})

it('sends what is shown again only once', async () => {
  const { show, sent } = phone()
  await show(facts(3))
  await show(facts(3))
  expect(sent).toHaveLength(1)
})

it('reads several deposits mixed', async () => {
  const { carry, settle, sent } = phone()
  const [left, right] = [textsOf(facts(3)), textsOf(facts(5))]
  left.forEach((text, i) => [text, right[i] ?? ''].forEach((each) => carry.read(each)))
  await settle()
  expect(new Set(sent)).toEqual(new Set([facts(3), facts(5)].map(base64FromBytes)))
})

it('does not take parts for whole that do not fit together', async () => {
  const { carry, settle, sent } = phone()
  const other = partTexts('facts', facts(5), digestOf(facts(3)))
  const [first = '', second = ''] = textsOf(facts(3))
  for (const text of [first, second, other[2] ?? '']) carry.read(text)
  await settle()
  expect(sent).toEqual([])
})

it('leaves other codes to others', async () => {
  const { carry } = phone()
  const [reply = ''] = partTexts('reply', facts(3), digestOf(facts(3)))
  expect([carry.read('SF1234567890123'), carry.read('HF1:XYZ'), carry.read(reply)]).toEqual([false, false, false])
})

it('carries in a browser that keeps nothing, as long as the page lives', async () => {
  const { show, world, states, sent } = phone()
  world.broken = true
  await show(facts(3))
  expect([sent.length, states()]).toEqual([1, ['carried']])
})

it('forgets after a day what was carried, and never what waits', async () => {
  const row = { digest: 'a', bytes: '', seenAt: 1_000, state: 'carried' } as const
  const { rows, settle, world } = phone([row, { ...row, digest: 'b', bytes: 'AA', state: 'waiting' }])
  world.now = 1_001 + keepMs
  await settle()
  expect([...rows.keys()]).toEqual(['b'])
})
