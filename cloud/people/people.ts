import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { CabinetId, CarrierId, OperatorId, PersonId, StaffId } from '@holdfast/core/values/ids.ts'
import type { DurationMs, Instant } from '@holdfast/core/values/instants.ts'
import type { Locale } from '@holdfast/wire/codes/messages.ts'
import type { Gates, Route, StaffRole } from '../platform/http/route.ts'
import type { Directory, Ports } from '../platform/ports.ts'
import type { Tx } from '../platform/postgres/db.ts'
import type { PeopleRefusal } from './codes.ts'
import type { PeopleConfig } from './config.ts'
import { createCouriers } from './couriers/couriers.ts'
import { createPersons } from './persons/persons.ts'
import { createPhones } from './persons/phones.ts'
import { peopleRoutes } from './routes.ts'
import { createSessions } from './sessions/sessions.ts'
import { createCodes } from './sign-in/code.ts'
import { forgetCodes } from './sign-in/store.postgres.ts'
import { createThrottle } from './sign-in/throttle.ts'
import { createColleagues } from './staff/colleagues.ts'
import { createLinks } from './staff/links.ts'
import { createStaffing, hashing } from './staff/staff.ts'

/** Everything one may ask of the people: who they are, what they wish, whom they work for. */
export type People = {
  /** For platform/http; the carriers' gate lives with their keys. */
  readonly gates: Omit<Gates, 'carrier'>
  /** E.164 as typed anywhere, read by a full library; undefined is `phone-unreadable`. */
  readonly readPhone: (typed: string) => Phone | undefined
  /** Rung up, not written to. */
  readonly isLandline: (phone: Phone) => boolean
  readonly personByPhone: (phone: Phone) => Promise<PersonId | undefined>
  /** Inside the cloud only: never in a log or the outbox, nor in a reply but to the staff that he asked to call back. */
  readonly phoneOf: (person: PersonId, tx?: Tx) => Promise<Phone | undefined>
  /** Defaults for a phone that nobody ever signed in with. `tx` where asked inside a transaction. */
  /** Of whoever has this phone, with or without an account. */
  readonly wantLowDoors: (phone: Phone) => Promise<void>
  readonly wishesOf: (phone: Phone, tx?: Tx) => Promise<Wishes>
  /** Who is signed in to the recipients' app with this phone, and when they looked last. */
  readonly appOf: (
    phone: Phone,
    tx?: Tx,
  ) => Promise<{ readonly person: PersonId; readonly looked: Instant } | undefined>
  /** Who of these always consents, by phone. */
  readonly consenting: (phones: readonly Phone[], tx?: Tx) => Promise<ReadonlyMap<Phone, PersonId>>
  /** Everybody who always consents, page by page. */
  readonly consenters: (
    page: { readonly after: PersonId | null; readonly most: number },
    tx?: Tx,
  ) => Promise<readonly PersonId[]>
  /** Today's employers; ends of employment take effect at once. */
  readonly employmentsOf: (person: PersonId) => Promise<readonly Employment[]>
  /** Draws a sign-in code and sends it, at most one a minute and five a day for each phone and purpose. */
  readonly sendCode: (request: CodeRequest) => Promise<Outcome<undefined>>
  /** Five tries for each code; a right one is spent. Proves who holds the phone, not what they may do. */
  readonly judgeCode: (proof: CodeProof) => Promise<Outcome<undefined>>
  /** Counts one more of `what` by `who` and says whether it is within the limit; on disk, for all processes. */
  readonly allow: (limit: Limit) => Promise<boolean>
  readonly createOperator: (operator: NewOperator) => Promise<OperatorId>
  readonly createStaff: (staff: NewStaff) => Promise<Outcome<StaffId>>
  /** A person with this phone, employed from now; a second carrier is a second employment. */
  readonly createCourier: (courier: NewCourier) => Promise<PersonId>
  /** From this moment the person's courier sessions are closed, unless another employer is left. */
  readonly endEmployment: (person: PersonId, carrier: CarrierId) => Promise<void>
  /** Drops ended sessions, spent codes and old counts; once an hour is enough. */
  readonly forget: () => Promise<void>
  /** Opens `/operator/#/welcome/<token>` for the first person of this house; undefined where somebody has an account. */
  readonly firstLink: () => Promise<string | undefined>
  readonly operatorName: Directory['operatorName']
  readonly staffName: Directory['staffName']
  readonly routes: readonly Route[]
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: PeopleRefusal }

