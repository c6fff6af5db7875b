import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Sight } from '@holdfast/core/door/door.ts'
import type { Chance } from './seed/chance.ts'
import { createJudge, type Judge } from './checks/judge.ts'
import type { Enrol } from './cloud/enrol.ts'
import type { VirtualClock } from './seed/clock.ts'
import type { Defect } from './defects/defects.ts'
import { type CloudFaults, createFaults, type Faults } from './faults/faults.ts'
import { createNetwork, type Network } from './network.ts'
import { type Overheard, sendsAgain } from './people/intruder.ts'
import { createTown, type Town } from './people/town.ts'
import { createIdDraw, createStreet, type Family, layoutOf, type Reading } from './street.ts'
import type { Trace } from './seed/trace.ts'

export interface PlacePorts {
  readonly name: string
  readonly family: Family
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly seals: Seals
  readonly trace: Trace
  readonly faults: Map<string, number>
  readonly tell: (text: string) => void
  readonly defect: Defect
  /** Makes the cabinet known to the town's cloud. */
  readonly enrol: Enrol
  /** What befalls the real cloud; none where a stand-in answers. */
  readonly cloudFaults: CloudFaults | undefined
}

/** One cabinet with everything around it: metal, terminal, air, cloud, whoever comes, and whoever judges. */
export interface Place {
  readonly name: string
  readonly town: Town
  readonly faults: Faults
  readonly judge: Judge
  readonly intrude: (chance: Chance) => Promise<void>
}

export async function createPlace(ports: PlacePorts): Promise<Place> {
  const { name, family, clock, chance, seals, trace, tell, defect } = ports
  const draw = createIdDraw(seals)
  const layout = layoutOf(family, draw)
  const { network, send, overheard } = createAir(createNetwork(clock, chance.apart('air')))
  const enrolling = { name, layout, draw, clock, chance: chance.apart('cloud'), seals, send, defect }
  const { identity, cloud } = await ports.enrol({ ...enrolling, journal: () => judge.cabinet() })
  network.onUp((topic, payload) => {
    trace.add('up', payload)
    cloud.receive(topic, payload)
  })
  const street = createStreet({
    identity,
    family,
    clock,
    seals,
    chance: chance.apart('street'),
    connect: network.connect,
    seen: ({ lock, reading }) => {
      const plan = layout.compartments.find((known) => sameLock(known.lock, lock))
      if (plan !== undefined) judge.saw(plan.id, sightOf(reading))
    },
    alarmed: (what, door) => {
      if (defect.isSilent !== true) judge.alarmed(what, door)
    },
    defect,
  })
  const judge = createJudge({ street, cloud, seals, layout, trace, tell })
  const people = { clock, chance: chance.apart('people'), street, cloud, identity, layout, draw }
  const town = createTown(people, {
    journal: judge.cabinet,
    sessions: () => sessionsIn(judge),
    attempts: () => judge.counts.get('codeAttempted') ?? 0,
  })
  const faults = createFaults({ clock, street, network, layout, counts: ports.faults, tell, cloud: ports.cloudFaults })
  const intrude = (by: Chance): Promise<void> => sendsAgain({ ...town, chance: by }, network, overheard)
  return { name, town, faults, judge, intrude }
}

const sessionsIn = ({ counts }: Judge): number =>
  (counts.get('courierSessionOpened') ?? 0) + (counts.get('pickupSessionOpened') ?? 0)

/** The network, with somebody who keeps what goes down. */
function createAir(network: Network) {
  const overheard: Overheard[] = []
  const send: Network['send'] = (topic, payload) => {
    overheard.push({ topic, payload })
    network.send(topic, payload)
  }
  return { network, overheard, send }
}

type Lock = Town['layout']['compartments'][number]['lock']
const sameLock = (left: Lock, right: Lock): boolean => left.board === right.board && left.channel === right.channel

/** The judge's own reading of contacts: the leaf where there is one, else the hook. */
function sightOf({ latch, leaf }: Reading['reading']): Sight {
  if (leaf === 'open') return 'open'
  if (leaf === 'shut') return latch === 'released' ? 'unlatched' : 'shut'
  if (leaf === 'unknown' || latch === 'unknown') return 'unknown'
  return latch === 'caught' ? 'shut' : 'open'
}
