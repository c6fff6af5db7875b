import type { Sight } from '@holdfast/core/door/door.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { shardOf } from '@holdfast/wire/cabinet/topics.ts'
import { createChance } from './chance.ts'
import { checkCollected, checkEnding } from './checks/ending.ts'
import { createJudge, type Judge } from './checks/judge.ts'
import { createVirtualClock } from './clock.ts'
import { cloudKeyId, createCloudTwin } from './cloud/cloud.ts'
import { createFaults, type Faults } from './faults.ts'
import { createNetwork, type Network } from './network.ts'
import { courierVisits } from './people/courier.ts'
import { operatorActs } from './people/operator.ts'
import { passerByForces } from './people/passer-by.ts'
import { type Overheard, sendsAgain } from './people/intruder.ts'
import { collectAll, recipientVisits, typistVisits } from './people/recipient.ts'
import { createTown, type Town, turnAtScreen } from './people/town.ts'
import {
  createIdDraw,
  createStreet,
  type Family,
  type Identity,
  layoutOf,
  type Reading,
  type Street,
} from './street.ts'
import { createTrace } from './trace.ts'

export interface Run {
  readonly seed: number
  readonly minutes: number
  /** A planted defect, for the test that the checks bite. */
  readonly sabotage?: (street: Street) => void
}

export interface Lived {
  readonly seed: number
  /** Equal for equal seeds (law 15). */
  readonly trace: string
  readonly steps: number
  readonly entries: number
  readonly pulses: number
  readonly counts: Readonly<Record<string, number>>
}

/** The last visitors go, and somebody pushes the doors to that they left. */
const lingeringMs = 300_000
/** Everybody who has something waiting comes for it, through whatever pauses the keypad has. */
const collectingMs = 3_600_000
/** Ten minutes after the faults stop everything has found its way (law 12). */
const healingMs = 600_000

/** One cabinet's life from one seed. Throws a `LawBroken` at the first breach. */
export async function simulate({ seed, minutes, sabotage }: Run): Promise<Lived> {
  const world = createWorld(seed)
  const { clock, town, faults, judge, trace } = world
  await town.street.powerUp()
  sabotage?.(town.street)
  const endsAt = minutes * 60_000
  const life = liveUntil(world, endsAt)
  const step = (): void => {
    judge.look()
    if (life.failed !== undefined) throw life.failed
  }
  await clock.run(endsAt, step)
  await faults.heal()
  await clock.run(endsAt + lingeringMs, step)
  for (const { lock } of town.layout.compartments) town.street.metal.hands.push(lock)
  await clock.run(endsAt + lingeringMs + healingMs, step)
  checkEnding(town, judge)
  const collected = collectAll(town)
  await clock.run(endsAt + lingeringMs + healingMs + collectingMs, step)
  await collected
  checkCollected(town)
  return {
    seed,
    trace: trace.hash(),
    steps: trace.length(),
    entries: judge.head(),
    pulses: town.street.metal.audit().pulses.length,
    counts: Object.fromEntries([...town.counts, ...judge.counts]),
  }
}

interface World {
  readonly clock: Town['clock']
  readonly town: Town
  readonly faults: Faults
  readonly judge: Judge
  readonly trace: ReturnType<typeof createTrace>
  readonly intrude: () => Promise<void>
}

function createWorld(seed: number): World {
  const chance = createChance(seed)
  const clock = createVirtualClock()
  const seals = createStandInSeals(seed)
  const trace = createTrace(seals)
  const family: Family = seed % 2 === 0 ? 'xor-8a' : 'modbus-relay'
  const draw = createIdDraw(seals)
  const layout = layoutOf(family, draw)
  const [signing, sealing] = [seals.generate('ed25519'), seals.generate('x25519')]
  const identity = createIdentity(seals, { draw, layout, signing, sealing })
  const air = createAir(createNetwork(clock, chance.apart('air')))
  const { network } = air
  const cloud = createCloudTwin({ seals, identity, signing, sealing, send: air.send })
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
      judge.alarmed(what, door)
    },
  })
  const judge = createJudge({ street, cloud, seals, layout, trace })
  const people = { clock, chance: chance.apart('people'), street, cloud, identity, layout, draw }
  const town = createTown(people, judge.cabinet)
  const faults = createFaults({ clock, chance: chance.apart('faults'), street, network, layout })
  return { clock, town, faults, judge, trace, intrude: () => sendsAgain(town, network, air.overheard) }
}

/** The network, with somebody who keeps what goes down. */
function createAir(network: Network) {
  const overheard: Overheard[] = []
  const send: Network['send'] = (topic, payload) => {
    overheard.push({ topic, payload })
    network.send(topic, payload)
  }
  return { network, overheard, send }
}

interface Born {
  readonly draw: Town['draw']
  readonly layout: Town['layout']
  readonly signing: Identity['keys']
  readonly sealing: Identity['keys']
}

function createIdentity(
  seals: ReturnType<typeof createStandInSeals>,
  { draw, layout, signing, sealing }: Born,
): Identity {
  const cabinet = draw('cabinet')
  return {
    cabinet,
    incarnation: draw('incarnation'),
    shard: shardOf(seals.hash(new TextEncoder().encode(cabinet))),
    broker: { url: 'mqtt://air', username: '', password: '' },
    cloudKeys: new Map([[cloudKeyId, signing.publicKey]]),
    sealTo: sealing.publicKey,
    layout,
    keys: seals.generate('p256'),
    codeKeys: { key: seals.random(32), salt: seals.random(16), cost: 2 },
  }
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

/** Everybody's comings and goings; the first law that breaks in somebody's hands is kept for the next step. */
function liveUntil({ clock, town, faults, intrude }: World, endsAt: number): { failed: Error | undefined } {
  const life: { failed: Error | undefined } = { failed: undefined }
  const { chance } = town
  const again = async (leastMs: number, mostMs: number, act: () => Promise<unknown>): Promise<void> => {
    try {
      for (;;) {
        await clock.sleep(chance.between(leastMs, mostMs))
        if (clock.now() >= endsAt) return
        await act()
      }
    } catch (error) {
      life.failed ??= error instanceof Error ? error : new Error(String(error))
    }
  }
  const atScreen = [courierVisits, courierVisits, recipientVisits, recipientVisits, recipientVisits, typistVisits]
  void again(1_000, 12_000, async () => {
    await turnAtScreen(town)
    await chance.pick(atScreen)?.(town)
  })
  void again(10_000, 60_000, () => operatorActs(town))
  void again(30_000, 120_000, () => passerByForces(town, faults.isQuiet))
  void again(5_000, 30_000, intrude)
  void again(5_000, 40_000, faults.strike)
  void again(20_000, 90_000, faults.strike)
  return life
}
