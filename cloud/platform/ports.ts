import type { CabinetId, CarrierId, OperatorId, StaffId } from '@holdfast/core/values/ids.ts'
import type { PrivateKey, PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { MqttLink } from './mqtt/link.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Db } from './postgres/db.ts'

/** What every capability is made with; its own config comes beside it. Randomness is `seals.random`. */
export type Ports = {
  readonly db: Db
  readonly outbox: Outbox
  readonly clock: Clock
  readonly seals: Seals
  readonly log: Log
  readonly keys: CloudKeys
}

/** For those who speak with cabinets. */
export type LinkPorts = Ports & { readonly link: MqttLink }

export type SigningKey = { readonly keyId: number; readonly publicKey: PublicKey; readonly privateKey: PrivateKey }

/** The cloud's own keys, made once and kept in a file that only it may read. The first of each is in use. */
export type CloudKeys = {
  /** Ed25519: orders, acknowledgements, grants. */
  readonly signing: readonly [SigningKey, SigningKey]
  /** X25519: what cabinets seal to the cloud. */
  readonly sealing: readonly [SigningKey, ...SigningKey[]]
  /** 32 bytes: what the cloud itself keeps encrypted at rest. */
  readonly atRest: Uint8Array
}

/** Names that live in other capabilities, answered by the composition root. */
export type Directory = {
  readonly carriers: () => Promise<readonly { readonly id: CarrierId; readonly code: string; readonly name: string }[]>
  readonly operatorName: (operator: OperatorId) => Promise<string>
  readonly staffName: (staff: StaffId) => Promise<string>
  /** How many alerts stand open; cabinets without any may be left out. */
  readonly openAlerts: (cabinets: readonly CabinetId[]) => Promise<ReadonlyMap<CabinetId, number>>
}
