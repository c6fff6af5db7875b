import type { Alarm } from '@holdfast/core/cabinet/act.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { digestInput } from '@holdfast/core/cabinet/digest.ts'
import { evolveCabinet } from '@holdfast/core/cabinet/evolve.ts'
import { createOracle } from '@holdfast/core/cabinet/laws/oracle.testing.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type Cabinet, newCabinet } from '@holdfast/core/cabinet/state.ts'
import type { Sight } from '@holdfast/core/door/door.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import { type RunningMs, runningMs } from '@holdfast/core/values/instants.ts'
import { canonicalText } from '@holdfast/wire/bytes/canonical.ts'
import { chainHash, chainStart, type Entry, type EntryContent, readEntry } from '@holdfast/wire/seals/chain.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { CloudSide } from '../cloud/side.ts'
import { eventOf } from '../cloud/fold.ts'
import type { Street } from '../street.ts'
import type { Trace } from '../seed/trace.ts'
import { broken, holds } from './law.ts'
import { checkOrders } from './orders.ts'
import { checkPulses } from './pulses.ts'

export interface JudgePorts {
  readonly street: Pick<Street, 'metal' | 'disk' | 'loop'>
  readonly cloud: Pick<CloudSide, 'signed' | 'head'>
  readonly seals: Seals
  readonly layout: CabinetLayout
  readonly trace: Trace
  /** Hears each fact, for a story. */
  readonly tell: (text: string) => void
}

/** Reads disk, coils and cloud after every event of the world, and believes nobody else. */
export interface Judge {
  /** Throws at the first law that does not hold. */
  look(): void
  saw(door: CompartmentId, sight: Sight): void
  alarmed(what: Alarm, door: CompartmentId): void
  /** What the journal alone says. */
  cabinet(): Cabinet
  head(): number
  /** How often each kind of event was seen. */
  readonly counts: ReadonlyMap<CabinetEvent['type'], number>
}

const pageSize = 256

export function createJudge(ports: JudgePorts): Judge {
  const { street, cloud, seals, trace } = ports
  const chain = followDisk(ports)
  const laws = applyLaws(ports)
  const alarms = new Set<string>()
  let drawn = 0
  let cloudAt = 0

  const lookAtCoils = (): void => {
    const { pulses } = street.metal.audit()
    if (pulses.length === drawn) return
    for (const pulse of pulses.slice(drawn)) {
      trace.add('pulse', `${pulse.lock.board}/${pulse.lock.channel} ${pulse.atMs}`)
      laws.pulses.drew(pulse)
    }
    drawn = pulses.length
  }
  const lookAtCloud = (): void => {
    const { seq, hash } = cloud.head()
    if (seq === cloudAt) return
    cloudAt = seq
    const own = chain.hashAt(seq)
    holds(8, own !== undefined && seals.equal(own, hash), () => `the cloud's ${seq} is not the cabinet's`)
  }
  return {
    look: () => {
      const entries = chain.next()
      const before = laws.cabinet()
      const events = entries.map(laws.take)
      lookAtCoils()
      lookAtCloud()
      const loop = street.loop()
      if (events.length > 0 && loop !== undefined) {
        laws.stands(before)
        for (const event of events) checkAlarm(event, alarms)
        const same = stateOf(loop.cabinet()) === stateOf(laws.cabinet())
        holds(15, same, () => 'the terminal is in another state than its journal says')
      }
      alarms.clear()
    },
    saw: laws.saw,
    alarmed: (what, door) => {
      alarms.add(`${what} ${door}`)
    },
    cabinet: laws.cabinet,
    head: chain.head,
    counts: laws.counts,
  }
}

/** What both sides' digests are made of. */
const stateOf = (cabinet: Cabinet): string => canonicalText(digestInput(cabinet))

/** Law 8: numbers without gaps, each entry under the hash of the one before. */
function followDisk({ street, seals, trace }: JudgePorts) {
  const hashes: Uint8Array[] = []
  const follow = ({ seq, bytes, hash }: Entry): EntryContent => {
    const content = readEntry(bytes)
    if (seq !== hashes.length + 1 || content?.seq !== seq) return broken(8, `${seq} follows ${hashes.length}`)
    const expected = chainHash(seals, hashes.at(-1) ?? chainStart.hash, bytes)
    holds(8, seals.equal(hash, expected), () => `the chain breaks at ${seq}`)
    hashes.push(hash)
    trace.add('entry', bytes)
    return content
  }
  const stays = (): void => {
    if (hashes.length === 0) return
    const [last] = street.disk.entries(hashes.length, 1)
    holds(8, last?.seq === hashes.length, () => `${hashes.length} was synced, and is gone`)
  }
  return {
    next: (): readonly EntryContent[] => {
      stays()
      return street.disk.entries(hashes.length + 1, pageSize).map(follow)
    },
    head: () => hashes.length,
    hashAt: (seq: number) => hashes[seq - 1],
  }
}

/** Core's oracle over the journal (laws 1, 3, 4, 5, 7, 13, 16), and the checks that need the world beside it. */
function applyLaws({ cloud, layout, street, tell }: JudgePorts) {
  const oracle = createOracle()
  const pulses = checkPulses(layout, () => street.metal.audit().mostCoilsAtOnce)
  const orders = checkOrders(cloud)
  const sights = new Map<CompartmentId, Sight>()
  const counts = new Map<CabinetEvent['type'], number>()
  let cabinet = newCabinet
  let now: RunningMs = runningMs(0)
  const take = (content: EntryContent): CabinetEvent => {
    const event = eventOf(content)
    now = content.running
    tell(`${content.seq} ${JSON.stringify(event)}`)
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1)
    if (event.type === 'cabinetStarted') for (const door of sights.keys()) sights.set(door, 'unknown')
    cabinet = evolveCabinet(cabinet, event)
    oracle.happened(event, { now, sights })
    orders(event)
    pulses.happened(event)
    return event
  }
  return {
    take,
    pulses,
    counts,
    cabinet: () => cabinet,
    saw: (door: CompartmentId, sight: Sight) => {
      sights.set(door, sight)
    },
    stands: (before: Cabinet) => {
      oracle.stands(before, cabinet, { now, sights })
    },
  }
}

/** Law 2: whatever opens without a cause makes a noise in the same moment. */
function checkAlarm(event: CabinetEvent, alarms: ReadonlySet<string>): void {
  const unexplained =
    (event.type === 'doorOpened' && event.cause === null) || (event.type === 'doorUnlatched' && !event.explained)
  if (unexplained) holds(2, alarms.has(`opened-without-cause ${event.door}`), () => `${event.door} opened in silence`)
}
