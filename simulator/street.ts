import type { CabinetLayout, CompartmentPlan, LockAddress } from '@holdfast/core/cabinet/layout.ts'
import { type CompartmentId, type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Alarm } from '@holdfast/core/cabinet/act.ts'
import { createMemoryLine } from '@holdfast/terminal/boards/bench.ts'
import type { Terminal } from '@holdfast/terminal/terminal.ts'
import { createTwin, createTwinDisk, type TwinDisk, type TwinPorts } from '@holdfast/terminal/twin.ts'
import { createElectricalCabinet, type ElectricalCabinet } from './cabinet/cabinet.ts'
import { driveCabinet } from './cabinet/drive.ts'
import type { Chance } from './chance.ts'
import type { VirtualClock } from './clock.ts'
import type { Connect } from './network.ts'

export type Loop = Terminal['loop']
export type Identity = TwinPorts['identity']
type Seals = TwinPorts['seals']
export type Reading = Parameters<TwinPorts['seen']>[0]

export type Family = 'xor-8a' | 'modbus-relay'

export const lineName = 'main'
/** How a mid-write cut falls: the write is lost, or it is the last thing that came through. */
export type WriteCut = 'before' | 'after'

export interface StreetPorts {
  readonly identity: Identity
  readonly family: Family
  readonly clock: VirtualClock
  readonly seals: Seals
  readonly chance: Chance
  readonly connect: Connect
  readonly seen: (reading: Reading) => void
  readonly alarmed: (what: Alarm, door: CompartmentId) => void
}

/** One cabinet on the street: metal that stays, and a terminal that comes and goes with the power. */
export interface Street {
  readonly metal: ElectricalCabinet
  readonly disk: TwinDisk
  /** Undefined while the power is off. */
  loop(): Loop | undefined
  /** Resolves when this boot ends. */
  darkness(): Promise<undefined>
  powerUp(): Promise<void>
  powerDown(): void
  /** The power goes in the moment of a write, `writes` writes from now. */
  powerDownAtWrite(writes: number, how: WriteCut): void
  /** The line's plug, in or out. */
  plug(on: boolean): void
}

interface Boot {
  alive: boolean
  readonly loop: { current: Loop | undefined }
  readonly line: ReturnType<typeof createMemoryLine>
  readonly ended: Promise<undefined>
  end(): void
}

/** The wall clock at the beginning, and how far it is off at this cabinet: no right may depend on it. */
const wallAtStart = 1_760_000_000_000

export function createStreet(ports: StreetPorts): Street {
  const { clock, chance, identity } = ports
  const locks = identity.layout.compartments.map(({ lock }) => lock)
  const metal = createElectricalCabinet({ locks, seed: chance.between(1, 1_000_000) })
  driveCabinet(metal, clock)
  const disk = createTwinDisk()
  let boot: Boot | undefined
  let cut: { writes: number; readonly how: WriteCut } | undefined

  const powerDown = (): void => {
    boot?.end()
    boot = undefined
    cut = undefined
  }
  const powered = (mine: Boot): boolean => {
    if (!mine.alive || cut === undefined || mine !== boot) return mine.alive
    cut.writes -= 1
    if (cut.writes > 0) return true
    const goesThrough = cut.how === 'after'
    // The write itself is judged by what is returned; everything after it finds the power gone.
    powerDown()
    return goesThrough
  }
  return {
    metal,
    disk,
    loop: () => (boot?.alive === true ? boot.loop.current : undefined),
    darkness: () => boot?.ended ?? Promise.resolve(undefined),
    powerUp: async () => {
      if (boot !== undefined) return
      const mine = createBoot(ports, metal)
      boot = mine
      const terminal = await createTwin(twinPorts(ports, disk, { mine, powered: () => powered(mine) }))
      if (!mine.alive) return
      terminal.loop.onAlarm((what, door) => {
        if (mine.alive && door !== null) ports.alarmed(what, door)
      })
      mine.loop.current = terminal.loop
    },
    powerDown,
    powerDownAtWrite: (writes, how) => {
      cut = { writes, how }
    },
    plug: (on) => {
      if (on) boot?.line.mend()
      else boot?.line.cut()
    },
  }
}

