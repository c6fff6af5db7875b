import {
  type CabinetId,
  type CarrierId,
  type CompartmentId,
  type DepositId,
  type PersonId,
  idFromBytes,
  idToBytes,
} from '@holdfast/core/values/ids.ts'
import { base45FromBytes, bytesFromBase45 } from '../bytes/base45.ts'
import { concatBytes } from '../bytes/concat.ts'
import type { PrivateKey, PublicKey } from './keys.ts'
import type { Seals } from './seals.ts'

/** The cloud's answer to a scanned kiosk screen: worthless at any other cabinet, nonce or number. */
interface Challenge {
  /** Which of the cloud's pinned keys signed, 0 to 255. */
  readonly keyId: number
  readonly cabinet: CabinetId
  /** 16 bytes, the kiosk's own. */
  readonly nonce: Uint8Array
  /** The two-digit number that the person typed, 0 to 99. */
  readonly number: number
}

/** Opens one door in one epoch. */
interface Door extends Challenge {
  readonly compartment: CompartmentId
  readonly epoch: number
}

export interface PickupGrant extends Door {
  readonly action: 'pickup'
  readonly deposit: DepositId
}

/** An operator before the screen; there may be no deposit behind the door. */
export interface UnlockGrant extends Door {
  readonly action: 'unlock'
  readonly deposit?: DepositId
}

/** A courier signs in at the kiosk for one carrier; the ids stand where a door grant has deposit and door. */
export interface SignInGrant extends Challenge {
  readonly action: 'sign-in'
  readonly person: PersonId
  readonly carrier: CarrierId
}

export type Grant = PickupGrant | UnlockGrant | SignInGrant

export type GrantRefusal = 'grant-malformed' | 'grant-key-unknown' | 'grant-forged'

export type GrantRead =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly refusal: GrantRefusal }

/*
 * Big endian, fixed: version 1 | key id 1 | cabinet 16 | nonce 16 | number 1 | deposit or person 16, or zero |
 * door or carrier 16 | epoch 4 | action 1 | Ed25519 signature 64.
 */
const version = 1
const bodyLength = 72
export const grantLength = bodyLength + 64
const actions = { pickup: 1, unlock: 2, 'sign-in': 3 } as const
const prefix = 'HF1:'
const noId = new Uint8Array(16)

/** The cloud's part: `key` is the one that cabinets know as `grant.keyId`. */
export function signGrant(seals: Seals, key: PrivateKey, grant: Grant): Uint8Array {
  const body = packGrant(grant)
  return concatBytes(body, seals.sign(key, { kind: 'grant', bytes: body }))
}

/** The cabinet's part. Nonce, number, cabinet, epoch and door stay the core's to judge. */
export function openGrant(seals: Seals, keys: ReadonlyMap<number, PublicKey>, bytes: Uint8Array): GrantRead {
  const body = bytes.subarray(0, bodyLength)
  const grant = bytes.length === grantLength ? unpackGrant(body) : undefined
  if (grant === undefined) return { ok: false, refusal: 'grant-malformed' }
  const key = keys.get(grant.keyId)
  if (key === undefined) return { ok: false, refusal: 'grant-key-unknown' }
  const genuine = seals.verify(key, { kind: 'grant', bytes: body }, bytes.subarray(bodyLength))
  return genuine ? { ok: true, grant } : { ok: false, refusal: 'grant-forged' }
}

/** What the phone shows to the cabinet's scanner. */
export const grantText = (bytes: Uint8Array): string => prefix + base45FromBytes(bytes)

/** Whether a text means to be a grant, whole or not: no carrier's label begins so. */
export const isGrantText = (text: string): boolean => text.startsWith(prefix)

/** Undefined where the text is no grant at all (a tracking number, another QR). */
export function grantFromText(text: string): Uint8Array | undefined {
  const bytes = isGrantText(text) ? bytesFromBase45(text.slice(prefix.length)) : undefined
  return bytes?.length === grantLength ? bytes : undefined
}

function packGrant(grant: Grant): Uint8Array {
  const ids =
    grant.action === 'sign-in'
      ? ([grant.person, grant.carrier] as const)
      : ([grant.deposit, grant.compartment] as const)
  const epoch = grant.action === 'sign-in' ? 0 : grant.epoch
  if (
    !isWhole(grant.keyId, 0xff) ||
    !isWhole(grant.number, 99) ||
    !isWhole(epoch, 0xffffffff) ||
    grant.nonce.length !== 16
  ) {
    throw new RangeError('a grant field does not fit its place')
  }
  const body = new Uint8Array(bodyLength)
  body.set([version, grant.keyId])
  body.set(idToBytes(grant.cabinet), 2)
  body.set(grant.nonce, 18)
  body[34] = grant.number
  body.set(ids[0] === undefined ? noId : idToBytes(ids[0]), 35)
  body.set(idToBytes(ids[1]), 51)
  new DataView(body.buffer).setUint32(67, epoch)
  body[71] = actions[grant.action]
  return body
}

function unpackGrant(body: Uint8Array): Grant | undefined {
  const number = body[34] ?? 0
  if (body[0] !== version || number > 99) return undefined
  const challenge: Challenge = {
    keyId: body[1] ?? 0,
    cabinet: idFromBytes('cabinet', body.subarray(2, 18)),
    nonce: body.slice(18, 34),
    number,
  }
  const [first, second] = [body.subarray(35, 51), body.subarray(51, 67)]
  const epoch = new DataView(body.buffer, body.byteOffset).getUint32(67)
  const action = body[71]
  if (action === actions['sign-in']) {
    if (epoch !== 0) return undefined
    return {
      ...challenge,
      action: 'sign-in',
      person: idFromBytes('person', first),
      carrier: idFromBytes('carrier', second),
    }
  }
  const door = { compartment: idFromBytes('compartment', second), epoch }
  const deposit = idFromBytes('deposit', first)
  if (action === actions.pickup) return { ...challenge, action: 'pickup', deposit, ...door }
  if (action !== actions.unlock) return undefined
  return { ...challenge, action: 'unlock', ...(first.some((byte) => byte !== 0) ? { deposit } : {}), ...door }
}

const isWhole = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most