export type Wishes = {
  readonly locale: Locale
  readonly lowDoor: boolean
  /** Standing consent to lockers. */
  readonly alwaysConsents: boolean
}

export type Employment = { readonly carrier: CarrierId; readonly outlet: string | null }

/** Codes of one purpose never pass for another's. `kiosk`: typed at a cabinet by a courier. */
export type CodePurpose = 'courier' | 'recipient' | 'kiosk'

export type CodeRequest = {
  readonly phone: Phone
  readonly purpose: CodePurpose
  readonly locale?: Locale | undefined
  /** Purpose `kiosk`: a code asked for at one cabinet is worth nothing at another. */
  readonly cabinet?: CabinetId
}

export type CodeProof = {
  readonly phone: Phone
  readonly purpose: CodePurpose
  readonly code: string
  readonly cabinet?: CabinetId
  /** A right one stays good: something is to be asked first. The try counts all the same. */
  readonly keep?: boolean
}

/** What is to be brought to a phone; `key` names it once for all retries. */
export type CodeMessage = {
  readonly key: string
  readonly phone: Phone
  readonly locale: Locale
  readonly code: string
  readonly minutes: number
}

/** At most `most` in each window of `per`, counted from its first. */
export type Limit = {
  readonly what: string
  readonly who: string
  readonly most: number
  readonly per: DurationMs
}

export type NewOperator = { readonly name: string; readonly operator?: OperatorId }

export type NewStaff = {
  readonly operator: OperatorId
  readonly email: string
  readonly name: string
  readonly role: StaffRole
  readonly password: string
}

export type NewCourier = {
  readonly phone: Phone
  readonly name: string
  readonly carrier: CarrierId
  readonly outlet?: string
  readonly locale?: Locale
}

/** Topic `people-wishes`, key = person: a standing consent or a preference changed. Ask `wishesOf`. */
export const wishesTopic = 'people-wishes'

/** Topic `people-employments`, key = person: an employment was ended by somebody, payload { person, carrier }. */
export const employmentTopic = 'people-employments'

export type PeoplePorts = Ports & {
  readonly config: PeopleConfig
  readonly carriers: Directory['carriers']
  /** The carriers that this operator looks after here. */
  readonly carriersKept: (operator: OperatorId) => Promise<ReadonlySet<CarrierId>>
  /** Queues the message; the notices do. */
  readonly bringCode: (message: CodeMessage) => Promise<void>
}

export function createPeople(ports: PeoplePorts): People {
  const { db, clock, seals, keys, config, carriers } = ports
  const phones = createPhones(seals, keys.atRest, config)
  const persons = createPersons(ports, phones, {
    wished: async (tx, person) =>
      await ports.outbox.publish(tx, { topic: wishesTopic, key: person, payload: { person } }),
    dismissed: async (tx, person, carrier) =>
      await ports.outbox.publish(tx, { topic: employmentTopic, key: person, payload: { person, carrier } }),
  })
  const codes = createCodes(ports, phones)
  const sessions = createSessions(ports)
  const throttle = createThrottle(ports)
  const staff = createStaffing(ports, throttle)
  const links = createLinks(ports, hashing(ports))
  const desk = {
    links,
    colleagues: createColleagues(ports, links, hashing(ports)),
    couriers: createCouriers(ports, phones, persons),
  }
  const sendCode: People['sendCode'] = async (request) =>
    await codes.send(request, request.locale ?? (await persons.wishesOf(request.phone)).locale)
  const { ensure: _ensure, profile: _who, wish: _wish, ...asked } = persons
  const { signIn: _signIn, profile: _staff, ...staffing } = staff
  return {
    ...asked,
    ...staffing,
    gates: sessions.gates,
    appOf: async (phone, tx) => await sessions.lastLook(phones.key(phone), tx),
    readPhone: phones.read,
    isLandline: phones.isLandline,
    sendCode,
    judgeCode: async (proof) => {
      const judged = await codes.judge(proof)
      return judged.ok ? { ok: true, value: undefined } : judged
    },
    allow: throttle.allow,
    firstLink: links.first,
    forget: async () => {
      await sessions.forget()
      await forgetCodes(db, clock.now())
      await throttle.forget(clock.now())
    },
    routes: peopleRoutes({ ...desk, phones, persons, codes, sessions, staff, throttle, sendCode, carriers }),
  }
}
