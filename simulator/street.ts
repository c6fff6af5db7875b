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
import type { Chance } from './seed/chance.ts'
import type { VirtualClock } from './seed/clock.ts'
import type { Defect } from './defects/defects.ts'
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
  /** What is planted in this terminal. */
  readonly defect: Defect
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
  /** What the terminal's wall clock shows from now on; empty is what it shows on a good day. */
  setWall(wrong: WrongWall): void
}

export interface WrongWall {
  readonly offMs?: number
  readonly isFrozen?: boolean
}

interface Wall {
  wrong: WrongWall
  frozenAt: number
}

/** A program that dies of a disk that does not answer is started again after this. */
const restartMs = 2_000

interface Boot {
  alive: boolean
  readonly loop: { current: Loop | undefined }
  readonly line: ReturnType<typeof createMemoryLine>
  readonly ended: Promise<undefined>
  end(): void
}

/** The wall clock at the beginning, and how far it is off at this cabinet: no right may depend on it. */
export const wallAtStart = 1_760_000_000_000

export function createStreet(ports: StreetPorts): Street {
  const { clock, chance, identity } = ports
  const locks = identity.layout.compartments.map(({ lock }) => lock)
  const metal = createElectricalCabinet({ locks, seed: chance.between(1, 1_000_000) })
  driveCabinet(metal, clock)
  const disk = createTwinDisk()
  const wall: Wall = { wrong: {}, frozenAt: 0 }
  const cut = createWriteCut()
  let boot: Boot | undefined

  const powerDown = (): void => {
    if (boot !== undefined) ports.defect.darkens?.({ disk, metal, clock })
    boot?.end()
    boot = undefined
    cut.at(Number.POSITIVE_INFINITY, 'before')
  }
  const powered = (mine: Boot): boolean => {
    const falls = mine.alive && mine === boot ? cut.falls() : undefined
    if (falls === undefined) return mine.alive
    // The write itself is judged by what is returned; everything after it finds the power gone.
    powerDown()
    return falls === 'after'
  }
  const powerUp = async (): Promise<void> => {
    if (boot !== undefined) return
    const mine = createBoot(ports, metal)
    boot = mine
    const dies = (error: unknown): void => {
      if (!diesOf(error)) throw error
      if (mine !== boot) return
      powerDown()
      clock.after(restartMs, () => void powerUp())
    }
    const sound = twinPorts(ports, disk, { mine, wall, dies, powered: () => powered(mine) })
    ports.defect.boots?.({ disk, metal, clock })
    await start(ports, mine, ports.defect.terminal?.(sound) ?? sound).catch(dies)
  }
  return {
    metal,
    disk,
    loop: () => (boot?.alive === true ? boot.loop.current : undefined),
    darkness: () => boot?.ended ?? Promise.resolve(undefined),
    powerUp,
    powerDown,
    powerDownAtWrite: cut.at,
    plug: (on) => {
      if (on) boot?.line.mend()
      else boot?.line.cut()
    },
    setWall: (wrong) => void Object.assign(wall, { wrong, frozenAt: clock.now() }),
  }
}

async function start({ alarmed }: StreetPorts, mine: Boot, twin: TwinPorts): Promise<void> {
  const { loop } = await createTwin(twin)
  if (!mine.alive) return
  loop.onAlarm((what, door) => {
    if (mine.alive && door !== null) alarmed(what, door)
  })
  mine.loop.current = loop
}

/** A cut that waits for a number of writes, and falls before or behind the last of them. */
function createWriteCut() {
  let left = Number.POSITIVE_INFINITY
  let falling: WriteCut = 'before'
  return {
    at: (writes: number, how: WriteCut): void => {
      left = writes
      falling = how
    },
    falls: (): WriteCut | undefined => {
      left -= 1
      return left <= 0 ? falling : undefined
    },
  }
}

/** The disk's word ends a program; anything else that is thrown is a defect of ours. */
const diesOf = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  String(error.code).startsWith('journal-') &&
  error.message !== 'law 8: gap'

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
  readonly wall: Wall
  readonly powered: () => boolean
  /** Ends this boot where the error is one that a program dies of, and throws it on where not. */
  readonly dies: (error: unknown) => void
}

/** A terminal without power hears no clock, no wire and no network; what it still computes reaches nobody. */
function twinPorts(ports: StreetPorts, disk: TwinDisk, { mine, wall, powered, dies }: Plugged): TwinPorts {
  const { clock, chance, seals, identity, family, connect } = ports
  const driftMs = chance.happens(0.2) ? chance.between(-400, 400) * 86_400_000 : 0
  const whileAlive = (run: () => void): void => {
    try {
      if (mine.alive) run()
    } catch (error) {
      dies(error)
    }
  }
  const after: TwinPorts['clock']['after'] = (ms, run) => clock.after(ms, () => whileAlive(run))
  const wallNow = ({ wrong: { offMs = driftMs, isFrozen = false }, frozenAt }: Wall): number =>
    wallAtStart + offMs + (isFrozen ? frozenAt : clock.now())
  return {
    identity,
    clock: { now: clock.now, after, wall: () => wallNow(wall) },
    seals: { ...seals, slowHash: slowed(seals, { clock, after }) },
    disk,
    powered,
    lines: [{ name: lineName, family, at: { serial: 'memory' } }],
    open: () => mine.line.open,
    connect: (place, events) =>
      connect(place, {
        online: () => whileAlive(events.online),
        offline: () => whileAlive(events.offline),
        message: (topic, payload) => whileAlive(() => events.message(topic, payload)),
      }),
    seen: (reading) => {
      if (mine.alive) ports.seen(reading)
    },
  }
}

const slowHashMs = 100

type Winding = Pick<StreetPorts, 'clock'> & { readonly after: TwinPorts['clock']['after'] }

const slowed =
  (seals: Seals, { clock, after }: Winding): Seals['slowHash'] =>
  async (secret, salt, cost) => {
    await new Promise<void>((resolve) => {
      after(slowHashMs, resolve)
    })
    return await clock.hold(seals.slowHash(secret, salt, cost))
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
