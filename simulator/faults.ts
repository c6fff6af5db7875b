import type { Chance } from './chance.ts'
import type { VirtualClock } from './clock.ts'
import { goodWeather, type Network } from './network.ts'
import { lineName, type Street } from './street.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'

export interface FaultPorts {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly street: Street
  readonly network: Network
  readonly layout: CabinetLayout
}

export interface Faults {
  /** One fault from its beginning to its end. */
  strike(): Promise<void>
  /** No board, wire or power is disturbed, nor was a moment ago. */
  isQuiet(): boolean
  /** Ends all of it: doors sound, wires whole, air clear, power on. */
  heal(): Promise<void>
}

const quietAfterMs = 5_000

export function createFaults(ports: FaultPorts): Faults {
  const { clock, chance, street, network, layout } = ports
  let disturbing = 0
  let lastAt = 0
  let healed = false
  const lasting = async (
    leastMs: number,
    mostMs: number,
    [on, off]: readonly [() => void, () => void],
  ): Promise<void> => {
    disturbing += 1
    if (!healed) on()
    await clock.sleep(chance.between(leastMs, mostMs))
    off()
    disturbing -= 1
    lastAt = clock.now()
  }
  const heal = async (): Promise<void> => {
    healed = true
    for (const { lock } of layout.compartments) street.metal.setDefects(lock, sound)
    for (const board of [1, 2]) street.metal.wires(lineName).setPlugged(board, true)
    street.metal.wires(lineName).setNoise(0)
    street.plug(true)
    street.powerDownAtWrite(Number.POSITIVE_INFINITY, 'before')
    network.setWeather(goodWeather)
    network.cut(false)
    await street.powerUp()
  }
  const kinds = faultsOf(ports, lasting)
  return {
    strike: async () => {
      await chance.pick(kinds)?.()
    },
    isQuiet: () => disturbing === 0 && clock.now() - lastAt > quietAfterMs,
    heal,
  }
}

const sound = { jammed: false, leafHeld: false, willNotLatch: false }

type Lasting = (leastMs: number, mostMs: number, turns: readonly [() => void, () => void]) => Promise<void>

function faultsOf(ports: FaultPorts, lasting: Lasting): readonly (() => Promise<void>)[] {
  return [...doorFaults(ports, lasting), ...airFaults(ports, lasting), ...powerFaults(ports, lasting)]
}

function doorFaults({ chance, street, layout }: FaultPorts, lasting: Lasting): readonly (() => Promise<void>)[] {
  const anyLock = () => chance.pick(layout.compartments)?.lock ?? { line: lineName, board: 1, channel: 1 }
  const defect = (name: keyof typeof sound) => (): Promise<void> => {
    const lock = anyLock()
    const set = (on: boolean) => () => street.metal.setDefects(lock, { [name]: on })
    return lasting(20_000, 90_000, [set(true), set(false)])
  }
  const wires = street.metal.wires(lineName)
  return [
    defect('jammed'),
    defect('leafHeld'),
    defect('willNotLatch'),
    () => lasting(3_000, 20_000, [() => wires.setNoise(0.03), () => wires.setNoise(0)]),
    () => lasting(3_000, 20_000, [() => wires.setPlugged(1, false), () => wires.setPlugged(1, true)]),
    () => lasting(2_000, 10_000, [() => street.plug(false), () => street.plug(true)]),
  ]
}

function airFaults({ chance, network }: FaultPorts, lasting: Lasting): readonly (() => Promise<void>)[] {
  const storm = () =>
    network.setWeather({ loss: chance.draw() / 3, doubled: chance.draw() / 3, delayMs: chance.between(50, 4_000) })
  return [
    () => lasting(10_000, 60_000, [storm, () => network.setWeather(goodWeather)]),
    () => lasting(5_000, 90_000, [() => network.cut(true), () => network.cut(false)]),
  ]
}

function powerFaults({ chance, street, clock }: FaultPorts, lasting: Lasting): readonly (() => Promise<void>)[] {
  const up = (): void => void street.powerUp()
  const atWrite = async (): Promise<void> => {
    street.powerDownAtWrite(chance.between(1, 12), chance.happens(0.5) ? 'before' : 'after')
    for (let waits = 60; waits > 0 && street.loop() !== undefined; waits -= 1) await clock.sleep(500)
    await lasting(2_000, 20_000, [() => street.powerDown(), up])
  }
  return [() => lasting(2_000, 30_000, [() => street.powerDown(), up]), atWrite, atWrite]
}
