import type { Take } from '../../line/scanner.ts'

/** Modbus RTU as relay boards speak it; addresses and values raw, counts in coils, inputs or registers. */
export type ModbusRequest =
  | ({ readonly kind: 'read'; readonly fn: ReadFunction; readonly address: number; readonly start: number } & {
      readonly count: number
    })
  | ({ readonly kind: 'write'; readonly fn: WriteFunction; readonly address: number; readonly at: number } & {
      readonly value: number
    })
  | ({ readonly kind: 'writeMany'; readonly fn: ManyFunction; readonly address: number; readonly start: number } & {
      readonly count: number
      readonly data: Uint8Array
    })

export type ModbusReply =
  | { readonly kind: 'data'; readonly fn: ReadFunction; readonly address: number; readonly data: Uint8Array }
  | ({ readonly kind: 'written'; readonly fn: WriteFunction; readonly address: number; readonly at: number } & {
      readonly value: number
    })
  | ({ readonly kind: 'writtenMany'; readonly fn: ManyFunction; readonly address: number; readonly start: number } & {
      readonly count: number
    })
  | { readonly kind: 'exception'; readonly fn: AnyFunction; readonly address: number; readonly code: number }

type ReadFunction = 1 | 2 | 3 | 4
type WriteFunction = 5 | 6
type ManyFunction = 15 | 16
type AnyFunction = ReadFunction | WriteFunction | ManyFunction

const isRead = (fn: number): fn is ReadFunction => fn >= 1 && fn <= 4
const isWrite = (fn: number): fn is WriteFunction => fn === 5 || fn === 6
const isMany = (fn: number): fn is ManyFunction => fn === 15 || fn === 16
const isAny = (fn: number): fn is AnyFunction => isRead(fn) || isWrite(fn) || isMany(fn)

/** The longest data that fits the 256 bytes of an RTU frame. */
const mostData = 250

/** "Flash on": the board itself ends the pulse after `tenths` of a second, crash or no crash. */
export function flashOn(address: number, relay: number, tenths: number): ModbusRequest {
  return { kind: 'write', fn: 5, address, at: 0x0200 + relay, value: tenths }
}

export function readInputs(address: number, count: number): ModbusRequest {
  return { kind: 'read', fn: 2, address, start: 0, count }
}

/** In any mode but 0 an input, that is a door switch, drives its relay. */
export function readControlModes(address: number, count: number): ModbusRequest {
  return { kind: 'read', fn: 3, address, start: 0x1000, count }
}

/** One whole frame from the host, or undefined. */
export function parseRequest(frame: Uint8Array): ModbusRequest | undefined {
  if (frame.length !== requestLength(frame) || !adds(frame)) return undefined
  const [address = 0, fn = 0] = frame
  const [start, value] = [word(frame, 2), word(frame, 4)]
  if (isRead(fn)) return { kind: 'read', fn, address, start, count: value }
  if (isWrite(fn)) return { kind: 'write', fn, address, at: start, value }
  if (!isMany(fn)) return undefined
  const data = frame.slice(7, -2)
  const needed = fn === 15 ? Math.ceil(value / 8) : value * 2
  return data.length === needed ? { kind: 'writeMany', fn, address, start, count: value, data } : undefined
}

export function encodeRequest(request: ModbusRequest): Uint8Array {
  const { address, fn } = request
  switch (request.kind) {
    case 'read':
      return seal(address, fn, ...split(request.start), ...split(request.count))
    case 'write':
      return seal(address, fn, ...split(request.at), ...split(request.value))
    case 'writeMany': {
      const { start, count, data } = request
      return seal(address, fn, ...split(start), ...split(count), data.length, ...data)
    }
  }
}

/** One whole frame from the board, or undefined. */
export function parseReply(frame: Uint8Array): ModbusReply | undefined {
  if (frame.length !== replyLength(frame) || !adds(frame)) return undefined
  const [address = 0, fn = 0, code = 0] = frame
  if (isRead(fn)) return { kind: 'data', fn, address, data: frame.slice(3, -2) }
  if (isWrite(fn)) return { kind: 'written', fn, address, at: word(frame, 2), value: word(frame, 4) }
  if (isMany(fn)) return { kind: 'writtenMany', fn, address, start: word(frame, 2), count: word(frame, 4) }
  const failed = fn & 0x7f
  return isAny(failed) ? { kind: 'exception', fn: failed, address, code } : undefined
}

export function encodeReply(reply: ModbusReply): Uint8Array {
  const { address, fn } = reply
  switch (reply.kind) {
    case 'data':
      return seal(address, fn, reply.data.length, ...reply.data)
    case 'written':
      return seal(address, fn, ...split(reply.at), ...split(reply.value))
    case 'writtenMany':
      return seal(address, fn, ...split(reply.start), ...split(reply.count))
    case 'exception':
      return seal(address, fn | 0x80, reply.code)
  }
}

export const takeRequest: Take<ModbusRequest> = (bytes, settled) => takeBy(bytes, settled, requestLength, parseRequest)
export const takeReply: Take<ModbusReply> = (bytes, settled) => takeBy(bytes, settled, replyLength, parseReply)

type Length = number | 'more' | 'none'

function takeBy<Frame>(
  bytes: Uint8Array,
  settled: boolean,
  lengthOf: (bytes: Uint8Array) => Length,
  parse: (frame: Uint8Array) => Frame | undefined,
): ReturnType<Take<Frame>> {
  const length = lengthOf(bytes)
  if (length === 'none') return 'none'
  if (length === 'more' || bytes.length < length) return settled ? 'none' : 'more'
  const frame = parse(bytes.subarray(0, length))
  return frame === undefined ? 'none' : { frame, length }
}

function requestLength(bytes: Uint8Array): Length {
  const [, fn, , , , , size] = bytes
  if (fn === undefined) return 'more'
  if (isRead(fn) || isWrite(fn)) return 8
  if (!isMany(fn)) return 'none'
  if (size === undefined) return 'more'
  return size >= 1 && size <= mostData ? size + 9 : 'none'
}

function replyLength(bytes: Uint8Array): Length {
  const [address, fn, size] = bytes
  // Nobody answers a broadcast.
  if (address === 0) return 'none'
  if (fn === undefined) return 'more'
  if (isWrite(fn) || isMany(fn)) return 8
  if (!isRead(fn)) return fn >= 0x80 && isAny(fn & 0x7f) ? 5 : 'none'
  if (size === undefined) return 'more'
  return size >= 1 && size <= mostData ? size + 5 : 'none'
}

const word = (frame: Uint8Array, at: number): number => ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0)
const split = (value: number): readonly [number, number] => [(value >> 8) & 0xff, value & 0xff]
const adds = (frame: Uint8Array): boolean => crc16(frame) === 0

function seal(...body: readonly number[]): Uint8Array {
  const crc = crc16(body)
  return Uint8Array.from([...body, crc & 0xff, crc >> 8])
}

/** What each byte leaves of the sum, so that no bit is counted twice. */
const remainders = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ 0xa001
  return crc
})

/** CRC-16/MODBUS; over a whole frame with its own CRC it is 0. */
function crc16(bytes: ArrayLike<number> & Iterable<number>): number {
  let crc = 0xffff
  for (const byte of bytes) crc = (crc >> 8) ^ (remainders[(crc ^ byte) & 0xff] ?? 0)
  return crc
}
