import type { CarrierId, CompartmentId, DepositId } from '@holdfast/core/values/ids.ts'
import type { Loop } from '../street.ts'
import type { CloudTwin } from './cloud.ts'

/** What the kiosk's QR and the number beside it say, as somebody read and typed them. */
export interface Screen {
  readonly nonce: string
  readonly number: number
}

/** What a courier has in his hands. */
export interface Brought {
  /** As the screen asks for it: digests for the journal, numbers and phone for the private part. */
  readonly parcels: readonly string[]
  readonly sealed: Omit<Parameters<Loop['prepareCodes']>[0], 'deposit'>
  /** What the card or the recipient said; undefined where the courier has to take the screen's word. */
  readonly consent: 'parcel' | undefined
}

export interface DoorKnown {
  readonly id: CompartmentId
  readonly epoch: number
  readonly use: 'free' | 'held' | 'loaded' | 'suspect' | 'retired'
}

export interface Copied {
  readonly seq: number
  readonly hash: string
  readonly entry: string
}

export type Deed = 'open' | 'retire' | 'restore' | 'inspect'

/** The cloud as the people at one cabinet meet it, by phone and desk, and as the judge does. Undefined: not reached. */
export interface CloudSide extends Pick<CloudTwin, 'receive' | 'head' | 'heartbeat' | 'signed'> {
  readonly carrier: CarrierId
  /** Grants, as texts for the scanner. */
  signIn(screen: Screen): Promise<string | undefined>
  pickup(deposit: DepositId, screen: Screen): Promise<string | undefined>
  /** The same by the network alone: nobody shows anything to the scanner. */
  sendPickup(deposit: DepositId, screen: Screen): Promise<void>
  forged(screen: Screen): string
  /** The next parcel on the courier's cart. */
  parcel(): Promise<Brought>
  /** It went behind a door as this deposit. */
  begun(deposit: DepositId, brought: Brought): void
  /** Codes that their owner was told, by generation. */
  codesOf(deposit: DepositId): ReadonlyMap<number, string>
  deposits(): readonly DepositId[]
  /** As the desk shows them. */
  doors(): Promise<readonly DoorKnown[] | undefined>
  /** An order from the desk, and the first word that came of it. */
  act(deed: Deed, door: DoorKnown, seen: 'empty' | 'parcel-inside'): Promise<string>
  /** A new code for something that waits; undefined where nothing does. */
  renew(): Promise<string | undefined>
  /** What it takes by itself to know how things stand: before the ending is judged. */
  look(): Promise<void>
  /** Its copy of the journal, for the history's judge. */
  copy(): Promise<readonly Copied[]>
}
