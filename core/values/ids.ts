import type { Brand } from './brand.ts'
import type { Instant } from './instants.ts'

/** Prefix on the wire for each kind of id (wire.md: prefixed Crockford base32, no dot, no slash). */
export const idPrefixes = {
  cabinet: 'cab',
  compartment: 'cmp',
  parcel: 'par',
  deposit: 'dep',
  order: 'ord',
  person: 'per',
  operator: 'opr',
  carrier: 'car',
  outlet: 'out',
  session: 'ses',
  consent: 'con',
  message: 'msg',
  event: 'evt',
  endpoint: 'end',
  site: 'sit',
  alert: 'alr',
  incarnation: 'inc',
  staff: 'stf',
  key: 'key',
  outage: 'otg',
} as const

export type IdKind = keyof typeof idPrefixes
export type Id<Kind extends IdKind> = Brand<string, `${Kind}Id`>

export type CabinetId = Id<'cabinet'>
export type CompartmentId = Id<'compartment'>
export type ParcelId = Id<'parcel'>
export type DepositId = Id<'deposit'>
export type OrderId = Id<'order'>
export type PersonId = Id<'person'>
export type OperatorId = Id<'operator'>
export type CarrierId = Id<'carrier'>
export type SessionId = Id<'session'>
export type ConsentId = Id<'consent'>
export type SiteId = Id<'site'>
export type StaffId = Id<'staff'>
export type OutageId = Id<'outage'>
export type IncarnationId = Id<'incarnation'>

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const bodyLength = 26
/** By character code and by byte: a parcel's way through the cloud turns several hundred ids over. */
const values = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, alphabet.indexOf(String.fromCharCode(code))))
const nibbles = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0)
const hexes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
/** 48 bits of milliseconds: in the year 10889. */
const latestBirth = 2 ** 48 - 1

/** UUIDv7 layout from an instant and 10 random bytes: sorts by birth, tells nothing else. */
export function makeId<Kind extends IdKind>(kind: Kind, bornAt: Instant, random: Uint8Array): Id<Kind> {
  if (random.length < 10) throw new RangeError('an id needs 10 random bytes')
  if (bornAt < 0 || bornAt > latestBirth) throw new RangeError(`an id cannot be born at ${bornAt}`)
  const bytes = new Uint8Array(16)
  let ms: number = bornAt
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return idFromBytes(kind, bytes)
}

/** Reads an id of one kind, or undefined; upper case is accepted because scanners and people produce it. */
export function readId<Kind extends IdKind>(kind: Kind, text: string): Id<Kind> | undefined {
  const lower = text.toLowerCase()
  const prefix = `${idPrefixes[kind]}_`
  if (!lower.startsWith(prefix) || lower.length !== prefix.length + bodyLength) return undefined
  const body = lower.slice(prefix.length)
  // 26 characters carry 130 bits: the first may only use three of its five.
  if (alphabet.indexOf(body.charAt(0)) > 7) return undefined
  for (const character of body) if (!alphabet.includes(character)) return undefined
  return lower as Id<Kind>
}

export function idFromBytes<Kind extends IdKind>(kind: Kind, bytes: Uint8Array): Id<Kind> {
  if (bytes.length !== 16) throw new RangeError('an id has 16 bytes')
  let body = ''
  // 26 characters carry 130 bits: two zeros go before the first byte.
  let [held, bits] = [0, 2]
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) body += alphabet.charAt((held >> (bits - 5)) & 31)
    held &= 31
  }
  return `${idPrefixes[kind]}_${body}` as Id<Kind>
}

export function idToBytes(id: Id<IdKind>): Uint8Array {
  const bytes = new Uint8Array(16)
  const start = id.indexOf('_') + 1
  let [held, bits, at] = [0, 0, 15]
  for (let i = id.length - 1; i >= start; i -= 1) {
    held |= (values[id.charCodeAt(i)] ?? 0) << bits
    bits += 5
    if (bits < 8) continue
    bytes[at] = held & 255
    held >>= 8
    bits -= 8
    at -= 1
  }
  return bytes
}

/** The form PostgreSQL's `uuid` takes. */
export function idToUuid(id: Id<IdKind>): string {
  let hex = ''
  for (const byte of idToBytes(id)) hex += hexes[byte] ?? ''
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export function idFromUuid<Kind extends IdKind>(kind: Kind, uuid: string): Id<Kind> {
  const hex = uuid.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/iu.test(hex)) throw new RangeError('not a uuid')
  const bytes = new Uint8Array(16)
  for (let i = 0; i < 32; i += 1) bytes[i >> 1] = ((bytes[i >> 1] ?? 0) << 4) | (nibbles[hex.charCodeAt(i)] ?? 0)
  return idFromBytes(kind, bytes)
}
