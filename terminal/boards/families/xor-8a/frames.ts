import type { Take } from '../../line/scanner.ts'

/** Channel 0 means every channel; states are the raw feedback contact, 0x11 = set. */
export type Xor8aRequest =
  | { readonly kind: 'open'; readonly address: number; readonly channel: number; readonly seconds?: number }
  | { readonly kind: 'query'; readonly address: number; readonly channel: number }
  | { readonly kind: 'openSeveral'; readonly address: number; readonly mask: Uint8Array }
  | { readonly kind: 'hold' | 'release'; readonly address: number; readonly channel: number; readonly word: number }
  | { readonly kind: 'selfTest'; readonly address: number; readonly rest: Uint8Array }
  | { readonly kind: 'firmware'; readonly address: number; readonly channel: number }

export type Xor8aReply =
  | ({ readonly kind: 'opened' | 'held' | 'released' | 'state' | 'pushed'; readonly address: number } & {
      readonly channel: number
      readonly isSet: boolean
    })
  | { readonly kind: 'report' | 'pushedReport'; readonly address: number; readonly states: Uint8Array }
  | { readonly kind: 'openedSeveral'; readonly address: number; readonly mask: Uint8Array }

const header = {
  open: 0x8a,
  query: 0x80,
  push: 0x82,
  several: 0x90,
  hold: 0x9a,
  release: 0x9b,
  selfTest: 0x9d,
} as const
const go = 0x11
const ask = 0x33
const set = 0x11
const clear = 0x00
const firmware = 0x22
/** 50 channels need seven state bytes. */
const mostStateBytes = 7

const replyKinds = {
  [header.open]: 'opened',
  [header.hold]: 'held',
  [header.release]: 'released',
  [header.query]: 'state',
  [header.push]: 'pushed',
} as const
const replyHeaders = {
  opened: header.open,
  held: header.hold,
  released: header.release,
  state: header.query,
  pushed: header.push,
} as const

/** One whole frame from the host, or undefined. */
export function parseRequest(frame: Uint8Array): Xor8aRequest | undefined {
  const [head = 0, address = 0, channel = 0, word = 0, seconds = 0] = frame
  if (frame.length < 4 || !adds(frame)) return undefined
  const rest = frame.slice(2, -1)
  if (head === header.several) return isMask(rest) ? { kind: 'openSeveral', address, mask: rest } : undefined
  if (head === header.selfTest) return rest.length <= 3 ? { kind: 'selfTest', address, rest } : undefined
  if (head === header.open && word === go && frame.length === 6) {
    return seconds >= 1 && seconds <= 9 ? { kind: 'open', address, channel, seconds } : undefined
  }
  if (frame.length !== 5) return undefined
  if (head === header.open && word === go) return { kind: 'open', address, channel }
  if (head === header.query && word === ask) return { kind: 'query', address, channel }
  if (head === header.push && word === firmware) return { kind: 'firmware', address, channel }
  // One source writes 10 where the others write 11.
  if (word !== go && word !== 0x10) return undefined
  if (head === header.hold) return { kind: 'hold', address, channel, word }
  return head === header.release ? { kind: 'release', address, channel, word } : undefined
}

export function encodeRequest(request: Xor8aRequest): Uint8Array {
  const { kind, address } = request
  switch (kind) {
    case 'open':
      return request.seconds === undefined
        ? seal(header.open, address, request.channel, go)
        : seal(header.open, address, request.channel, go, request.seconds)
    case 'query':
      return seal(header.query, address, request.channel, ask)
    case 'openSeveral':
      return seal(header.several, address, ...request.mask)
    case 'hold':
      return seal(header.hold, address, request.channel, request.word)
    case 'release':
      return seal(header.release, address, request.channel, request.word)
    case 'selfTest':
      return seal(header.selfTest, address, ...request.rest)
    case 'firmware':
      return seal(header.push, address, request.channel, firmware)
  }
}

