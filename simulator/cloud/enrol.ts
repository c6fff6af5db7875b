import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { Id, IdKind } from '@holdfast/core/values/ids.ts'
import { shardOf } from '@holdfast/wire/cabinet/topics.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Defect } from '../defects/defects.ts'
import type { Chance } from '../seed/chance.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { Identity } from '../street.ts'
import { cloudKeyId, createCloudTwin } from './cloud.ts'
import type { CloudSide } from './side.ts'
import { createStandIn } from './stand-in.ts'

export interface EnrolPorts {
  readonly name: string
  readonly layout: CabinetLayout
  readonly draw: <Kind extends IdKind>(kind: Kind) => Id<Kind>
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly seals: Seals
  /** Down to this cabinet. */
  readonly send: (topic: string, payload: Uint8Array) => void
  readonly defect: Defect
  /** What the cabinet's journal says; of use once there is one. */
  readonly journal: () => Cabinet
}

export interface Enrolled {
  readonly identity: Identity
  readonly cloud: CloudSide
}

/** Makes a cabinet known to a cloud, and the cloud to the cabinet. */
export type Enrol = (ports: EnrolPorts) => Promise<Enrolled>

/** Each cabinet has a stand-in of its own. */
export const enrolStandIn: Enrol = async (ports) => {
  const { draw, clock, chance, seals, send, defect, layout, journal } = ports
  const [signing, sealing] = [seals.generate('ed25519'), seals.generate('x25519')]
  const cabinet = draw('cabinet')
  const identity = {
    ...ownKeys(seals),
    cabinet,
    incarnation: draw('incarnation'),
    shard: shardOf(seals.hash(new TextEncoder().encode(cabinet))),
    broker: { url: 'mqtt://air', username: '', password: '' },
    cloudKeys: new Map([[cloudKeyId, signing.publicKey]]),
    sealTo: sealing.publicKey,
    layout,
  }
  const patched = defect.down?.({ send, signing, seals, cabinet: journal }) ?? send
  const sound = createCloudTwin({ seals, identity, signing, sealing, send: patched, foldPatch: defect.fold })
  const cloud = defect.cloud?.(sound, clock) ?? sound
  return { identity, cloud: createStandIn({ cloud, identity, clock, chance, draw }) }
}

/** What a terminal makes for itself. */
export const ownKeys = (seals: Seals): Pick<Identity, 'keys' | 'codeKeys'> => ({
  keys: seals.generate('p256'),
  codeKeys: { key: seals.random(32), salt: seals.random(16), cost: 2 },
})
