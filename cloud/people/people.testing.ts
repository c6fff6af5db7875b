import { pino } from 'pino'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { type ManualClock, createManualClock } from '../platform/clock.ts'
import { type Http, createHttp } from '../platform/http/http.ts'
import { createOutbox } from '../platform/outbox/outbox.ts'
import type { Ports } from '../platform/ports.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type CodeMessage, type People, type PeoplePorts, createPeople } from './people.ts'

export const seals = createNodeSeals()
export const start = instant(1_800_000_000_000)
export const phone = (text: string): Phone => text as Phone
export const carrier = makeId('carrier', start, new Uint8Array(10).fill(1))
export const otherCarrier = makeId('carrier', start, new Uint8Array(10).fill(2))

export type Ground = {
  readonly ports: Ports
  readonly clock: ManualClock
  readonly people: People
  /** Sign-in codes as they would reach the phones. */
  readonly codes: CodeMessage[]
  /** What was logged, down to the last detail. */
  readonly lines: string[]
}

/** People on a database, with a clock that stands. */
export function peopleOn(db: Db): Ground {
  const clock = createManualClock(start)
  const signing = { keyId: 1, ...seals.generate('ed25519') }
  const keys = {
    signing: [signing, { keyId: 2, ...seals.generate('ed25519') }] as const,
    sealing: [{ keyId: 1, ...seals.generate('x25519') }] as const,
    atRest: new Uint8Array(32).fill(7),
  }
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const outbox = createOutbox({ db, clock, log })
  const ports = { db, outbox, clock, seals, log, keys }
  const codes: CodeMessage[] = []
  const people = createPeople(peoplePorts({ ports, codes }))
  return { ports, clock, people, codes, lines }
}

/** What the rooms of people are made with, for tests of one room alone. */
export const peoplePorts = ({ ports, codes }: Pick<Ground, 'ports' | 'codes'>): PeoplePorts => ({
  ...ports,
  config: { defaultCountry: 'CN', defaultLocale: 'zh', passwordCost: 16 },
  carriers: async () => [{ id: carrier, code: 'sf', name: 'SF Express' }],
  carriersKept: async () => new Set([carrier]),
  bringCode: async (message) => void codes.push(message),
})

export const emptyPeople = async (db: Db): Promise<void> =>
  void (await db.query(
    'truncate person, employment, sign_in_code, session, throttle, staff, staff_link, operator, outbox',
  ))

export const httpOf = async ({ ports, people }: Ground, routes = people.routes): Promise<Http> =>
  await createHttp({
    log: ports.log,
    clock: ports.clock,
    gates: { ...people.gates, carrier: async () => undefined },
    routes,
    idempotency: { run: async (_call, work) => await work(() => undefined), forget: async () => undefined },
    secureCookies: true,
    version: '0',
  })

/** The cookie that an answer sets, ready to be sent back. */
export function cookieFrom(headers: Readonly<Record<string, unknown>>): string {
  const set = headers['set-cookie']
  return String(Array.isArray(set) ? set[0] : set).split(';')[0] ?? ''
}
