import type { CabinetLayout, CompartmentPlan } from '@holdfast/core/cabinet/layout.ts'
import { createElectricalCabinet, type ElectricalCabinet } from '@holdfast/simulator/cabinet/cabinet.ts'
import { driveCabinet } from '@holdfast/simulator/cabinet/drive.ts'
import { serveTcpLine } from '@holdfast/terminal/boards/bench.ts'
import type { FamilyName } from '@holdfast/terminal/boards/registry.ts'
import type { handActs, TownDoor } from '@holdfast/wire/town/town.ts'
import { type Metal, rememberMetal } from './metal.ts'

/** What a passer-by can do at a door of the demo's street. */
export type HandAct = (typeof handActs)[number]

/** The metal of one cabinet: virtual boards that speak real frames over TCP, and hands on the doors. */
export interface StreetCabinet {
  readonly port: number
  doors(): readonly TownDoor[]
  /** False where the door does not allow it. */
  act(label: string, act: HandAct, thing: string): boolean
  subscribe(listener: () => void): () => void
  stop(): Promise<void>
}

export interface StreetCabinetOptions {
  readonly layout: CabinetLayout
  readonly family: FamilyName
  readonly port: number
  /** What stood open and lay inside when the street was left; things do not vanish in a power cut. */
  readonly metal?: Metal
}

const clock = {
  now: (): number => performance.now(),
  after: (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export async function openStreetCabinet({ layout, family, port, metal }: StreetCabinetOptions): Promise<StreetCabinet> {
  const cabinet = createElectricalCabinet({ locks: layout.compartments.map(({ lock }) => lock) })
  if (metal !== undefined) rememberMetal(cabinet, layout, metal)
  const boards = new Map(layout.compartments.map(({ lock }) => [lock.board, {}]))
  const [lineName] = new Set(layout.compartments.map(({ lock }) => lock.line))
  const line = await serveTcpLine({ family, electrical: cabinet.line(lineName ?? 'main'), boards, clock }, port)
  const stopDriving = driveCabinet(cabinet, clock)
  const planOf = (label: string): CompartmentPlan | undefined =>
    layout.compartments.find((plan) => plan.label === label)
  return {
    port: line.port,
    doors: () => layout.compartments.map((plan) => townDoor(plan, cabinet.door(plan.lock))),
    act: (label, act, thing) => {
      const plan = planOf(label)
      if (plan === undefined) return false
      cabinet.advance(clock.now())
      return applyHand(cabinet, plan, { act, thing })
    },
    subscribe: (listener) => cabinet.subscribe(listener),
    stop: async () => {
      stopDriving()
      await line.stop()
    },
  }
}

function townDoor({ id, label }: CompartmentPlan, door: ReturnType<ElectricalCabinet['door']>): TownDoor {
  const { leaf, hook, things, defects } = door
  return { label, compartment: id, leaf, hook, things: [...things], jammed: defects.jammed, held: defects.leafHeld }
}

function applyHand(
  cabinet: ElectricalCabinet,
  { lock }: CompartmentPlan,
  { act, thing }: { readonly act: HandAct; readonly thing: string },
): boolean {
  switch (act) {
    case 'push':
      return cabinet.hands.push(lock)
    case 'swing':
      return cabinet.hands.swing(lock)
    case 'put':
      return cabinet.hands.put(lock, thing)
    case 'take':
      return cabinet.hands.take(lock, thing)
    case 'turn-key':
      return cabinet.hands.turnKey(lock)
    case 'jam':
    case 'unjam':
      cabinet.setDefects(lock, { jammed: act === 'jam' })
      return true
    case 'hold':
    case 'let-go':
      cabinet.setDefects(lock, { leafHeld: act === 'hold' })
      return true
  }
}
