import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { TwinDisk, TwinPorts } from '@holdfast/terminal/twin.ts'
import type { CloudTwinPorts } from '@holdfast/cloud/twin.ts'
import type { ElectricalCabinet } from '../cabinet/cabinet.ts'
import type { CloudTwin } from '../cloud/cloud.ts'
import type { Fold } from '../cloud/fold.ts'
import type { VirtualClock } from '../seed/clock.ts'
import { cloudDefects } from './cloud.ts'
import { houseDefects } from './house.ts'
import { metalDefects } from './metal.ts'
import { terminalDefects } from './terminal.ts'

export interface Scene {
  readonly disk: TwinDisk
  readonly metal: ElectricalCabinet
  readonly clock: VirtualClock
}

export type Send = (topic: string, payload: Uint8Array) => void

export interface DownScene {
  readonly send: Send
  readonly signing: KeyPair
  readonly seals: Seals
  readonly cabinet: () => Cabinet
}

/** A fault of a program, planted at its ports: the program itself has no switch for it. */
export interface Defect {
  readonly terminal?: (ports: TwinPorts) => TwinPorts
  /** Each time the power comes, and each time it goes. */
  readonly boots?: (scene: Scene) => void
  readonly darkens?: (scene: Scene) => void
  /** Nobody hears an alarm. */
  readonly isSilent?: true
  /** Between the cloud's orders and the air. */
  readonly down?: (scene: DownScene) => Send
  readonly fold?: (fold: Fold) => Fold
  readonly cloud?: (cloud: CloudTwin, clock: VirtualClock) => CloudTwin
  /** The ports of the real cloud, in towns that have it. */
  readonly house?: (ports: CloudTwinPorts) => CloudTwinPorts
}

/** Made anew for each town: some of them remember. */
export type Plant = () => Defect

/** Found in every town, or the alarm itself is broken. */
export const canary = 'a-coil-that-draws-by-itself'

export const plants: Readonly<Record<string, Plant>> = {
  ...metalDefects,
  ...terminalDefects,
  ...cloudDefects,
  ...houseDefects,
}
