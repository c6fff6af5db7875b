import { type Id, idToUuid } from '@holdfast/core/values/ids.ts'
import { readTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { KeyScheme } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { CloudTwin, CloudTwinPorts } from '@holdfast/cloud/twin.ts'
import type { Defect } from '../defects/defects.ts'
import type { CloudFaults } from '../faults/faults.ts'
import type { Chance } from '../seed/chance.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { Trace } from '../seed/trace.ts'
import { type Caller, createCalls } from './calls.ts'
import { type Complaints, createComplaints } from './complaints.ts'
import { type Firm, foundFirm } from './firm.ts'
import { beginLife, type Life } from './life.ts'
import { createOutward, type Outward } from './outward.ts'
import { createTroubles, type Troubles } from './trouble.ts'

export interface HousePorts {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly seals: Seals
  readonly trace: Trace
  readonly tell: (text: string) => void
  readonly database: CloudTwinPorts['database']
  readonly defect: Defect
}

/** The operator's house: the real cloud of a town, which may die and be started again, and who calls it. */
export interface House extends Firm {
  readonly keys: CloudTwinPorts['keys']
  readonly seals: Seals
  readonly clock: VirtualClock
  readonly outward: Outward
  readonly troubles: Troubles
  readonly faults: CloudFaults
  /** Undefined where nobody answers. */
  readonly call: Caller
  /** What the database holds, past the cloud. */
  readonly rows: CloudTwinPorts['database']['query']
  /** The first law that the house broke where nobody else could see it. */
  readonly failed: () => Error | undefined
  readonly heard: (topic: string, payload: Uint8Array) => void
  /** Where what goes down to one cabinet comes out. */
  readonly connect: (cabinet: string, down: (topic: string, payload: Uint8Array) => void) => void
  /** Of somebody who was never heard of here. */
  readonly freshPhone: () => string
  readonly isAlive: () => boolean
  readonly crash: () => void
  readonly start: () => Promise<void>
}

export async function openHouse(ports: HousePorts): Promise<House> {
  const { clock, chance, seals, trace, tell, database, defect } = ports
  await clock.hold(database.empty())
  const keys = keysOf(seals)
  const troubles = createTroubles(clock, chance.apart('troubles'))
  const { holds, failed } = createComplaints()
  const outward = createOutward({ clock, troubles, trace, tell, holds })
  const downs = new Map<string, (topic: string, payload: Uint8Array) => void>()
  const rows: House['rows'] = async (sql, params) => await clock.hold(database.query(sql, params))
  const publish = async (topic: string, payload: Uint8Array): Promise<void> => {
    const cabinet = readTopic(topic)?.cabinet
    if (topic.endsWith('/acks')) await checkAck(rows, holds, payload)
    downs.get(cabinet ?? '')?.(topic, payload)
  }
  const given = { clock, troubles, seals, keys, database, publish, ...outward }
  const turns = createTurns(() =>
    beginLife({
      ...given,
      trouble: troubles,
      patch: (made) => defect.house?.(made) ?? made,
      died: () => tell('the cloud died'),
    }),
  )
  let phones = 0
  await turns.start()
  const call = createCalls(clock, turns.now)
  const firm = await foundFirm(turns.twin(), call)
  return {
    ...firm,
    keys,
    seals,
    clock,
    outward,
    troubles,
    faults: troubles.faults(turns),
    call,
    rows,
    failed,
    heard: (topic, payload) => turns.now()?.heard(topic, payload),
    connect: (cabinet, down) => void downs.set(cabinet, down),
    freshPhone: () => `+86138${String((phones += 1)).padStart(8, '0')}`,
    isAlive: () => turns.now()?.twin() !== undefined,
    crash: turns.crash,
    start: turns.start,
  }
}

function keysOf(seals: Seals): CloudTwinPorts['keys'] {
  const pair = (scheme: KeyScheme, keyId: number) => ({ keyId, ...seals.generate(scheme) })
  return { signing: [pair('ed25519', 1), pair('ed25519', 2)], sealing: [pair('x25519', 0)], atRest: seals.random(32) }
}

function createTurns(begin: () => Life) {
  let life: Life | undefined
  return {
    now: () => life,
    twin: (): CloudTwin => {
      const twin = life?.twin()
      if (twin === undefined) throw new Error('the cloud did not start')
      return twin
    },
    crash: () => {
      life?.end()
      life = undefined
    },
    start: async (): Promise<void> => {
      if (life?.twin() !== undefined) return
      life?.end()
      life = begin()
      await life.started
    },
  }
}

/** Law 8 from outside: what is acknowledged is committed. */
async function checkAck(rows: House['rows'], holds: Complaints['holds'], payload: Uint8Array): Promise<void> {
  const { cabinet, incarnation, watermark }: Ack = readBody(payload)
  const [row] = await rows<{ seq: number }>(
    'select seq from cabinet_journal where cabinet = $1 and incarnation = $2',
    [cabinet, incarnation].map(idToUuid),
  )
  const committed = row?.seq ?? 0
  holds(8, watermark <= committed, () => `${watermark} was acknowledged, and ${committed} is committed`)
}

interface Ack {
  readonly cabinet: Id<'cabinet'>
  readonly incarnation: Id<'incarnation'>
  readonly watermark: number
}

/** The signed body behind the line of the seal. */
export function readBody<Body>(payload: Uint8Array): Body {
  const body: Body = JSON.parse(new TextDecoder().decode(payload.subarray(payload.indexOf(10) + 1)))
  return body
}
