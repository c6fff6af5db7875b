import { type CabinetId, type CarrierId, type PersonId, idFromBytes, idToBytes } from '@holdfast/core/values/ids.ts'
import { type Instant, instant } from '@holdfast/core/values/instants.ts'
import { base45FromBytes, bytesFromBase45 } from '../bytes/base45.ts'
import { concatBytes } from '../bytes/concat.ts'
import { keyParts, type PrivateKey, type PublicKey, publicKeyOf } from './keys.ts'
import { type Seals, signedBytes } from './seals.ts'

/** The cloud's word that this key, which lies in a courier's phone, may sign in for this carrier with no network. */
export interface Certificate {
  /** Which of the cloud's pinned keys signed, 0 to 255. */
  readonly keyId: number
  /** 8 random bytes, hex: what a deny list names. */
  readonly serial: string
  readonly person: PersonId
  readonly carrier: CarrierId
  /** How many doors it opens at one cabinet in a day of running time. */
  readonly doors: number
  readonly from: Instant
  readonly until: Instant
  readonly key: PublicKey
}

/** What the phone signs: this screen, at this cabinet, with the number that stands beside its code. */
export interface CertificateAnswer {
  readonly cabinet: CabinetId
  /** 16 bytes. */
  readonly nonce: Uint8Array
  /** 0 to 99. */
  readonly number: number
}

export interface PresentedCertificate {
  readonly certificate: Certificate
  readonly nonce: Uint8Array
  readonly number: number
}

export type CertificateRead =
  | { readonly ok: true; readonly presented: PresentedCertificate }
  | { readonly ok: false; readonly refusal: 'certificate-malformed' | 'certificate-forged' }

/*
 * Big endian, fixed: version 1 | key id 1 | serial 8 | person 16 | carrier 16 | doors 1 | from 6 | until 6 |
 * P-256 point 65 | Ed25519 signature 64. Before the scanner follow: nonce 16 | number 1 | P-256 signature 64.
 */
const version = 1
const bodyLength = 120
export const certificateLength = bodyLength + 64
const presentedLength = certificateLength + 17 + 64
const prefix = 'HF3:'

/** The cloud's part: `key` is the one that cabinets know as `keyId`. */
export function signCertificate(seals: Seals, key: PrivateKey, certificate: Certificate): Uint8Array {
  const body = pack(certificate)
  return concatBytes(body, seals.sign(key, { kind: 'certificate', bytes: body }))
}

/** The phone's part: over these bytes it signs with ECDSA P-256 and SHA-256, as WebCrypto gives it. */
export function answerBytes(certificate: Uint8Array, { cabinet, nonce, number }: CertificateAnswer): Uint8Array {
  const bytes = concatBytes(certificate, idToBytes(cabinet), nonce, Uint8Array.of(number))
  return signedBytes({ kind: 'certificate-answer', bytes })
}

/** What the phone shows to the cabinet's scanner: one code. */
export function certificateText(
  certificate: Uint8Array,
  { nonce, number }: Pick<CertificateAnswer, 'nonce' | 'number'>,
  signature: Uint8Array,
): string {
  const whole = concatBytes(certificate, nonce, Uint8Array.of(number), signature)
  if (whole.length !== presentedLength) throw new RangeError('a certificate field does not fit its place')
  return prefix + base45FromBytes(whole)
}

/** Whether a text means to be a certificate, whole or not: no carrier's label begins so. */
export const isCertificateText = (text: string): boolean => text.startsWith(prefix)

/** The cabinet's part: both signatures hold. Time, deny list and freshness stay for others to judge. */
export function openCertificate(
  seals: Seals,
  keys: ReadonlyMap<number, PublicKey>,
  { text, cabinet }: { readonly text: string; readonly cabinet: CabinetId },
): CertificateRead {
  const whole = isCertificateText(text) ? bytesFromBase45(text.slice(prefix.length)) : undefined
  const certificate = whole?.length === presentedLength ? unpack(whole) : undefined
  const number = whole?.[certificateLength + 16] ?? 100
  if (whole === undefined || certificate === undefined || number > 99) return malformed
  const signed = whole.subarray(0, certificateLength)
  const nonce = whole.slice(certificateLength, certificateLength + 16)
  const key = keys.get(certificate.keyId)
  const body = signed.subarray(0, bodyLength)
  if (key === undefined || !seals.verify(key, { kind: 'certificate', bytes: body }, signed.subarray(bodyLength))) {
    return forged
  }
  const bytes = concatBytes(signed, idToBytes(cabinet), nonce, Uint8Array.of(number))
  const answer = { kind: 'certificate-answer', bytes }
  if (!seals.verify(certificate.key, answer, whole.subarray(certificateLength + 17))) return forged
  return { ok: true, presented: { certificate, nonce, number } }
}

const malformed: CertificateRead = { ok: false, refusal: 'certificate-malformed' }
const forged: CertificateRead = { ok: false, refusal: 'certificate-forged' }

function pack({ keyId, serial, person, carrier, doors, from, until, key }: Certificate): Uint8Array {
  const body = new Uint8Array(bodyLength)
  const view = new DataView(body.buffer)
  const { scheme, bytes } = keyParts(key)
  const drawn = bytesOf(serial)
  if (scheme !== 'p256' || drawn === undefined || !isByte(keyId) || !isByte(doors)) {
    throw new RangeError('a certificate field does not fit its place')
  }
  body.set([version, keyId])
  body.set(drawn, 2)
  body.set(idToBytes(person), 10)
  body.set(idToBytes(carrier), 26)
  body[42] = doors
  for (const [at, time] of [[43, from] as const, [49, until] as const]) {
    view.setUint16(at, Math.floor(time / 2 ** 32))
    view.setUint32(at + 2, time % 2 ** 32)
  }
  body.set(bytes, 55)
  return body
}

function unpack(whole: Uint8Array): Certificate | undefined {
  const view = new DataView(whole.buffer, whole.byteOffset)
  const timeAt = (at: number): Instant => instant(view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2))
  if (whole[0] !== version) return undefined
  return {
    keyId: whole[1] ?? 0,
    serial: hex(whole.subarray(2, 10)),
    person: idFromBytes('person', whole.subarray(10, 26)),
    carrier: idFromBytes('carrier', whole.subarray(26, 42)),
    doors: whole[42] ?? 0,
    from: timeAt(43),
    until: timeAt(49),
    key: publicKeyOf('p256', whole.slice(55, bodyLength)),
  }
}

const isByte = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xff
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (serial: string): Uint8Array | undefined =>
  /^[0-9a-f]{16}$/.test(serial)
    ? Uint8Array.from(serial.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))
    : undefined
