import { type PersonId, type SessionId, type StaffId, makeId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, hours, minutes } from '@holdfast/core/values/instants.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { Audience, CookieChange, Gates } from '../../platform/http/route.ts'
import type { Tx } from '../../platform/postgres/db.ts'
import type { People, PeoplePorts } from '../people.ts'
import {
  type Window,
  endSession,
  forgetSessions,
  lastLook,
  personSession,
  putSession,
  seeSession,
  staffSession,
} from './store.postgres.ts'

type Life = { readonly idle: DurationMs; readonly absolute: DurationMs }

/** A courier's day, a recipient's phone, a desk that somebody may walk away from. */
export const sessionLife: Readonly<Record<Audience, Life>> = {
  courier: { idle: hours(12), absolute: hours(7 * 24) },
  recipient: { idle: hours(30 * 24), absolute: hours(180 * 24) },
  operator: { idle: minutes(30), absolute: hours(12) },
}

/** How stale the last use may stand on disk: a write for each call would cost more than it tells. */
const seenEvery = minutes(1)
const tokenLength = 16

export type Sessions = {
  readonly gates: Omit<Gates, 'carrier'>
  readonly open: (audience: Audience, subject: PersonId | StaffId) => Promise<CookieChange>
  readonly end: (session: SessionId) => Promise<void>
  readonly forget: () => Promise<void>
  readonly lastLook: (phoneKey: Uint8Array, tx?: Tx) => ReturnType<People['appOf']>
}

export function createSessions({ db, clock, seals }: PeoplePorts): Sessions {
  const windowOf = (audience: Audience): Window => {
    const now = clock.now()
    const { idle, absolute } = sessionLife[audience]
    return { now, bornAfter: now - absolute, seenAfter: now - idle }
  }
  const read = (text: string): Uint8Array | undefined => {
    const token = bytesFromBase64(text)
    return token?.length === tokenLength ? seals.hash(token) : undefined
  }
  const see = async (token: Uint8Array, seenAt: number): Promise<void> => {
    if (seenAt + seenEvery <= clock.now()) await seeSession(db, token, clock.now())
  }
  const person = async <Kind extends 'courier' | 'recipient'>(kind: Kind, text: string) => {
    const token = read(text)
    const found = token === undefined ? undefined : await personSession(db, kind, { token, window: windowOf(kind) })
    if (token === undefined || found === undefined) return undefined
    await see(token, found.seenAt)
    return { kind, personId: found.person, sessionId: found.session }
  }
  return {
    gates: {
      courier: async (text) => await person('courier', text),
      recipient: async (text) => await person('recipient', text),
      staff: async (text) => {
        const token = read(text)
        const found = token === undefined ? undefined : await staffSession(db, token, windowOf('operator'))
        if (token === undefined || found === undefined) return undefined
        await see(token, found.seenAt)
        const { staff, operator, role, session } = found
        return { kind: 'staff', staffId: staff, operatorId: operator, role, sessionId: session }
      },
    },
    open: async (audience, subject) => {
      const at = clock.now()
      const token = seals.random(tokenLength)
      const session = makeId('session', at, seals.random(10))
      await putSession(db, { token: seals.hash(token), session, audience, subject, at })
      return { audience, token: base64FromBytes(token), maxAgeSeconds: sessionLife[audience].absolute / 1_000 }
    },
    end: async (session) => await endSession(db, session, clock.now()),
    lastLook: async (phoneKey, tx) => await lastLook((tx ?? db).query, phoneKey, windowOf('recipient')),
    forget: async () => await forgetSessions(db, clock.now() - sessionLife.recipient.absolute),
  }
}
