import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScanner } from '../../line/scanner.ts'
import { encodeReply, encodeRequest, parseReply, parseRequest, takeReply, takeRequest } from './frames.ts'
import type { Xor8aReply, Xor8aRequest } from './frames.ts'

const byte = fc.integer({ min: 0, max: 255 })
const bytes = (minLength: number, maxLength: number) =>
  fc.array(byte, { minLength, maxLength }).map((list) => Uint8Array.from(list))
const spot = { address: byte, channel: byte }

const requests: fc.Arbitrary<Xor8aRequest> = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), ...spot }),
  fc.record({ kind: fc.constant('open' as const), ...spot, seconds: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('query' as const), ...spot }),
  fc.record({ kind: fc.constant('openSeveral' as const), address: byte, mask: bytes(1, 7) }),
  fc.record({ kind: fc.constantFrom('hold' as const, 'release' as const), ...spot, word: fc.constantFrom(0x10, 0x11) }),
  fc.record({ kind: fc.constant('selfTest' as const), address: byte, rest: bytes(1, 3) }),
  fc.record({ kind: fc.constant('firmware' as const), ...spot }),
)
const single = fc.constantFrom(
  'opened' as const,
  'held' as const,
  'released' as const,
  'state' as const,
  'pushed' as const,
)
const replies: fc.Arbitrary<Xor8aReply> = fc.oneof(
  fc.record({ kind: single, ...spot, isSet: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('report' as const, 'pushedReport' as const), address: byte, states: bytes(1, 7) }),
  fc.record({ kind: fc.constant('openedSeveral' as const), address: byte, mask: fc.oneof(bytes(3, 3), bytes(7, 7)) }),
)
const reports = fc.record({ kind: fc.constant('report' as const), address: byte, states: bytes(3, 3) })

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const flip = (frame: Uint8Array, ...bits: readonly number[]): Uint8Array => {
  const bent = frame.slice()
  for (const bit of bits) bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return bent
}
const pairs = (count: number): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (_, i) => Array.from({ length: i }, (__, j) => [i, j] as const)).flat()
const several = (address: string, mask: string): Xor8aReply & { kind: 'openedSeveral' } => ({
  kind: 'openedSeveral',
  address: hex(address)[0] ?? 0,
  mask: hex(mask),
})
/** No front of it is a frame by itself (decision 0050). */
const saysItsEnd = (reply: Xor8aReply): boolean => {
  const frame = encodeReply(reply)
  return frame.every((_, length) => parseReply(frame.slice(0, length)) === undefined)
}
const join = (frames: readonly Uint8Array[]): Uint8Array => Uint8Array.from(frames.flatMap((frame) => [...frame]))

describe('xor-8a frames', () => {
  it('come back as they went out', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(parseRequest(encodeRequest(request))).toEqual(request)
      }),
    )
    fc.assert(
      fc.property(replies, (reply) => {
        expect(parseReply(encodeReply(reply))).toEqual(reply)
      }),
    )
  })

  it('are read from the stream however it is chunked', () => {
    fc.assert(
      fc.property(fc.array(reports, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (sent, size) => {
        const stream = join(sent.map(encodeReply))
        const scanner = createScanner(takeReply(() => 3))
        const heard: Xor8aReply[] = []
        for (let at = 0; at < stream.length; at += size) heard.push(...scanner.feed(stream.slice(at, at + size)))
        expect(heard).toEqual(sent)
        expect(scanner.pending()).toBe(0)
      }),
    )
  })

  it('survive any noise in front of them that holds no header', () => {
    const noise = fc
      .array(
        byte.filter((b) => b < 0x80 || b > 0x9d),
        { maxLength: 20 },
      )
      .map((list) => Uint8Array.from(list))
    fc.assert(
      fc.property(noise, replies.filter(saysItsEnd), (junk, reply) => {
        const scanner = createScanner(takeReply(() => 3))
        expect([...scanner.feed(join([junk, encodeReply(reply)])), ...scanner.settle()]).toContainEqual(reply)
      }),
      { examples: [[Uint8Array.of(), several('78', '82 69 FB 10 00 00 00')]] },
    )
  })

  it('of a whole bank are cut short where their own front adds up: the length stands nowhere in them', () => {
    const front = several('78', '82 69 FB')
    const whole = several('78', '82 69 FB F8 00 00 00')
    expect(saysItsEnd(whole)).toBe(false)
    expect([...createScanner(takeReply(() => 3)).feed(encodeReply(whole))]).toEqual([front])
  })

  it('are found behind a frame that broke off, once the line is silent', () => {
    const whole = hex('8A 01 05 00 8E')
    for (let cut = 1; cut < 7; cut += 1) {
      const scanner = createScanner(takeReply(() => 3))
      const heard = scanner.feed(join([hex('80 01 FF FF FF 33 4D').slice(0, cut), whole]))
      expect([...heard, ...scanner.settle()]).toEqual([{ kind: 'opened', address: 1, channel: 5, isSet: false }])
    }
  })

  it('never throw, whatever arrives', () => {
    fc.assert(
      fc.property(bytes(0, 60), (noise) => {
        const scanner = createScanner(takeReply(() => 3))
        scanner.feed(noise)
        scanner.settle()
        createScanner(takeRequest).feed(noise)
        expect(scanner.pending()).toBe(0)
      }),
    )
  })

  it('with one bit flipped are all rejected', () => {
    const request = hex('8A 01 01 11 9B')
    for (let bit = 0; bit < 40; bit += 1) {
      expect(parseRequest(flip(request, bit))).toBeUndefined()
      expect(parseReply(flip(request, bit))).toBeUndefined()
    }
  })

  it('with two bits flipped pass in 27 of 780 cases, 24 of them as an open: XOR is a weak check', () => {
    const request = hex('8A 01 01 11 9B')
    const bent = pairs(40).map((pair) => flip(request, ...pair))
    const passed = bent.map(parseRequest).filter((frame) => frame !== undefined)
    expect(passed.length).toBe(27)
    expect(passed.filter(({ kind }) => kind === 'open').length).toBe(24)
    const answers = bent.map(parseReply).filter((frame) => frame?.kind === 'opened')
    expect(answers.filter((frame) => frame?.address === 1 && 'channel' in frame && frame.channel === 1).length).toBe(0)
  })

  it('reads a report by the length expected of the board although its front adds up as another frame', () => {
    const reply = { kind: 'report' as const, address: 1, states: hex('00 11 90') }
    const stream = encodeReply(reply)
    expect(parseReply(stream.slice(0, 5))).toBeDefined()
    expect(createScanner(takeReply(() => 3)).feed(stream)).toEqual([reply])
  })

  it('reads a report of another length than expected, once the line is silent', () => {
    const scanner = createScanner(takeReply(() => 3))
    expect(scanner.feed(hex('80 01 FF 33 4D'))).toEqual([])
    expect(scanner.settle()).toEqual([{ kind: 'report', address: 1, states: hex('FF') }])
    const long = hex('80 01 FF FF FF FF FF FF 03 33 B1')
    expect(scanner.feed(long)).toEqual([{ kind: 'report', address: 1, states: hex('FF FF FF FF FF FF 03') }])
  })

  it('tells a timed open from a plain one in a stream', () => {
    const scanner = createScanner(takeRequest)
    expect(
      scanner.feed(hex('8A 01 01 11 03 98 8A 01 01 11 9B')).map((r) => ('seconds' in r ? r.seconds : r.kind)),
    ).toEqual([3, 'open'])
  })
})
