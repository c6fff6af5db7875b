import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import {
  allDown,
  downChannels,
  downTopic,
  readTopic,
  shardCount,
  shardOf,
  shardUp,
  upChannels,
  upTopic,
} from './topics.ts'

const cabinet = fc
  .uint8Array({ minLength: 10, maxLength: 10 })
  .map((random) => makeId('cabinet', instant(1_790_000_000_000), random))
const place = fc.record({ shard: fc.nat(shardCount - 1), cabinet })
const named = fc.sample(place, 1)[0] ?? { shard: 0, cabinet: makeId('cabinet', instant(0), new Uint8Array(10)) }

/** A filter of MQTT 3.1.1 with single-level wildcards only. */
const matches = (filter: string, topic: string): boolean => {
  const [wanted, found] = [filter.split('/'), topic.split('/')]
  return wanted.length === found.length && wanted.every((level, i) => level === '+' || level === found[i])
}

describe('a topic', () => {
  it('says again what it was made of', () => {
    fc.assert(
      fc.property(place, fc.constantFrom(...upChannels), fc.constantFrom(...downChannels), (at, up, down) => {
        expect(readTopic(upTopic(at, up))).toEqual({ ...at, direction: 'up', channel: up })
        expect(readTopic(downTopic(at, down))).toEqual({ ...at, direction: 'down', channel: down })
      }),
    )
  })

  it('reaches its own cabinet and its own ingest, and nobody else', () => {
    fc.assert(
      fc.property(
        place,
        place,
        fc.constantFrom(...upChannels),
        fc.constantFrom(...downChannels),
        (at, other, up, down) => {
          expect(matches(allDown(at), downTopic(at, down))).toBe(true)
          expect(matches(allDown(other), downTopic(at, down))).toBe(
            other.cabinet === at.cabinet && other.shard === at.shard,
          )
          expect(matches(shardUp(at.shard, up), upTopic(at, up))).toBe(true)
          expect(matches(shardUp('+', up), upTopic(at, up))).toBe(true)
          expect(matches(allDown(at), upTopic(at, up))).toBe(false)
        },
      ),
    )
  })

  it('of any text is read or refused, never thrown, and what is read is written the same', () => {
    const level = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('hf', '1', 'up', 'down', 'orders', 'facts', '+', '#', '0', '7', '', named.cabinet),
    )
    const topics = fc.oneof(
      fc.string(),
      fc.array(level, { maxLength: 8 }).map((levels) => levels.join('/')),
    )
    fc.assert(
      fc.property(topics, (topic) => {
        const read = readTopic(topic)
        if (read === undefined) return
        expect([
          ...upChannels.map((one) => upTopic(read, one)),
          ...downChannels.map((one) => downTopic(read, one)),
        ]).toContain(topic)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['', ' 7', '7 ', '07', '+7', '-1', '1e1', '0x10', '7.0', '1024', '99999', 'NaN', '+', '#'])(
    'with the shard %j is refused',
    (shard) => {
      expect(readTopic(`hf/1/${shard}/${named.cabinet}/down/orders`)).toBeUndefined()
    },
  )

  it.each([
    `hf/2/7/${named.cabinet}/down/orders`,
    `xx/1/7/${named.cabinet}/down/orders`,
    `hf/1/7/${named.cabinet}/down/facts`,
    `hf/1/7/${named.cabinet}/up/orders`,
    `hf/1/7/${named.cabinet}/down/orders/more`,
    `hf/1/7/${named.cabinet}/down`,
    `hf/1/7/${named.cabinet}/side/orders`,
    `hf/1/7/${named.cabinet.toUpperCase()}x/down/orders`,
    'hf/1/7/+/down/orders',
  ])('%s is refused', (topic) => {
    expect(readTopic(topic)).toBeUndefined()
  })
})

describe('a shard', () => {
  it('is the first ten bits of the hash, and every one of them is used', () => {
    expect(shardOf(Uint8Array.of(0, 0))).toBe(0)
    expect(shardOf(Uint8Array.of(0, 0x3f))).toBe(0)
    expect(shardOf(Uint8Array.of(0, 0x40))).toBe(1)
    expect(shardOf(Uint8Array.of(0x80, 0))).toBe(512)
    expect(shardOf(Uint8Array.of(0xff, 0xff))).toBe(shardCount - 1)
    const all = new Set(Array.from({ length: 65_536 }, (_, i) => shardOf(Uint8Array.of(i >> 8, i & 255))))
    expect(all.size).toBe(shardCount)
  })
})
