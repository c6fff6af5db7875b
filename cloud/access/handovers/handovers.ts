import type { CabinetId, DepositId, PersonId } from '@holdfast/core/values/ids.ts'
import type { Handovers } from '@holdfast/wire/http/access.ts'
import type { WaitingDeposit } from '../../parcels/parcels.ts'
import type { AccessPorts } from '../access.ts'
import { shownPlace } from '../../cabinets/facts.ts'
import { claimHandover, dropHandover, type Handover, handoversOf, putHandover } from './store.postgres.ts'

export type At = { readonly cabinet: CabinetId; readonly deposit: DepositId }

const tokenBytes = 16
const utf8 = new TextEncoder()

/** What waits there for the phone that this person proved. */
export async function ownWaiting(
  { people, parcels }: Pick<AccessPorts, 'people' | 'parcels'>,
  person: PersonId,
  cabinet: CabinetId,
): Promise<readonly WaitingDeposit[]> {
  const phone = await people.phoneOf(person)
  return phone === undefined ? [] : await parcels.waitingAt(cabinet, phone)
}

/** What others let this person collect, as long as it waits for those others: their right, never more than it (law 3). */
export async function handedWaiting(ports: AccessPorts, person: PersonId): Promise<readonly WaitingDeposit[]> {
  const received = (await handoversOf(ports.db, person)).filter(({ helper }) => helper === person)
  const found = await Promise.all(received.map(async (handover) => await waitingOf(ports, handover)))
  return found.filter((waiting) => waiting !== undefined)
}

async function waitingOf(ports: AccessPorts, { owner, cabinet, deposit }: Handover) {
  return (await ownWaiting(ports, owner, cabinet)).find((waiting) => waiting.deposit === deposit)
}

/** A secret for one link; undefined where nothing of this person's waits there. What was handed on cannot be handed on. */
export async function give(ports: AccessPorts, owner: PersonId, at: At): Promise<string | undefined> {
  const isTheirs = (await ownWaiting(ports, owner, at.cabinet)).some(({ deposit }) => deposit === at.deposit)
  if (!isTheirs) return undefined
  const token = Buffer.from(ports.seals.random(tokenBytes)).toString('base64url')
  await putHandover(ports.db, { ...at, owner, tokenHash: hashOf(ports, token), at: ports.clock.now() })
  return token
}

export const takeBack = async ({ db }: AccessPorts, owner: PersonId, at: At): Promise<boolean> =>
  await dropHandover(db, { ...at, owner })

export async function claim(ports: AccessPorts, helper: PersonId, token: string): Promise<boolean> {
  const handover = await claimHandover(ports.db, hashOf(ports, token), helper)
  return handover !== undefined && (await waitingOf(ports, handover)) !== undefined
}

export async function listHandovers(ports: AccessPorts, person: PersonId): Promise<Handovers> {
  const [all, handed, carriers] = await Promise.all([
    handoversOf(ports.db, person),
    handedWaiting(ports, person),
    ports.carriers(),
  ])
  const places = await ports.cabinets.places([...new Set(handed.map(({ cabinet }) => cabinet))])
  const names = new Map(carriers.map(({ id, name }) => [id, name]))
  const received = handed.flatMap(({ cabinet, deposit, compartment, label, size, trackingNumbers, carrier }) => {
    const place = places.get(cabinet)
    if (place === undefined) return []
    const door = { compartment, label, size }
    const carrierName = names.get(carrier) ?? carrier
    return [{ cabinet, deposit, place: shownPlace(place), door, trackingNumbers: [...trackingNumbers], carrierName }]
  })
  const given = all
    .filter(({ owner }) => owner === person)
    .map(({ cabinet, deposit, helper }) => ({ cabinet, deposit, claimed: helper !== null }))
  return { given, received }
}

const hashOf = ({ seals }: AccessPorts, token: string): Uint8Array => seals.hash(utf8.encode(`handover ${token}`))
