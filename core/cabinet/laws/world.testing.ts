import type { CompartmentId } from '../../values/ids.ts'
import { runningMs, type RunningMs } from '../../values/instants.ts'
import type { Sight } from '../../door/door.ts'
import { act } from '../act.ts'
import { cabinetDecider } from '../cabinet.ts'
import type { CabinetCommand, CabinetFact } from '../commands.ts'
import type { CabinetEvent, CodeTags } from '../events.ts'
import { newCabinet, type Cabinet } from '../state.ts'
import { createOracle, LawBroken, type Oracle, type Pulse, type Seen } from './oracle.testing.ts'
import { doorIds, givenAt, nth, sixDoors } from './scene.testing.ts'
import { pick, wishOf, type Move } from './wishes.testing.ts'

/** A cabinet with doors that move, jam and lie, people who type and pull, and a power plug. */
interface World {
  cabinet: Cabinet
  now: RunningMs
  drawn: number
  readonly journal: CabinetEvent[]
  readonly leaves: Map<CompartmentId, Sight>
  readonly sights: Map<CompartmentId, Sight>
  pulses: Pulse[]
  readonly codes: CodeTags[]
}

export type Rules = typeof cabinetDecider

function newWorld(): World {
  return {
    cabinet: newCabinet,
    now: runningMs(1_000),
    drawn: 0,
    journal: [],
    leaves: new Map(doorIds.map((id) => [id, 'shut'])),
    sights: new Map(),
    pulses: [],
    codes: [],
  }
}

/** Plays the moves; throws a `LawBroken` at the first breach. The journal comes back. */
export function play(rules: Rules, steps: readonly Move[]): readonly CabinetEvent[] {
  const oracle = createOracle()
  const world = newWorld()
  const seen = (): Seen => ({ now: world.now, sights: world.sights })
  const take = (events: readonly CabinetEvent[]): void => {
    const before = world.cabinet
    for (const event of events) {
      world.cabinet = rules.evolve(world.cabinet, event)
      world.journal.push(event)
      oracle.happened(event, seen())
    }
    oracle.stands(before, world.cabinet, seen())
    for (const event of events) alarmOrPulse(world, oracle, event)
  }
  const tools: Tools = {
    rules,
    tell(command) {
      const decision = rules.decide(world.cabinet, command, givenAt(world.now))
      if (!decision.accepted) return
      oracle.decided(command, decision.events)
      take(decision.events)
    },
    fact(fact) {
      if (fact.type === 'door' && fact.fact.type === 'doorSeen') world.sights.set(fact.door, fact.fact.sight)
      take(rules.absorb(world.cabinet, fact, givenAt(world.now)))
      // The same fact told twice says nothing new.
      if (fact.type !== 'started') {
        const again = rules.absorb(world.cabinet, fact, givenAt(world.now))
        if (again.length > 0)
          throw new LawBroken(2, `a duplicate ${fact.type} says ${again.map(({ type }) => type).join(' ')}`)
      }
    },
    pulsed: (door) => oracle.pulsed(door),
  }
  tools.tell({ type: 'takeLayout', layout: sixDoors })
  restart(world, tools, 1)
  for (const step of steps) {
    world.now = runningMs(world.now + 50)
    const happens = happenings[step.what] ?? ask
    happens(world, tools, step)
  }
  return world.journal
}

interface Tools {
  readonly rules: Rules
  tell(command: CabinetCommand): void
  fact(fact: CabinetFact): void
  pulsed(door: CompartmentId): void
}

function alarmOrPulse(world: World, oracle: Oracle, event: CabinetEvent): void {
  const effects = act(event, world.cabinet)
  for (const effect of effects) {
    if (effect.kind !== 'pulse') continue
    oracle.planned(effect)
    world.pulses.push(effect)
  }
  const unexplained = event.type === 'doorOpened' && event.cause === null
  if (unexplained && !effects.some(({ kind }) => kind === 'alarm'))
    throw new LawBroken(2, 'an opening without cause or alarm')
}

function restart(world: World, tools: Tools, boot: number): void {
  tools.fact({ type: 'started', boot })
  for (const door of doorIds) look(world, tools, door)
}

function look(world: World, tools: Tools, door: CompartmentId): void {
  const sight = world.leaves.get(door) ?? 'unknown'
  tools.fact({ type: 'door', door, fact: { type: 'doorSeen', sight, witness: 'leaf' } })
}

type Happening = (world: World, tools: Tools, move: Move) => void

const doorOf = ({ a }: Move): CompartmentId => pick(doorIds, a) ?? nth('compartment', 1)