/** One whole frame from the board, or undefined. */
export function parseReply(frame: Uint8Array): Xor8aReply | undefined {
  const [head = 0, address = 0, channel = 0, state = 0] = frame
  if (frame.length < 5 || !adds(frame)) return undefined
  if (head === header.several) {
    const mask = frame.slice(2, -1)
    return isMask(mask) ? { kind: 'openedSeveral', address, mask } : undefined
  }
  const states = frame.slice(2, -2)
  if (frame.at(-2) === ask && states.length <= mostStateBytes) {
    if (head === header.query) return { kind: 'report', address, states }
    if (head === header.push) return { kind: 'pushedReport', address, states }
  }
  if (frame.length !== 5 || (state !== set && state !== clear)) return undefined
  const kind = isReplyHeader(head) ? replyKinds[head] : undefined
  return kind === undefined ? undefined : { kind, address, channel, isSet: state === set }
}

export function encodeReply(reply: Xor8aReply): Uint8Array {
  const { kind, address } = reply
  switch (kind) {
    case 'report':
      return seal(header.query, address, ...reply.states, ask)
    case 'pushedReport':
      return seal(header.push, address, ...reply.states, ask)
    case 'openedSeveral':
      return seal(header.several, address, ...reply.mask)
    case 'opened':
    case 'held':
    case 'released':
    case 'state':
    case 'pushed':
      return seal(replyHeaders[kind], address, reply.channel, reply.isSet ? set : clear)
  }
}

/** Requests in a stream, as a board hears them: the shortest reading that adds up. */
export const takeRequest: Take<Xor8aRequest> = (bytes, settled) =>
  firstThatAdds(bytes, requestLengths(bytes[0]), settled, parseRequest)

/**
 * Replies in a stream. A report does not say its own length, and its front may add up by itself; so the length
 * expected of this board is tried first, and any other is believed only once the line is silent and where nothing
 * stands behind it: with one bit bent a report can begin with a whole shorter one.
 */
export function takeReply(reportBytes: (address: number) => number): Take<Xor8aReply> {
  return (bytes, settled) => {
    const [head, address] = bytes
    if (head !== header.query) return firstThatAdds(bytes, replyLengths(head), settled, parseReply)
    if (address === undefined) return settled ? 'none' : 'more'
    const first = firstThatAdds(bytes, [reportBytes(address) + 4], settled, parseReply)
    if (first !== 'none') return first
    if (!settled && bytes.length < mostStateBytes + 4) return 'more'
    return firstThatAdds(bytes, [bytes.length], true, parseReply)
  }
}

function firstThatAdds<Frame>(
  bytes: Uint8Array,
  lengths: readonly number[],
  settled: boolean,
  parse: (frame: Uint8Array) => Frame | undefined,
): ReturnType<Take<Frame>> {
  let short = false
  for (const length of lengths) {
    const frame = bytes.length < length ? undefined : parse(bytes.subarray(0, length))
    if (frame !== undefined) return { frame, length }
    if (bytes.length < length) short = true
  }
  return short && !settled ? 'more' : 'none'
}

function requestLengths(head: number | undefined): readonly number[] {
  if (head === header.open) return [5, 6]
  if (head === header.several) return [6, 10]
  return head === header.query || head === header.push || head === header.hold || head === header.release ? [5] : []
}

function replyLengths(head: number | undefined): readonly number[] {
  if (head === header.several) return [6, 10]
  // Only a bell to us, so the first reading that adds up will do.
  if (head === header.push) return [5, 6, 7, 8, 9, 10, 11]
  return isReplyHeader(head) ? [5] : []
}

function isReplyHeader(head: number | undefined): head is keyof typeof replyKinds {
  return head !== undefined && head in replyKinds
}

const isMask = (mask: Uint8Array): boolean => mask.length >= 1 && mask.length <= mostStateBytes

function adds(frame: Uint8Array): boolean {
  return frame.reduce((sum, byte) => sum ^ byte, 0) === 0
}

function seal(...body: readonly number[]): Uint8Array {
  return Uint8Array.from([...body, body.reduce((sum, byte) => sum ^ byte, 0)])
}
