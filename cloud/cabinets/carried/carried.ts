import { type DurationMs, type Instant, after, durationMs } from '@holdfast/core/values/instants.ts'
import { type PersonId, idFromUuid } from '@holdfast/core/values/ids.ts'
import { carriedFrom, openCarried, type ReadCarried } from '@holdfast/wire/carry/facts.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Cabinets } from '../cabinets.ts'
import { type CarriedOutcome, type CarriedRefusal, cabinetTopics } from '../facts.ts'
import { storeChanges } from '../health/store.postgres.ts'
import { newsOf } from './news.ts'
import { keepCarried, type Origin, readOrigin, settlePassed } from './store.postgres.ts'

export type Carried = {
  readonly take: Cabinets['takeCarried']
  /** In rounds: what the journal has passed is compared with it and forgotten. */
  readonly settle: (keep: DurationMs) => Promise<void>
}

/** The courier's phone as the cabinet's second uplink: what it brings is the cabinet's word, ahead of its journal. */
export function createCarried(ports: Ports): Carried {
  const { db, clock, outbox } = ports
  return {
    take: async (bytes, person) => {
      const cabinet = carriedFrom(bytes)
      const origin = cabinet === undefined ? undefined : await readOrigin(db.query, cabinet)
      const key = origin === undefined ? undefined : readPublicKey(origin.public_key)
      if (cabinet === undefined || origin === undefined || key === undefined) return no('carried-malformed')
      const read = openCarried(ports.seals, key, bytes)
      if (!read.ok) return no(read.refusal)
      if (read.facts.incarnation !== idFromUuid('incarnation', origin.incarnation)) return no('carried-outdated')
      return await keep(ports, { facts: read.facts, origin, person })
    },
    settle: async (keep) => {
      const now = clock.now()
      const forked = await settlePassed(db.query, after(now, durationMs(0 - keep)))
      if (forked.length === 0) return
      await storeChanges(db.query, forked, now)
      outbox.wake()
    },
  }
}

type Brought = { readonly facts: ReadCarried; readonly origin: Origin; readonly person: PersonId }

async function keep(ports: Ports, { facts, origin, person }: Brought): Promise<CarriedOutcome> {
  const { db, clock, outbox } = ports
  const { cabinet, incarnation, deposit } = facts
  const at: Instant = clock.now()
  const operator = idFromUuid('operator', origin.operator_id)
  const news = newsOf(facts, { cabinet, incarnation, operator, layout: origin.layout, at })
  if (news === undefined) return no('carried-malformed')
  const last = news.at(-1)?.seq ?? 0
  if (last <= origin.seq) return { ok: true, value: { deposit, fresh: false } }
  const fresh = await db.transaction(async (tx) => {
    if (!(await keepCarried(tx.query, facts, { operator: origin.operator_id, person, at }))) return false
    const topic = cabinetTopics.carried
    await outbox.publish(
      tx,
      news.map((payload) => ({ topic, kind: payload.event.type, key: cabinet, payload })),
    )
    return true
  })
  outbox.wake()
  return { ok: true, value: { deposit, fresh } }
}

const no = (refusal: CarriedRefusal): CarriedOutcome => ({ ok: false, refusal })
