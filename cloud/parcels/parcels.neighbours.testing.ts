import type { Revocation } from '@holdfast/core/cabinet/commands.ts'
import { isPhone, type Phone } from '@holdfast/core/parcel/phone.ts'
import type { CabinetId, DepositId, PersonId } from '@holdfast/core/values/ids.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import type { Cabinets, Outcome, Place, StandingChange } from '../cabinets/cabinets.ts'
import type { AskHandler } from '../cabinets/facts.ts'
import type { Wishes } from '../people/people.ts'

type Doors = Awaited<ReturnType<Cabinets['freeDoors']>>[number]

/** Scripted cabinets and people beside the parcels; `phone` is whose number everybody has who has no own. */
export function createNeighbours(phone: string) {
  const places = new Map<CabinetId, Place>()
  const cards = new Map<string, Card>()
  const recalls = new Map<CabinetId, readonly DepositId[]>()
  const secrets = new Map<string, PrivatePart>()
  const handlers: {
    card?: AskHandler<'card'>
    consent?: AskHandler<'consent'>
    'low-doors'?: AskHandler<'low-doors'>
  } = {}
  const wishes = new Map<string, Wishes>()
  const persons = new Map<string, PersonId>()
  const renewals: DepositId[] = []
  const revocations = new Map<CabinetId, readonly Revocation[]>()
  const standing = new Map<CabinetId, ReadonlySet<string>>()
  const state = { online: true, quiet: false }
  const doors = new Map<CabinetId, Doors>()
  let renewal: Outcome<OrderView> = { ok: false, refusal: 'cabinet-offline' }
  return {
    places,
    cards,
    recalls,
    secrets,
    handlers,
    wishes,
    persons,
    renewals,
    revocations,
    standing,
    state,
    doors,
    answerRenewals: (outcome: Outcome<OrderView>): void => void (renewal = outcome),
    cabinets: {
      places: async (ids: readonly CabinetId[]) =>
        new Map(ids.flatMap((cabinet) => [...places].filter(([each]) => each === cabinet))),
      isOnline: async () => state.online,
      freeDoors: async (of: readonly CabinetId[] = []) => of.flatMap((cabinet) => doors.get(cabinet) ?? []),
      openPrivate: async (at: { cabinet: CabinetId; seq: number }) => secrets.get(`${at.cabinet}/${at.seq}`),
      setCards: async (
        _tx: unknown,
        cabinet: CabinetId,
        change: {
          put: readonly Card[]
          drop: readonly string[]
        },
      ) => {
        for (const digest of change.drop) cards.delete(`${cabinet}/${digest}`)
        for (const card of change.put) cards.set(`${cabinet}/${card.parcel}`, card)
      },
      setRecalls: async (_tx: unknown, cabinet: CabinetId, deposits: readonly DepositId[]) =>
        void recalls.set(cabinet, deposits),
      setRevocations: async (_tx: unknown, cabinet: CabinetId, told: readonly Revocation[]) =>
        void revocations.set(cabinet, told),
      setStanding: async (_tx: unknown, cabinet: CabinetId, { put, drop }: StandingChange) => {
        const kept = [...(standing.get(cabinet) ?? [])].filter((digest) => !drop.includes(digest))
        standing.set(cabinet, new Set([...kept, ...put]))
      },
      onAsk: (kind: string, handler: unknown) => void Object.assign(handlers, { [kind]: handler }),
      renew: async ({ deposit }: { deposit: DepositId }) => {
        renewals.push(deposit)
        return renewal
      },
    },
    people: {
      readPhone: (typed: string): Phone | undefined => (isPhone(typed) ? typed : undefined),
      wishesOf: async (of: Phone) =>
        wishes.get(of) ??
        ({
          locale: 'en',
          lowDoor: false,
          alwaysConsents: false,
        } as const),
      wantLowDoors: async (of: Phone) =>
        void wishes.set(of, { ...(wishes.get(of) ?? { locale: 'en', alwaysConsents: false }), lowDoor: true }),
      phoneOf: async (person: PersonId): Promise<Phone | undefined> => {
        const known = [...persons].find(([, each]) => each === person)?.[0] ?? phone
        return isPhone(known) ? known : undefined
      },
      consenting: async (phones: readonly Phone[]) =>
        new Map(
          phones.flatMap((of) => {
            const person = persons.get(of)
            return person !== undefined && wishes.get(of)?.alwaysConsents === true ? [[of, person] as const] : []
          }),
        ),
      consenters: async ({ after, most }: { after: PersonId | null; most: number }) =>
        [...persons]
          .flatMap(([of, person]) => (wishes.get(of)?.alwaysConsents === true ? [person] : []))
          .filter((person) => after === null || person > after)
          .sort((left, right) => left.localeCompare(right))
          .slice(0, most),
      employmentsOf: async () => [],
    },
  }
}
