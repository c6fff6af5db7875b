import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { RebuiltCompartment } from '@holdfast/core/cabinet/rebuild/told.ts'
import type { CabinetId, IncarnationId } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { CodeKeys } from '@holdfast/wire/seals/codes.ts'
import { type KeyPair, type PublicKey, readPrivateKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Identity } from './identity.ts'

/** The identity in the terms of the program. */
export interface CabinetIdentity {
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
  readonly shard: number
  readonly broker: { readonly url: string; readonly username: string; readonly password: string }
  /** Ed25519, by key id: orders, grants, acks and wishes are judged by them. */
  readonly cloudKeys: ReadonlyMap<number, PublicKey>
  /** X25519: private parts are sealed to it. */
  readonly sealTo: PublicKey
  readonly layout: CabinetLayout
  /** What a lost terminal of this cabinet was known to hold; taken over once. */
  readonly rebuild?: readonly RebuiltCompartment[]
  /** The cabinet's own P-256 pair. */
  readonly keys: KeyPair
  readonly codeKeys: CodeKeys
}

/** Throws `identity-broken` where a key is none. */
export function readIdentity(identity: Identity, codeCost: number): CabinetIdentity {
  const publicKey = readPublicKey(identity.keys.publicKey)
  const privateKey = readPrivateKey(identity.keys.privateKey)
  const sealTo = readPublicKey(identity.sealingKeys[0]?.publicKey ?? '')
  const key = bytesFromBase64(identity.codeKey)
  const salt = bytesFromBase64(identity.codeSalt)
  if (publicKey === undefined || privateKey === undefined || sealTo === undefined) throw broken()
  if (key === undefined || salt === undefined) throw broken()
  return {
    cabinet: identity.cabinet as CabinetId,
    incarnation: identity.incarnation as IncarnationId,
    shard: identity.shard,
    broker: identity.mqtt,
    cloudKeys: new Map(identity.cloudKeys.map((pinned) => [pinned.keyId, readPublicKey(pinned.publicKey) ?? fail()])),
    sealTo,
    layout: identity.layout as unknown as CabinetLayout,
    ...(identity.rebuild === undefined
      ? {}
      : { rebuild: identity.rebuild as unknown as readonly RebuiltCompartment[] }),
    keys: { publicKey, privateKey },
    codeKeys: { key, salt, cost: codeCost },
  }
}

const broken = (): Error => Object.assign(new Error('identity-broken'), { code: 'identity-broken' })

function fail(): never {
  throw broken()
}
