import type { CarrierId, DepositId } from '@holdfast/core/values/ids.ts'
import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type Card, type Desired, type Settings, standingDigest, standingMost } from '@holdfast/wire/cabinet/desired.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Cards } from '../../loop/loop.ts'
import { idOf, readCard, readDesired } from './parse.ts'

export interface CardsPorts {
  readonly kept: ReadonlyMap<string, Uint8Array>
  /** What the disk has lost of it: then the whole is asked for anew. */
  readonly bent: readonly string[]
  /** Saves in one synced transaction; false where the journal took nothing. */
  readonly keep: (kept: ReadonlyMap<string, Uint8Array | undefined>) => boolean
  readonly state: () => Cabinet
  readonly seals: Seals
  readonly changed: () => void
  /** Rights that the cloud took back: at each telling, and once at the start. */
  readonly revoked: (revocations: readonly Revocation[]) => void
}

export interface CardBook extends Cards {
  version(): number
  /** A courier's certificate that the cloud took back. */
  isDenied(serial: string): boolean
  /** `gap`: it does not follow on what is here, and has to be asked for. */
  apply(desired: Desired): 'applied' | 'gap' | 'stale' | 'not-kept'
}

/** Under which names the journal keeps what the cloud wants: one row a card, one for all the rest. */
const cardName = (parcel: string): string => `card/${parcel}`
const restName = 'desired'

type Rest = Pick<Desired, 'version' | 'settings' | 'recalls' | 'revocations' | 'standing' | 'denied'>

export function createCards(ports: CardsPorts): CardBook {
  const cards = new Map<string, Card>()
  let rest: Rest = { version: 0 }
  for (const [name, bytes] of ports.kept) {
    if (name === restName) rest = readDesired(bytes) ?? rest
    const card = name.startsWith('card/') ? readCard(bytes) : undefined
    if (card !== undefined) cards.set(card.parcel, card)
  }
  if (ports.bent.some((name) => name === restName || name.startsWith('card/'))) rest = { ...rest, version: 0 }
  const listed = (): readonly DepositId[] => (rest.recalls ?? []).map((id) => idOf('deposit', id))

  const tellRevoked = (): void =>
    ports.revoked(
      (rest.revocations ?? []).map(({ deposit, through }) => ({ deposit: idOf('deposit', deposit), through })),
    )
  // Kept before it was acted on: a power cut between the two loses nothing.
  tellRevoked()

  return {
    version: () => rest.version,
    apply: (desired) => {
      if (desired.version < rest.version || (desired.base > 0 && desired.version === rest.version)) return 'stale'
      if (desired.base > 0 && desired.base !== rest.version) return 'gap'
      const dropped = [...(desired.base === 0 ? cards.keys() : []), ...desired.dropCards]
      const next = restAfter(rest, desired)
      const kept = new Map<string, Uint8Array | undefined>(dropped.map((parcel) => [cardName(parcel), undefined]))
      for (const card of desired.putCards) kept.set(cardName(card.parcel), toCanonical(card))
      kept.set(restName, restBytes(desired.cabinet, next))
      if (!ports.keep(kept)) return 'not-kept'
      for (const parcel of dropped) cards.delete(parcel)
      for (const card of desired.putCards) cards.set(card.parcel, card)
      rest = next
      if (desired.revocations !== undefined) tellRevoked()
      ports.changed()
      return 'applied'
    },
    lookup: (parcel) => cards.get(parcel),
    learn: (card) => {
      const known = cards.get(card.parcel)
      if (known !== undefined && known.version > card.version) return
      // Kept where it can be: the cloud tells it again with the next desired version.
      ports.keep(new Map([[cardName(card.parcel), toCanonical(card)]]))
      cards.set(card.parcel, card)
    },
    recallable: (carrier: CarrierId) => listed().filter((id) => ports.state().deposits.get(id)?.carrier === carrier),
    isListed: (deposit) => listed().includes(deposit),
    standing: async (phone) => await isStanding(ports.seals, rest, phone),
    settings: (): Settings | undefined => rest.settings,
    isDenied: (serial) => rest.denied?.includes(serial) === true,
  }
}

async function isStanding(seals: Seals, { settings, standing = [] }: Rest, phone: Phone): Promise<boolean> {
  if (settings === undefined || standing.length === 0) return false
  return standing.includes(await standingDigest(seals, settings.salt, phone))
}

function restAfter(rest: Rest, desired: Desired): Rest {
  const { base, version, settings, recalls, revocations, denied } = desired
  const before: Partial<Rest> = base === 0 ? {} : rest
  const standing = standingAfter(before.standing, desired)
  return {
    ...before,
    version,
    ...(settings === undefined ? {} : { settings }),
    ...(recalls === undefined ? {} : { recalls }),
    ...(revocations === undefined ? {} : { revocations }),
    ...(standing === undefined ? {} : { standing }),
    ...(denied === undefined ? {} : { denied }),
  }
}

function standingAfter(before: Rest['standing'], { standing, putStanding = [], dropStanding = [] }: Desired) {
  const listed = standing ?? before
  if (putStanding.length + dropStanding.length === 0) return listed
  const dropped = new Set(dropStanding)
  const all = new Set([...(listed ?? []).filter((digest) => !dropped.has(digest)), ...putStanding])
  // What is kept has to pass its own schema at the next start.
  return [...all].slice(-standingMost)
}

/** In the wire's own form, so that the same reader judges it at the next start. */
const restBytes = (cabinet: string, rest: Rest): Uint8Array =>
  toCanonical({ v: 1, cabinet, base: 0, putCards: [], dropCards: [], ...rest } satisfies Desired)