/** What happens without anybody asking the cabinet; the other moves are somebody's wish. */
const happenings: Readonly<Partial<Record<Move['what'], Happening>>> = {
  wait: (world, tools, { b }) => {
    world.now = runningMs(world.now + (b % 4 === 0 ? 130_000 : 1_000 * (b + 1)))
    tools.fact({ type: 'timePassed' })
  },
  time: (world, tools, { b }) => {
    world.now = runningMs(world.now + 100 * b)
    tools.fact({ type: 'timePassed' })
  },
  pulse: (world, tools, { b }) => pulse(world, tools, b),
  shut: (world, tools, move) => {
    const open = doorIds.filter((id) => world.leaves.get(id) !== 'shut')
    const chosen = pick(open, move.a) ?? doorOf(move)
    world.leaves.set(chosen, 'shut')
    look(world, tools, chosen)
  },
  force: (world, tools, move) => {
    if (move.b % 8 > 1) return
    world.leaves.set(doorOf(move), move.b % 2 === 0 ? 'open' : 'unlatched')
    look(world, tools, doorOf(move))
  },
  // The line falls silent; the next look finds the door again.
  sight: (world, tools, move) => {
    const door = doorOf(move)
    if (move.b % 3 > 0) return look(world, tools, door)
    tools.fact({ type: 'door', door, fact: { type: 'doorSeen', sight: 'unknown', witness: 'leaf' } })
  },
  switch: (_, tools, { b }) => tools.fact({ type: 'serviceSwitchSeen', closed: b % 2 === 0 }),
  crash: (world, tools, { a, b }) => (b % 3 === 0 ? crash(world, tools, a) : undefined),
  tag: answerTag,
  revoke: (world, tools, { a, b }) => {
    const deposit = pick([...world.cabinet.deposits.keys()], a)
    if (deposit !== undefined && b % 5 === 0)
      tools.fact({ type: 'revocationsTold', revocations: [{ deposit, through: b % 3 }] })
  },
}

function pulse(world: World, tools: Tools, b: number): void {
  const effect = world.pulses.shift()
  if (effect === undefined) return
  if (effect.notBefore > world.now) world.now = effect.notBefore
  const { door } = effect
  if (b % 12 === 0) return tools.fact({ type: 'door', door, fact: { type: 'doorPulseFailed', why: 'refused' } })
  tools.pulsed(door)
  tools.fact({ type: 'door', door, fact: { type: 'doorPulseSent' } })
  if (b % 12 === 1) return
  world.leaves.set(door, b % 12 === 2 ? 'unlatched' : 'open')
  look(world, tools, door)
}

/** Memory is lost, the journal is not: replay gives the same cabinet, and waiting pulses are never sent again. */
function crash(world: World, tools: Tools, a: number): void {
  const before = world.cabinet
  const again = world.journal.reduce(tools.rules.evolve, newCabinet)
  if (JSON.stringify(flat(again)) !== JSON.stringify(flat(before)))
    throw new LawBroken(15, 'replay gives another cabinet')
  const last = world.pulses.shift()
  world.pulses = []
  if (last !== undefined && a % 2 === 0 && last.notBefore <= world.now) {
    tools.pulsed(last.door)
    world.leaves.set(last.door, 'open')
  }
  for (const door of doorIds) world.sights.set(door, 'unknown')
  tools.fact({ type: 'started', boot: before.boot + 1 })
  const { keypad } = world.cabinet
  const wrong = before.keypad.open === null ? 0 : 1
  const fell =
    keypad.wrongInRow < before.keypad.wrongInRow + wrong || (keypad.pausedUntil ?? 0) < (before.keypad.pausedUntil ?? 0)
  if (fell) throw new LawBroken(7, 'a counter fell by a restart')
  for (const door of doorIds) look(world, tools, door)
}

export const flat = (cabinet: Cabinet): unknown => ({
  ...cabinet,
  doors: [...cabinet.doors],
  compartments: [...cabinet.compartments],
  deposits: [...cabinet.deposits],
})

/** Somebody's wish: mostly sensible, now and then stale, forged or out of turn. */
function ask(world: World, tools: Tools, move: Move): void {
  const command = wishOf(move, { cabinet: world.cabinet, draw: () => (world.drawn += 1), drawn: world.drawn })
  if (command === undefined) return
  tools.tell(command)
  if (command.type !== 'prepareDeposit') return
  const fresh = world.cabinet.deposits.get(command.deposit)?.codes === command.codes
  if (fresh) world.codes.push(...command.codes)
}

/** The code of somebody who waits, one that was ever drawn, or a guess. */
function answerTag(world: World, tools: Tools, { a, b }: Move): void {
  const { open } = world.cabinet.keypad
  const waiting = [...world.cabinet.deposits.values()].flatMap(({ codes }) => codes)
  const known = pick(b % 2 === 0 ? world.codes : waiting, a)
  const session = nth('session', (world.drawn += 1))
  const tag = b % 7 === 0 || known === undefined ? 'guess' : known.tag
  const elsewhere = a % 3 === 0
  const tailTag = known?.tailTag ?? null
  tools.fact({ type: 'codeTagged', attempt: open?.attempt ?? 0, tag, tailTag, session, elsewhere })
}
