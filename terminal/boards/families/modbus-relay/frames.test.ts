import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScanner } from '../../line/scanner.ts'
import {
  encodeReply,
  encodeRequest,
  flashOn,
  parseReply,
  parseRequest,
  readControlModes,
  readInputs,
} from './frames.ts'
import { takeReply, takeRequest, type ModbusReply, type ModbusRequest } from './frames.ts'

const byte = fc.integer({ min: 0, max: 255 })
const word = fc.integer({ min: 0, max: 0xffff })
const address = fc.integer({ min: 1, max: 247 })
const bytes = (minLength: number, maxLength: number) =>
  fc.array(byte, { minLength, maxLength }).map((list) => Uint8Array.from(list))
const readFn = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const)
const writeFn = fc.constantFrom(5 as const, 6 as const)

const requests: fc.Arbitrary<ModbusRequest> = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), fn: readFn, address: byte, start: word, count: word }),
  fc.record({ kind: fc.constant('write' as const), fn: writeFn, address: byte, at: word, value: word }),
  bytes(1, 40).chain((data) =>
    fc.record({
      kind: fc.constant('writeMany' as const),
      fn: fc.constant(15 as const),
      address: byte,
      start: word,
      count: fc.constant(data.length * 8 - 3),
      data: fc.constant(data),
    }),
  ),
)
const replies: fc.Arbitrary<ModbusReply> = fc.oneof(
  fc.record({ kind: fc.constant('data' as const), fn: readFn, address, data: bytes(1, 32) }),
  fc.record({ kind: fc.constant('written' as const), fn: writeFn, address, at: word, value: word }),
  fc.record({
    kind: fc.constant('writtenMany' as const),
    fn: fc.constant(16 as const),
    address,
    start: word,
    count: word,
  }),
  fc.record({ kind: fc.constant('exception' as const), fn: readFn, address, code: byte }),
)

const hexOf = (frame: Uint8Array): string => Buffer.from(frame).toString('hex')
const join = (frames: readonly Uint8Array[]): Uint8Array => Uint8Array.from(frames.flatMap((frame) => [...frame]))
const flip = (frame: Uint8Array, ...bits: readonly number[]): Uint8Array => {
  const bent = frame.slice()
  for (const bit of bits) bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return bent
}

describe('modbus-relay frames', () => {
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

  it('ask for a pulse that the board itself ends', () => {
    expect(hexOf(encodeRequest(flashOn(2, 4, 4)))).toBe('0205020400048c43')
    expect(hexOf(encodeRequest(readInputs(1, 8)))).toBe('01020000000879cc')
    expect(hexOf(encodeRequest(readControlModes(1, 8)))).toBe('01031000000840cc')
  })

  it('are read from the stream however it is chunked', () => {
    fc.assert(
      fc.property(fc.array(replies, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 11 }), (sent, size) => {
        const stream = join(sent.map(encodeReply))
        const scanner = createScanner(takeReply)
        const heard: ModbusReply[] = []
        for (let at = 0; at < stream.length; at += size) heard.push(...scanner.feed(stream.slice(at, at + size)))
        expect(heard).toEqual(sent)
      }),
    )
  })

  it('survive any noise in front of them, once the line is silent', () => {
    fc.assert(
      fc.property(bytes(0, 40), replies, (noise, reply) => {
        const scanner = createScanner(takeReply)
        expect([...scanner.feed(join([noise, encodeReply(reply)])), ...scanner.settle()]).toContainEqual(reply)
        const board = createScanner(takeRequest)
        expect([...board.feed(join([noise, encodeRequest(readInputs(9, 8))])), ...board.settle()]).toContainEqual(
          readInputs(9, 8),
        )
      }),
      { seed: 7 },
    )
  })

  it('with one or two bits flipped are all rejected, pulses and readings alike', () => {
    const pulse = encodeRequest(flashOn(1, 3, 3))
    const inputs = encodeReply({ kind: 'data', fn: 2, address: 1, data: Uint8Array.of(0xfe) })
    for (const [frame, parse] of [
      [pulse, parseRequest],
      [pulse, parseReply],
      [inputs, parseReply],
    ] as const) {
      for (let first = 0; first < frame.length * 8; first += 1) {
        expect(parse(flip(frame, first))).toBeUndefined()
        for (let second = 0; second < first; second += 1) expect(parse(flip(frame, first, second))).toBeUndefined()
      }
    }
  })

  it('whose counts contradict their data are rejected', () => {
    const sound = { kind: 'writeMany', fn: 15, address: 1, start: 0, count: 8, data: Uint8Array.of(255) } as const
    expect(parseRequest(encodeRequest(sound))).toEqual(sound)
    expect(parseRequest(encodeRequest({ ...sound, count: 9 }))).toBeUndefined()
  })

  it('of a broadcast are no replies', () => {
    expect(parseReply(encodeReply({ kind: 'written', fn: 6, address: 0, at: 0x4000, value: 2 }))).toBeUndefined()
  })
})
