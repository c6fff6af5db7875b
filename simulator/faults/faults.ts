import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { Chance } from '../seed/chance.ts'
import type { VirtualClock } from '../seed/clock.ts'
import { goodWeather, type Network } from '../network.ts'
import { lineName, type Street } from '../street.ts'
import { airFaults } from './air.ts'
import { busFaults } from './bus.ts'
import { diskFaults } from './disk.ts'
import { doorFaults, soundDoor } from './doors.ts'
import { powerFaults } from './power.ts'
import { timeFaults } from './time.ts'

export interface FaultPorts {
  readonly clock: VirtualClock
  readonly street: Street
  readonly network: Network
  readonly layout: CabinetLayout
  /** How often each kind has struck in this town. */
  readonly counts: Map<string, number>
  readonly tell: (text: string) => void
  /** What befalls the real cloud; none where a stand-in answers. */
  readonly cloud: CloudFaults | undefined
}

/** One cloud serves all cabinets of a town: what befalls it at one befalls all. */
export interface CloudFaults {
  readonly family: Family
  heal(): Promise<void>
}

/** One fault from its beginning to its end. */
export type Fault = (chance: Chance, lasting: Lasting) => Promise<void>
export type Family = Readonly<Record<string, Fault>>
/** Turned on, and after a while in the given bounds off again. */
export type Lasting = (
  leastMs: number,
  mostMs: number,
  turns: readonly [on: () => void, off: () => void],
) => Promise<void>

export interface Faults {
  /** One of the kinds that this seed has. */
  strike(kind: string, chance: Chance): Promise<void>
  /** No board, wire or power is disturbed, nor was a moment ago. */
  isQuiet(): boolean
  /** Ends all of it: doors sound, wires whole, air clear, disks willing, power on. */
  heal(): Promise<void>
}

const quietAfterMs = 5_000

export function createFaults(ports: FaultPorts): Faults {
  const { clock, counts, tell } = ports
  const families = familiesOf(ports)
  let disturbing = 0
  let lastAt = 0
  let healed = false
  return {
    strike: async (kind, chance) => {
      const fault = families[kind]
      if (fault === undefined || healed) return
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      tell(`fault: ${kind}`)
      disturbing += 1
      await fault(chance, async (leastMs, mostMs, [on, off]) => {
        if (!healed) on()
        await clock.sleep(chance.between(leastMs, mostMs))
        // What healing has mended stays mended, and what it has not, this does.
        off()
      })
      tell(`fault over: ${kind}`)
      disturbing -= 1
      lastAt = clock.now()
    },
    isQuiet: () => disturbing === 0 && clock.now() - lastAt > quietAfterMs,
    heal: async () => {
      healed = true
      await mend(ports)
    },
  }
}

export const faultKinds: readonly string[] = [
  'jammed',
  'leaf-held',
  'will-not-latch',
  'latch-sensor-stuck',
  'leaf-sensor-stuck',
  'key-turned',
  'bytes-bent',
  'frames-doubled',
  'board-unplugged',
  'board-rebooted',
  'address-clash',
  'line-unplugged',
  'weather',
  'cut',
  'one-way-up',
  'one-way-down',
  'flapping',
  'session-taken-over',
  'broker-amnesia',
  'hours-late',
  'disk-full',
  'disk-write-fails',
  'disk-read-fails',
  'power-cut',
  'power-cut-at-write',
  'brown-out',
  'clock-skew',
  'clock-jump',
  'clock-frozen',
  'clock-backwards',
]

function familiesOf(ports: FaultPorts): Family {
  return {
    ...doorFaults(ports),
    ...busFaults(ports),
    ...airFaults(ports),
    ...diskFaults(ports),
    ...powerFaults(ports),
    ...timeFaults(ports),
    ...ports.cloud?.family,
  }
}

async function mend({ street, network, layout, cloud }: FaultPorts): Promise<void> {
  for (const { lock } of layout.compartments) street.metal.setDefects(lock, soundDoor)
  const wires = street.metal.wires(lineName)
  for (const board of [1, 2]) {
    wires.setPlugged(board, true)
    wires.setAddress(board, board)
  }
  wires.setNoise(0)
  wires.setDoubled(0)
  street.plug(true)
  street.disk.fail(undefined)
  street.powerDownAtWrite(Number.POSITIVE_INFINITY, 'before')
  street.setWall({})
  network.setWeather(goodWeather)
  network.cut(false)
  await cloud?.heal()
  await street.powerUp()
}