function createBoot({ clock, family, identity }: StreetPorts, metal: ElectricalCabinet): Boot {
  const boards = new Map(identity.layout.compartments.map(({ lock }) => [lock.board, {}]))
  const line = createMemoryLine({ family, electrical: metal.line(lineName), boards, clock })
  let tell = (): void => {}
  const ended = new Promise<undefined>((resolve) => {
    tell = () => resolve(undefined)
  })
  const boot: Boot = {
    alive: true,
    loop: { current: undefined },
    line,
    ended,
    end: () => {
      boot.alive = false
      line.cut()
      // Frames that were on the wire still arrive; then the boards forget this terminal.
      clock.after(1_000, () => void line.stop())
      tell()
    },
  }
  return boot
}

interface Plugged {
  readonly mine: Boot
  readonly powered: () => boolean
}

/** A terminal without power hears no clock, no wire and no network; what it still computes reaches nobody. */
function twinPorts(ports: StreetPorts, disk: TwinDisk, { mine, powered }: Plugged): TwinPorts {
  const { clock, chance, seals, identity, family, connect } = ports
  const offMs = chance.happens(0.2) ? chance.between(-400, 400) * 86_400_000 : 0
  const after: TwinPorts['clock']['after'] = (ms, run) =>
    clock.after(ms, () => {
      if (mine.alive) run()
    })
  return {
    identity,
    clock: { now: clock.now, after, wall: () => wallAtStart + clock.now() + offMs },
    seals: { ...seals, slowHash: slowed(seals, after) },
    disk,
    powered,
    lines: [{ name: lineName, family, at: { serial: 'memory' } }],
    open: () => mine.line.open,
    connect: (place, events) =>
      connect(place, {
        online: () => mine.alive && events.online(),
        offline: () => mine.alive && events.offline(),
        message: (topic, payload) => {
          if (mine.alive) events.message(topic, payload)
        },
      }),
    seen: (reading) => {
      if (mine.alive) ports.seen(reading)
    },
  }
}

const slowHashMs = 100

const slowed =
  (seals: Seals, after: TwinPorts['clock']['after']): Seals['slowHash'] =>
  async (secret, salt, cost) => {
    await new Promise<void>((resolve) => {
      after(slowHashMs, resolve)
    })
    return seals.slowHash(secret, salt, cost)
  }

const sizesAlong: readonly Size[] = ['S', 'S', 'M', 'M', 'L', 'S', 'M', 'XL']
const inside = { widthMm: 350, heightMm: 200, depthMm: 450 }

/** Two boards, eight doors each. */
export function layoutOf(family: Family, draw: <Kind extends IdKind>(kind: Kind) => Id<Kind>): CabinetLayout {
  const compartments = Array.from({ length: 16 }, (_, index): CompartmentPlan => {
    const lock: LockAddress = { line: lineName, board: 1 + Math.floor(index / 8), channel: 1 + (index % 8) }
    return {
      id: draw('compartment'),
      label: `A${String(index + 1).padStart(2, '0')}`,
      body: 0,
      size: sizesAlong[index % 8] ?? 'M',
      inside,
      front: { xMm: 400 * Math.floor(index / 8), yMm: 220 * (index % 8), widthMm: 390, heightMm: 210 },
      lock,
      witness: family === 'xor-8a' ? 'latch' : 'leaf',
    }
  })
  return { version: 1, bodies: [{ kind: 'mainCabinet', widthMm: 900, heightMm: 1_900 }], compartments }
}

/** Ids for the world: the same for the same seals. */
export function createIdDraw(seals: Pick<Seals, 'random'>): <Kind extends IdKind>(kind: Kind) => Id<Kind> {
  let born = 0
  return (kind) => makeId(kind, instant(wallAtStart + (born += 1)), seals.random(10))
}
